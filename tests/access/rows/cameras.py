"""Cameras on a map: for everybody, of what is shown alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from contrechamp.accounts.domain import Role
from contrechamp.cameras import services
from tests import make
from tests.access.rows import EVERYBODY, GONE, Row, World
from tests.observatory import NOW

NOBODY = (GONE,) * 5
TOULON = "83137-toulon"


def shown(world: World) -> Sequence[object]:
    """A camera in Toulon, from an open map."""
    node = {
        "geometry": {"type": "Point", "coordinates": [5.9280, 43.1242]},
        "properties": {"id": 1, "man_made": "surveillance", "surveillance": "public"},
    }
    services.import_cameras(
        json.dumps({"features": [node]}).encode(),
        kind="osm",
        slug="osm",
        title="OpenStreetMap",
        actor=make.user("cartographe", Role.EDITOR),
        now=NOW,
    )
    return [TOULON]


def town(world: World) -> Sequence[object]:
    return ["06088-nice"]


ROWS = [
    *(Row(f"cameras:index{kind}", EVERYBODY) for kind in ("", "-csv", "-json")),
    *(
        Row(f"cameras:commune{kind}", EVERYBODY, shown)
        for kind in ("", "-csv", "-json", "-geojson")
    ),
    *(
        Row(f"cameras:commune{kind}", NOBODY, town, about="none known", never=["99999-nulle-part"])
        for kind in ("", "-csv", "-json", "-geojson")
    ),
]

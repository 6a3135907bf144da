"""The dumps and their page: for everybody."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from django.utils import timezone

from contrechamp.opendata import queries, services
from tests.access.rows import EVERYBODY, GONE, Row, World

NOBODY = (GONE,) * 5
LICENCE = ["latest", "LICENCE.txt"]


def no_dump(world: World) -> Sequence[object]:
    """Leave no dump: those of other tests lie in the same folder."""
    shutil.rmtree(queries.dumps_folder(), ignore_errors=True)
    return LICENCE


def tonights(world: World) -> Sequence[object]:
    """Make a dump."""
    services.make_tonights(timezone.localtime())
    return LICENCE


def unlisted(world: World) -> Sequence[object]:
    """Make a dump, and ask for a file that lies beside it."""
    services.make_tonights(timezone.localtime())
    return ["latest", ".lock"]


ROWS = [
    Row("opendata:page", EVERYBODY),
    Row("opendata:file", EVERYBODY, tonights, about="made"),
    Row("opendata:file", NOBODY, unlisted, about="unlisted", never=["latest", "x"]),
    Row("opendata:file", NOBODY, no_dump, about="none", never=["2020-01-01", "x"]),
]

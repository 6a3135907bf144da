"""A commune's map and table made ready for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from contrechamp.cameras.domain import drawing
from contrechamp.cameras.domain.drawing import Drawing, Look, Spot
from contrechamp.cameras.published import Shown
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places.domain.map import Ring

from .words import SHAPES, kind_word, scope_word

WAYS = {
    "closer": gettext_noop("Plus près"),
    "farther": gettext_noop("Plus loin"),
    "north": gettext_noop("Nord"),
    "south": gettext_noop("Sud"),
    "west": gettext_noop("Ouest"),
    "east": gettext_noop("Est"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One symbol of the map: where it leads, and what it is in words."""

    spot: Spot
    url: str
    words: str
    shape: int
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map: drawing, symbols, ways to look elsewhere."""

    drawn: Drawing
    marks: tuple[Mark, ...]
    ways: tuple[tuple[str, str, str], ...]
    """Code, words and address."""
    width: int = drawing.WIDTH
    height: int = drawing.HEIGHT
    has_guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A camera as a line of the table."""

    id: str
    key: str
    kind: str
    scope: str
    direction: int | None
    checked_on: date | None
    site: str
    lon: float
    lat: float
    near_border: bool
    url: str
    """Of its node in OpenStreetMap."""


def map_of(rings: Sequence[Ring], cameras: Sequence[Shown], look: Look, slug: str) -> Map:
    """Draw what a look shows, each symbol a link: closer, or to its line of the table."""
    drawn = drawing.draw(rings, (each.camera for each in cameras), look)
    ids = {each.camera.key: each.id for each in cameras}
    base = f"/cameras/{slug}"
    marks = tuple(_mark(spot, ids, base, look) for spot in drawn.spots)
    ways = drawing.steps(look, drawing.frame_of(rings, look))
    return Map(
        drawn=drawn,
        marks=marks,
        ways=tuple(
            (name, gettext(WAYS[name]), f"{base}{drawing.query_of(ways[name])}#carte")
            for name in WAYS
            if name in ways
        ),
        has_guessed=any(spot.is_guessed for spot in drawn.spots),
    )


def _mark(spot: Spot, ids: dict[str, str], base: str, look: Look) -> Mark:
    if spot.count == 1:
        url, words = (
            f"#{ids[spot.keys[0]]}",
            gettext("Caméra : {scope}").format(scope=scope_word(spot.scope)),
        )
    else:
        closer = Look(lon=spot.lon, lat=spot.lat, level=min(look.level + 2, drawing.CLOSEST))
        url = f"{base}{drawing.query_of(closer)}#carte"
        words = ngettext("{number} caméra", "{number} caméras", spot.count).format(
            number=spot.count
        )
    radius = 5.0 if spot.count == 1 else min(18.0, 8.0 + spot.count**0.5)
    return Mark(spot=spot, url=url, words=words, shape=SHAPES[spot.scope], radius=round(radius, 1))


def rows_of(cameras: Sequence[Shown]) -> list[Row]:
    """Return the cameras as lines of a table, those seen from the street first."""
    rows = [_row(each) for each in cameras]
    order = list(SHAPES)
    codes = {each.id: order.index(each.camera.scope) for each in cameras}
    return sorted(rows, key=lambda row: (codes[row.id], row.key))


def _row(each: Shown) -> Row:
    camera = each.camera
    source, _, number = camera.key.partition(":")
    return Row(
        id=each.id,
        key=camera.key,
        kind=kind_word(camera.kind),
        scope=scope_word(camera.scope),
        direction=None if camera.direction is None else round(camera.direction),
        checked_on=camera.checked_on,
        site=camera.site,
        lon=camera.lon,
        lat=camera.lat,
        near_border=each.near_border,
        url=f"https://www.openstreetmap.org/node/{number}" if source == "osm" else "",
    )

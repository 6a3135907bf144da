"""Time, and what changed: for everybody, of what is public alone."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.census import services as census
from tests.access.rows import EVERYBODY, GONE, Row, World
from tests.observatory import NOW

NOBODY = (GONE,) * 5
DAY, NEXT = "2026-03-01", "2026-03-05"
FILES = ("csv", "json", "ics")
KINDS = ("", "-json", "-atom")


def draft(world: World) -> Sequence[object]:
    """An actor that nobody has published."""
    census.add_entity(kind="actor", type="company", name="Zorglub", actor=world.marianne, now=NOW)
    return ()


def day(world: World) -> Sequence[object]:
    return [DAY]


def days(world: World) -> Sequence[object]:
    return [DAY, NEXT]


ROWS = [
    Row("chronicle:timeline", EVERYBODY),
    Row("chronicle:timeline", EVERYBODY, draft, about="a draft", query="?de=Zorglub"),
    Row("chronicle:timeline", EVERYBODY, about="who is not there", query="?de=act-0000000000"),
    *(Row(f"chronicle:{name}", EVERYBODY) for name in FILES),
    *(
        Row(f"chronicle:{name}", NOBODY, draft, about="a draft", never=(), query="?de=Zorglub")
        for name in FILES
    ),
    Row("chronicle:door", EVERYBODY),
    Row("chronicle:door", ("302",) * 5, about="asked", query=f"?jour={DAY}"),
    *(Row(f"chronicle:since{kind}", EVERYBODY, day) for kind in KINDS),
    *(Row(f"chronicle:since{kind}-until", EVERYBODY, days) for kind in KINDS),
    Row("chronicle:since", NOBODY, lambda w: ["hier"], about="no day", never=["demain"]),
]

"""Comparisons and rankings: for everybody, of what is public alone."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.census import services as census
from tests.access.rows import EVERYBODY, GONE, Row, World
from tests.observatory import NOW

NOBODY = (GONE,) * 5
TWO = "?a=commune:06088&b=commune:83137"


def draft(world: World) -> Sequence[object]:
    """An actor that nobody has published."""
    census.add_entity(kind="actor", type="company", name="Zorglub", actor=world.marianne, now=NOW)
    return ()


def cameras(world: World) -> Sequence[object]:
    return ["cameras-par-habitant"]


ROWS = [
    Row("compare:compare", EVERYBODY),
    Row("compare:compare", EVERYBODY, about="two", query=TWO),
    Row("compare:compare", EVERYBODY, draft, about="a draft", query="?a=Zorglub&b=Zorg"),
    Row("compare:json", EVERYBODY, about="two", query=TWO),
    Row("compare:json", NOBODY, about="nothing asked", never=()),
    Row("compare:json", NOBODY, draft, about="a draft", never=(), query="?a=Zorglub&b=Zorg"),
    Row("compare:csv", EVERYBODY, about="two", query=TWO),
    Row("compare:csv", NOBODY, about="nothing asked", never=()),
    *(Row(f"compare:rankings{kind}", EVERYBODY) for kind in ("", "-json", "-csv")),
    *(Row(f"compare:ranking{kind}", EVERYBODY, cameras) for kind in ("", "-json", "-csv")),
    *(
        Row(f"compare:ranking{kind}", NOBODY, lambda w: ["personnes"], never=["nulle-part"])
        for kind in ("", "-json", "-csv")
    ),
]

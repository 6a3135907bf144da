from __future__ import annotations

from collections.abc import Sequence

from contrechamp.census import services as census
from tests.access.rows import EVERYBODY, GONE, Row, World
from tests.access.rows.census import WORDS, record
from tests.observatory import NOW

NEVER = "?autour=act-0000000000"


def draft(world: World) -> Sequence[object]:
    """An actor that nobody has published."""
    census.add_entity(kind="actor", type="company", name="Zorglub", actor=world.marianne, now=NOW)
    return ()


ROWS = [
    Row("graph:graph", EVERYBODY),
    Row("graph:graph", EVERYBODY, about="who is not there", query=NEVER),
    Row("graph:graph", EVERYBODY, draft, about="a draft", query="?autour=Zorglub"),
    Row("graph:svg", EVERYBODY),
    Row("graph:csv", EVERYBODY),
    Row("graph:gexf", EVERYBODY),
    Row("graph:json", EVERYBODY),
    Row("graph:json", (GONE,) * 5, draft, about="a draft", never=(), query="?autour=Zorglub"),
    Row("graph:ftm", EVERYBODY),
    Row("graph:ftm", (GONE,) * 5, draft, about="a draft", never=(), query="?autour=Zorglub"),
    Row("graph:whole", EVERYBODY),
    Row("graph:whole", (GONE,) * 5, draft, about="a draft", never=(), query="?autour=Zorglub"),
    *(
        Row(f"graph:{kind}-gexf", EVERYBODY, record(kind, is_public=True), about="public")
        for kind in WORDS
    ),
    *(
        Row(
            f"graph:{kind}-gexf",
            (GONE,) * 5,
            record(kind, is_public=False),
            about="a draft",
            never=[f"{prefix}-0000000000"],
        )
        for kind, (_, prefix) in WORDS.items()
    ),
    Row("graph:common", EVERYBODY),
    Row("graph:common", EVERYBODY, draft, about="a draft", query="?de=Zorglub"),
    Row("graph:common-json", (GONE,) * 5, about="nothing asked", never=()),
    Row("graph:common-csv", (GONE,) * 5, about="nothing asked", never=()),
    Row("graph:path", EVERYBODY),
    Row("graph:path-json", (GONE,) * 5, about="nothing asked", never=()),
]

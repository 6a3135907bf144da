from __future__ import annotations

from datetime import UTC, datetime

from contrechamp.search import services
from tests.access.rows import (
    DONE,
    EVERYBODY,
    GONE,
    MEMBERS,
    NO_SUCH_ACT,
    OK,
    SIGN_IN,
    Args,
    Row,
    World,
)

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NEVER = ["rch-0000000000"]
NOBODY = (NO_SUCH_ACT,) * 5
OWNER = (SIGN_IN, GONE, OK, GONE, GONE)
OWNERS_ACT = (SIGN_IN, GONE, DONE, GONE, GONE)
NAMES = {"names": "Exemple Optique\nThales"}


def saved(world: World) -> Args:
    made = services.save_search(owner=world.marianne, name="Drones", query="q=drone", now=NOW)
    return [made.pk]


def removed(world: World) -> Args:
    made = services.save_search(owner=world.marianne, name="Drones", query="q=drone", now=NOW)
    services.remove_search(made, now=NOW)
    return [made.pk]


ROWS = [
    Row("search:search", EVERYBODY),
    Row("search:search", EVERYBODY, about="a word", query="?q=drone"),
    Row("search:search", EVERYBODY, about="nonsense", query="?depuis=x&montant_min=y&document=z"),
    Row("search:json", EVERYBODY, query="?q=drone"),
    Row("search:csv", EVERYBODY, query="?q=drone"),
    Row("search:atom", EVERYBODY, query="?q=drone"),
    Row("search:jsonfeed", EVERYBODY, query="?q=drone"),
    Row("search:suggestions", EVERYBODY, query="?q=ni"),
    Row("search:batch", EVERYBODY),
    Row("search:batch", EVERYBODY, method="POST", fields=NAMES),
    Row("search:batch", ("400",) * 5, method="POST", about="nothing"),
    Row("search:batch-csv", EVERYBODY, method="POST", fields=NAMES),
    Row("search:batch-csv", NOBODY),
    Row("search:saved", MEMBERS),
    Row("search:save", NOBODY),
    Row(
        "search:save",
        (SIGN_IN, DONE, DONE, DONE, DONE),
        method="POST",
        fields={"name": "Drones", "query": "q=drone"},
    ),
    Row("search:saved-search", OWNER, saved),
    *(Row(f"search:{act}", NOBODY, saved) for act in ("rename", "seen", "remove")),
    Row("search:restore", NOBODY, removed),
    Row("search:rename", OWNERS_ACT, saved, method="POST", fields={"name": "Aéronefs"}),
    Row("search:rename", (SIGN_IN, GONE, "409", GONE, GONE), saved, method="POST", about="no name"),
    *(Row(f"search:{act}", OWNERS_ACT, saved, method="POST") for act in ("seen", "remove")),
    Row("search:restore", OWNERS_ACT, removed, method="POST"),
    Row(
        "search:restore",
        (SIGN_IN, GONE, GONE, GONE, GONE),
        saved,
        method="POST",
        about="not removed",
    ),
]

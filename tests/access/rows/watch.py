"""Acts of surveillance: for everybody, of what two people have read alone."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.accounts.domain import Role
from contrechamp.watch import services
from tests import make
from tests.access.rows import DONE, EVERYBODY, GONE, MEMBERS, SIGN_IN, Row, World
from tests.observatory import NOW
from tests.watch import invented

NOBODY = (GONE,) * 5
WITHDRAWN = ("410",) * 5
SLUG = "0000000000000001"
FILES = ("json", "csv", "geojson", "ics")


def waiting(world: World) -> Sequence[object]:
    """A finding that one person has accepted and nobody has published."""
    services.take_in([invented.video()], now=NOW)
    services.accept([invented.video()["id"]], actor=world.marianne, now=NOW)
    return [SLUG]


def act(world: World) -> Sequence[object]:
    """A finding that two people have read: an order that makes no fact."""
    ban = invented.flight(1, technology="demonstration_ban", decision="ban", operator=None)
    services.take_in([ban], now=NOW)
    services.accept([ban["id"]], actor=world.marianne, now=NOW)
    services.publish([ban["id"]], reviewer=make.user("relectrice", Role.EDITOR), now=NOW)
    return [SLUG]


def withdrawn(world: World) -> Sequence[object]:
    act(world)
    services.withdraw([f"wf-{SLUG}"], actor=world.amina, now=NOW, note="mal lue")
    return [SLUG]


def shown(world: World) -> Sequence[object]:
    """An act on pages that need no argument."""
    act(world)
    return ()


def flights(world: World) -> Sequence[object]:
    return ["vols"]


ROWS = [
    Row("watch:week", EVERYBODY),
    Row("watch:week", EVERYBODY, shown, about="narrowed", query="?departement=83"),
    *(Row(f"watch:{name}", EVERYBODY) for name in ("atom", "json")),
    *(
        Row(f"watch:{page}{kind}", EVERYBODY)
        for page in ("open", "renewals")
        for kind in ("", "-atom", "-json", "-ics", "-csv")
    ),
    Row("watch:act", EVERYBODY, act, about="published"),
    *(
        Row(f"watch:week-{kind}", EVERYBODY, shown, query="?departement=83")
        for kind in ("json", "csv", "geojson", "atom", "jsonfeed")
    ),
    *(Row(f"watch:statistics-all-{kind}", EVERYBODY) for kind in ("json", "csv")),
    Row("watch:plot", ("302",) * 5, flights),
    Row("watch:plot", NOBODY, lambda w: ["zorglub"], never=["nulle-part"]),
    *(Row(f"watch:act-{kind}", EVERYBODY, act, about="published") for kind in FILES),
    *(
        Row(f"watch:act-{kind}", NOBODY, waiting, about="waiting", never=["0000000000000000"])
        for kind in FILES
    ),
    *(
        Row(f"watch:act-{kind}", NOBODY, withdrawn, about="withdrawn", never=["0000000000000000"])
        for kind in FILES
    ),
    Row("watch:act", NOBODY, waiting, about="waiting", never=["0000000000000000"]),
    Row("watch:act", WITHDRAWN, withdrawn, about="withdrawn"),
    Row("watch:alerts", MEMBERS),
    Row("watch:alerts", MEMBERS, about="open", query="?subject=open&key=departement%3D83"),
    Row(
        "watch:alerts",
        (SIGN_IN, GONE, GONE, GONE, GONE),
        about="somebody else's search",
        query="?subject=search&key=rch-0000000000",
    ),
    Row(
        "watch:alert-add",
        (SIGN_IN, DONE, DONE, DONE, DONE),
        method="POST",
        fields={"address": "noor@example.org", "pace": "daily"},
    ),
    Row(
        "watch:alert-change",
        (SIGN_IN, DONE, DONE, DONE, DONE),
        lambda w: [1],
        method="POST",
        fields={"remove": "1"},
    ),
    *(Row(f"watch:alert-{verb}", EVERYBODY, lambda w: ["0" * 40]) for verb in ("confirm", "end")),
    Row("watch:statistics", EVERYBODY),
    Row("watch:statistics-csv", EVERYBODY, flights),
    Row("watch:statistics-csv", NOBODY, lambda w: ["zorglub"], never=["nulle-part"]),
    Row("watch:of-record", NOBODY, lambda w: ["act-0000000000"], never=["act-1111111111"]),
]

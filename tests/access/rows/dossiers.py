"""Dossiers: the one in an address is everybody's; a kept one is its owner's until it is public."""

from __future__ import annotations

from contrechamp.dossiers import services
from contrechamp.dossiers.domain import Ask, Item
from tests.access.rows import (
    DONE,
    EVERYBODY,
    GONE,
    NO_SUCH_ACT,
    OK,
    REFUSED,
    SIGN_IN,
    Args,
    Row,
    World,
)
from tests.documents import made

NOBODY = (NO_SUCH_ACT,) * 5
NEVER = ["dos-0000000000"]
OWNER = (GONE, GONE, OK, GONE, GONE)
EMPTY = (REFUSED,) * 5


def kept(world: World, state: str = "PRIVATE") -> Args:
    document = made.document(by=world.marianne)
    ask = Ask(items=(Item("d", made.key(document)),), title="Caméras")
    found = services.keep(ask, actor=world.marianne, now=made.NOW)
    if state != "PRIVATE":
        services.submit(found, actor=world.marianne, now=made.NOW)
    if state == "PUBLISHED":
        services.publish(found, reviewer=world.amina, now=made.NOW)
    return [found.pk]


def submitted(world: World) -> Args:
    return kept(world, "SUBMITTED")


def published(world: World) -> Args:
    return kept(world, "PUBLISHED")


def beside_a_private_one(world: World) -> Args:
    kept(world)
    return ()


def a_draft(world: World) -> Args:
    """A document that is not public, whose address holds no dossier for anybody."""
    made.document(by=world.marianne, state="DRAFT", access="TEAM", published_at=None)
    return ()


def _files() -> list[Row]:
    rows = []
    for name in ("kept", "kept-pdf", "kept-zip", "kept-preparation"):
        at = f"dossiers:{name}"
        rows += [
            Row(at, OWNER, kept, about="private", never=NEVER),
            Row(at, (GONE, GONE, OK, OK, OK), submitted, about="handed in", never=NEVER),
            Row(at, EVERYBODY, published, about="public"),
        ]
    return rows


ROWS = [
    Row("dossiers:dossier", EVERYBODY),
    Row("dossiers:dossier", EVERYBODY, a_draft, about="no such fact", query="?f=clm-0000000000"),
    Row("dossiers:dossier", EVERYBODY, about="a search", query="?chercher=Nice"),
    *(Row(f"dossiers:{form}", EMPTY, about="empty") for form in ("pdf", "zip", "preparation")),
    *(
        Row(f"dossiers:{form}", EMPTY, a_draft, about="not public", query="?f=clm-0000000000")
        for form in ("pdf", "zip", "preparation")
    ),
    Row("dossiers:dossiers", EVERYBODY, beside_a_private_one, about="with a private one"),
    Row("dossiers:keep", NOBODY),
    Row(
        "dossiers:keep", (SIGN_IN, DONE, DONE, DONE, DONE), method="POST",
        fields={"dossier": "f=clm-0000000000", "titre": "Caméras"},
    ),
    *_files(),
    Row("dossiers:change", NOBODY, kept),
    Row(
        "dossiers:change", (SIGN_IN, GONE, DONE, GONE, GONE), kept, method="POST",
        fields={"faire": "decrire", "titre": "Autres caméras"},
    ),
    Row("dossiers:state", NOBODY, kept),
    Row(
        "dossiers:state", (SIGN_IN, GONE, DONE, GONE, GONE), kept, method="POST",
        fields={"faire": "soumettre"},
    ),
    Row(
        "dossiers:state", (SIGN_IN, GONE, REFUSED, DONE, DONE), submitted, method="POST",
        about="publish", fields={"faire": "publier"},
    ),
    Row(
        "dossiers:state", (SIGN_IN, REFUSED, DONE, REFUSED, REFUSED), published, method="POST",
        about="delete", fields={"faire": "supprimer"},
    ),
]  # fmt: skip

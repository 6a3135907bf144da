"""The API: what is public is for everybody; a session opens nothing there, only a token writes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from contrechamp.accounts.domain import Role
from contrechamp.api import services
from contrechamp.api.models import Token
from contrechamp.search import services as search
from tests import make
from tests.access.rows import DONE, EVERYBODY, GONE, MEMBERS, SIGN_IN, Row, World, cases, foi, forum
from tests.access.rows import watch as acts
from tests.observatory import Observatory, observatory

NOBODY = (GONE,) * 5
NEEDS_TOKEN = ("401",) * 5
NOT_READ = ("422",) * 5
GET_ONLY = ("405",) * 5


def here(world: World) -> Observatory:
    return observatory(author=world.marianne, editor=make.user("relectrice", Role.EDITOR))


def record(world: World) -> Sequence[object]:
    return [here(world).project.pk]


def claim(world: World) -> Sequence[object]:
    return [here(world).kept.pk]


def document(world: World) -> Sequence[object]:
    return [here(world).sha256]


def page(world: World) -> Sequence[object]:
    return [here(world).sha256, 2]


def all_of_it(world: World) -> Sequence[object]:
    here(world)
    search.rebuild()
    return ()


def token(world: World) -> Sequence[object]:
    """A token of Marianne's: others who try to revoke it are led on, and it stays."""
    services.make_token(
        world.marianne, name="essai", scopes=["propose"], days=30, now=timezone.now()
    )
    return [Token.objects.get().pk]


NEVER = "act-0000000000"
LISTS = ("records", "claims", "relations", "changes", "documents", "acts", "territories")
ROWS = [
    Row("api:reference", EVERYBODY),
    Row("api:shapes", EVERYBODY),
    Row("api:openapi", EVERYBODY),
    Row("api:index", EVERYBODY),
    *(Row(f"api:{name}", EVERYBODY, all_of_it) for name in (*LISTS, "vocabularies", "search")),
    Row("api:claims", NOT_READ, query="?statut=verified", about="with a slip"),
    Row("api:identifiers", EVERYBODY, lambda w: ["claims"]),
    Row("api:record", EVERYBODY, record),
    Row("api:record", NOBODY, lambda w: [NEVER], never=["act-1111111111"]),
    Row("api:claim", EVERYBODY, claim),
    Row("api:claim", NOBODY, lambda w: ["clm-0000000000"], never=["clm-1111111111"]),
    Row("api:document", EVERYBODY, document),
    Row("api:pages", EVERYBODY, document),
    Row("api:page", EVERYBODY, page),
    Row("api:quotes", EVERYBODY, document),
    Row("api:act", EVERYBODY, acts.act, about="published"),
    Row("api:act", NOBODY, acts.waiting, about="waiting", never=["0000000000000000"]),
    Row("api:act", ("410",) * 5, acts.withdrawn, about="withdrawn"),
    Row("api:requests", EVERYBODY, lambda w: foi.public(w) and ()),
    Row("api:request", EVERYBODY, foi.public, about="published"),
    Row("api:request", NOBODY, foi.private, about="private", never=["req-0000000000"]),
    Row("api:actions", EVERYBODY, lambda w: cases.public(w) and ()),
    Row("api:action", EVERYBODY, cases.public, about="published"),
    Row("api:action", NOBODY, cases.private, about="private", never=["cse-0000000000"]),
    Row("api:forum-boards", EVERYBODY, forum.boards),
    *(Row(f"api:forum-{name}", EVERYBODY, forum.boards) for name in ("threads", "journal")),
    *(
        Row(f"api:forum-{name}", cells, make, about=about, never=never)
        for name in ("thread", "posts")
        for cells, make, about, never in (
            (EVERYBODY, forum.bare, "published", ()),
            (NOBODY, forum.waiting, "waiting", forum.NEVER),
        )
    ),
    Row("api:territory", EVERYBODY, lambda w: ["commune:06088"]),
    Row("api:experiments", EVERYBODY),
    Row("api:experiment", EVERYBODY, lambda w: ["loop-urn"]),
    Row("api:vocabulary", EVERYBODY, lambda w: ["stages"]),
    *(
        Row(f"api:{name}", EVERYBODY, query="?event=received:2026-01-15")
        for name in ("deadlines", "deadlines-short")
    ),
    Row("api:deadlines", NOT_READ, about="without a fact"),
    Row("api:neighbours", EVERYBODY, record),
    Row("api:paths", NOT_READ, about="without a question"),
    Row("api:me", NEEDS_TOKEN),
    *(
        Row(f"api:{name}", NEEDS_TOKEN, method="POST")
        for name in ("records", "claims", "submit", "notices", "documents", "findings")
    ),
    *(Row(f"api:{name}", GET_ONLY) for name in ("submit", "notices", "findings")),
    Row("api:quotes", NEEDS_TOKEN, document, method="POST"),
    Row("api:submit-document", NEEDS_TOKEN, lambda w: ["doc-0000000000"], method="POST"),
    Row("api:nowhere", NOBODY, lambda w: ["zorglub"], never=["nulle-part"]),
    Row("api:tokens", MEMBERS),
    Row(
        "api:tokens",
        (SIGN_IN, "200", "200", "200", "200"),
        method="POST",
        fields={"name": "essai", "scopes": ["propose"], "days": "30"},
    ),
    Row("api:token-revoke", (SIGN_IN, DONE, DONE, DONE, DONE), token, method="POST"),
]

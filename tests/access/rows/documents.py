from __future__ import annotations

from typing import Any

from contrechamp.documents import services
from contrechamp.documents.domain.redaction.plan import Plan, Term
from contrechamp.documents.models import Batch, Document, Redaction
from tests.access.rows import (
    DONE,
    EDITORS,
    EVERYBODY,
    GONE,
    MEMBERS,
    NO_SUCH_ACT,
    OK,
    REFUSED,
    SIGN_IN,
    Args,
    Row,
    World,
)
from tests.documents import made

WITHDRAWN = "410"
NEVER = "0" * 64
NO_QUOTE = "q-0000000000"
FILES = ("-json", "-csv", "-atom", "-jsonfeed")
DRAFT: dict[str, Any] = {"state": "DRAFT", "access": "TEAM", "published_at": None}
TEAM_ONLY = (GONE, OK, OK, OK, OK)
ACTS = (SIGN_IN, DONE, DONE, DONE, DONE)
EDITORS_ACT = (SIGN_IN, GONE, GONE, DONE, DONE)
NOBODY = (NO_SUCH_ACT,) * 5


def public(world: World) -> Args:
    return [made.key(made.document(by=world.marianne))]


def draft(world: World) -> Args:
    return [made.key(made.document(by=world.marianne, **DRAFT))]


def private(world: World) -> Args:
    return [made.key(made.document(by=world.marianne, **(DRAFT | {"access": "PRIVATE"})))]


def withdrawn(world: World) -> Args:
    document = made.document(by=world.marianne)
    services.withdraw_document(document, actor=world.amina, now=made.NOW, reason="Erreur.")
    return [made.key(document)]


def first_page(thing: Any) -> Any:
    return lambda world: [*thing(world), 1]


def quoted(world: World, *, is_public: bool = True) -> Args:
    """A passage on which something public rests, or nothing yet."""
    sha256 = str(public(world)[0])
    quote = services.cite(sha256, page=1, exact="le maire", actor=world.marianne, now=made.NOW)
    if is_public:
        services.show_quotes([quote.pk])
    return [quote.pk]


def unused_quote(world: World) -> Args:
    return quoted(world, is_public=False)


def draft_id(world: World) -> Args:
    return [made.document(by=world.marianne, **DRAFT).pk]


def reviewed_id(world: World) -> Args:
    return [made.document(by=world.marianne, **(DRAFT | {"state": "IN_REVIEW"})).pk]


def public_id(world: World) -> Args:
    return [made.document(by=world.marianne).pk]


def private_id(world: World) -> Args:
    return [made.document(by=world.marianne, **(DRAFT | {"access": "PRIVATE"})).pk]


def redaction(world: World) -> Args:
    """An editor's proposal; nobody else may learn of it."""
    document = made.document(by=world.marianne)
    plan = Plan(terms=(Term("maire", "private_person"),))
    return [
        document.pk,
        services.propose_copy(document, plan, actor=world.io, now=made.NOW).pk,
    ]


def redaction_page(world: World) -> Args:
    """The same once it is made: its pages can be drawn."""
    document, key = redaction(world)
    found = Redaction.objects.get(pk=key)
    services.make_public_copy(found, actor=world.io, now=made.NOW)
    return [document, key, 1]


def batch(world: World) -> Args:
    return [Batch.objects.create(at=made.NOW, by=world.marianne, origin="FOI").pk]


def team_collection(world: World) -> Args:
    return [services.make_collection(title="Caméras", actor=world.marianne).slug]


def public_collection(world: World) -> Args:
    made_one = services.make_collection(title="Caméras", actor=world.marianne)
    services.collect(made_one, Document.objects.all())
    services.show_collection(made_one, actor=world.amina)
    return [made_one.slug]


def _parts() -> list[Row]:
    rows: list[Row] = []
    for name, paged, query in (
        ("document", False, ""),
        ("document-json", False, ""),
        ("document-csv", False, ""),
        ("download", False, ""),
        ("text", False, ""),
        ("search", False, "?q=maire"),
        ("page", True, ""),
        ("picture", True, ""),
        ("page-text", True, ""),
        ("page-json", True, ""),
    ):
        arrange = first_page if paged else (lambda thing: thing)
        never = [NEVER, 1] if paged else [NEVER]
        at = f"documents:{name}"
        owner = (GONE, GONE, OK, GONE, GONE)
        rows += [
            Row(at, EVERYBODY, arrange(public), about="public", query=query),
            Row(at, TEAM_ONLY, arrange(draft), about="draft", query=query, never=never),
            Row(at, owner, arrange(private), about="private", query=query, never=never),
            Row(
                at, (WITHDRAWN, OK, OK, OK, OK), arrange(withdrawn), about="withdrawn", query=query
            ),
        ]
    return rows


def _screening() -> list[Row]:
    """A document's decisions are for the team, public as it may be."""
    for_team = (SIGN_IN, OK, OK, OK, OK)
    owner = (SIGN_IN, GONE, OK, GONE, GONE)
    pointed = {"kind": "signature", "zone": "0.1 0.8 0.4 0.9"}
    return [
        Row("documents:screening", for_team, public, about="public"),
        Row("documents:screening", for_team, draft, about="draft", never=[NEVER]),
        Row("documents:screening", owner, private, about="private", never=[NEVER]),
        Row("documents:screened-page", for_team, first_page(public), about="public"),
        Row("documents:screened-page", owner, first_page(private), about="private"),
        Row("documents:screen", NOBODY, draft),
        Row("documents:screen", ACTS, draft, method="POST"),
        Row("documents:decide", NOBODY, draft),
        Row(
            "documents:decide", ACTS, draft, method="POST",
            fields={"kind": "person", "decision": "REDACT"},
        ),
        Row("documents:point", NOBODY, first_page(draft)),
        Row("documents:point", ACTS, first_page(draft), method="POST", fields=pointed),
        Row(
            "documents:keep-hidden", (SIGN_IN, GONE, GONE, REFUSED, REFUSED), draft, method="POST",
            fields={"file": "0" * 64, "reason": "Sans objet."},
        ),
        Row("documents:keep-hidden", NOBODY, draft),
    ]  # fmt: skip


ROWS = [
    *_parts(),
    *(Row(f"documents:documents{part}", EVERYBODY) for part in ("", *FILES)),
    *(Row(f"documents:collections{part}", EVERYBODY) for part in ("-json", "-csv")),
    *(
        Row(f"documents:collection{part}", EVERYBODY, public_collection, about="public")
        for part in FILES
    ),
    *(
        Row(
            f"documents:collection{part}", TEAM_ONLY, team_collection, about="team",
            never=["rien"],
        )
        for part in FILES
    ),
    Row("documents:quote", (DONE,) * 5, quoted, about="public"),
    Row("documents:quote", (GONE,) * 5, unused_quote, about="unused", never=[NO_QUOTE]),
    Row("documents:quote-json", EVERYBODY, quoted, about="public"),
    Row("documents:quote-json", (GONE,) * 5, unused_quote, about="unused", never=[NO_QUOTE]),
    *_screening(),
    Row("documents:go", (DONE,) * 5, public, query="?n=1"),
    Row("documents:cite", NOBODY, public),
    Row("documents:cite", ACTS, public, method="POST", fields={"page": "1", "exact": "le maire"}),
    Row(
        "documents:cite", (SIGN_IN, GONE, DONE, GONE, GONE), private, method="POST",
        about="private", fields={"page": "1", "exact": "le maire"},
    ),
    Row("documents:add", MEMBERS),
    Row("documents:add", (SIGN_IN, "400", "400", "400", "400"), method="POST", about="nothing"),
    Row("documents:batch", (SIGN_IN, GONE, OK, OK, OK), batch),
    Row("documents:change-batch", NOBODY, batch),
    Row("documents:change-batch", (SIGN_IN, GONE, DONE, DONE, DONE), batch, method="POST"),
    Row("documents:edit", MEMBERS, draft_id, about="draft"),
    Row("documents:edit", (SIGN_IN, GONE, OK, GONE, GONE), private_id, about="private"),
    Row("documents:submit", ACTS, draft_id, method="POST"),
    Row("documents:submit", NOBODY, draft_id),
    Row("documents:publish", EDITORS_ACT, reviewed_id, method="POST"),
    Row("documents:publish", NOBODY, reviewed_id),
    Row("documents:give-back", EDITORS_ACT, reviewed_id, method="POST", fields={"reason": "?"}),
    Row("documents:withdraw", EDITORS_ACT, public_id, method="POST", fields={"reason": "Erreur."}),
    Row(
        "documents:withdraw", (SIGN_IN, GONE, GONE, REFUSED, REFUSED), public_id, method="POST",
        about="without reason",
    ),
    Row("documents:redact", EDITORS, public_id),
    Row(
        "documents:redact", EDITORS_ACT, public_id, method="POST",
        fields={"terms": "maire", "reason": "private_person"},
    ),
    Row("documents:redaction", EDITORS, redaction),
    Row("documents:redaction", EDITORS_ACT, redaction, method="POST", fields={"drop": "1"}),
    Row("documents:redaction-picture", EDITORS, redaction_page),
    Row("documents:collections", EVERYBODY),
    Row("documents:collection", EVERYBODY, public_collection, about="public"),
    Row(
        "documents:collection", TEAM_ONLY, team_collection, about="team", never=["rien"]
    ),
    Row("documents:change-collection", ACTS, team_collection, method="POST"),
    Row("documents:show-collection", EDITORS_ACT, team_collection, method="POST"),
]  # fmt: skip

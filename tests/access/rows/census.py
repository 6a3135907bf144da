from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contrechamp.census import services
from contrechamp.census.models import Change, Claim, ImportRun
from tests.access.rows import (
    DONE,
    EDITORS,
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
from tests.census import facts

EDITORS_ACT = (SIGN_IN, GONE, GONE, DONE, DONE)
MEMBERS_ACT = (SIGN_IN, DONE, DONE, DONE, DONE)
OWN = (SIGN_IN, GONE, OK, OK, OK)
MOVED = ("301",) * 5
NEVER = "prj-0000000000"
WORDS = {
    "project": ("trial", "prj"),
    "actor": ("company", "act"),
    "technology": ("product", "tec"),
    "contract": ("contract", "ctr"),
    "place": ("site", "plc"),
}
PARTS = ("-json", "-csv", "-atom", "-jsonfeed", "-history-json")
STATES = ("-state", "-state-json")
MOMENT = facts.NOW.strftime("%Y%m%dT%H%M%SZ")
LISTS = ("projects", "actors", "technologies", "contracts")


def record(kind: str, *, is_public: bool) -> Callable[[World], Args]:
    """Make a record with one fact."""

    def made(world: World) -> Args:
        entity = facts.entity("Exemple", kind, WORDS[kind][0])
        claim = facts.claim(entity, "description", value="Une phrase.")
        if is_public:
            facts.published(claim)
        return [entity.pk]

    return made


def public_claim(world: World) -> Args:
    return [facts.published(facts.claim())[0].pk]


def draft_claim(world: World) -> Args:
    return [facts.claim().pk]


def then(thing: Callable[[World], Args]) -> Callable[[World], Args]:
    """Name the state that something had when it was published."""
    return lambda world: [*thing(world), MOMENT]


def waiting_claim(world: World) -> Args:
    claim = facts.claim()
    facts.act(claim)
    services.submit([claim.pk], actor=world.marianne, now=facts.NOW)
    return [claim.pk]


def draft_entity(world: World) -> Args:
    return [facts.project().pk]


def held_entity(world: World) -> Args:
    return [facts.entity("Camille Exemple", person_hold=True, actor=world.amina).pk]


def merged(world: World) -> Args:
    one, other = facts.project(name="Une"), facts.project(name="Autre")
    for each in (one, other):
        facts.published(facts.claim(each))
    services.merge(one, other, actor=world.amina, now=facts.LATER, reason="la même")
    return [other.pk]


def pair(world: World) -> Args:
    return [facts.entity("Exemple").pk, facts.entity("EXEMPLE").pk]


def merge(world: World) -> Args:
    one, other = facts.entity("Exemple"), facts.entity("EXEMPLE")
    done = services.merge(one, other, actor=world.amina, now=facts.LATER, reason="la même")
    return [done.pk]


def run(world: World) -> Args:
    made = ImportRun.objects.create(
        kind="carto", dataset="essai", sha256="0" * 64, by=world.marianne, at=facts.NOW
    )
    return [made.pk]


def change(world: World) -> Args:
    facts.claim()
    return [Change.objects.filter(verb="add_claim").latest("at").pk]


def notice(world: World) -> Args:
    [claim] = facts.published(facts.claim())
    made = services.receive_notice(
        entity=claim.subject, kind="CORRECTION", text="Faux.", received_on=facts.NOW.date()
    )
    return [made.pk]


def version(world: World) -> Mapping[str, Any]:
    claim = Claim.objects.get()
    return {"version": claim.version, "value": 31}


def reviewed(world: World) -> Mapping[str, Any]:
    claim = facts.claim()
    facts.act(claim)
    services.submit([claim.pk], actor=world.marianne, now=facts.NOW)
    return {"accept": claim.pk}


def held(world: World) -> Mapping[str, Any]:
    entity = facts.entity("Camille Exemple", person_hold=True)
    return {"entity": entity.pk, "decision": "private", "reason": "Une personne."}


def _records() -> list[Row]:
    rows = []
    for kind, (_, prefix) in WORDS.items():
        never = [f"{prefix}-0000000000"]
        public, draft = record(kind, is_public=True), record(kind, is_public=False)
        for part in (*PARTS, "", "-history", "-geojson", "-propose"):
            name = f"census:{kind}{part}"
            rows.append(Row(name, EVERYBODY, public, about="public"))
            rows.append(Row(name, (GONE,) * 5, draft, about="draft", never=never))
        for part in STATES:
            name, past = f"census:{kind}{part}", [*never, MOMENT]
            rows.append(Row(name, EVERYBODY, then(public), about="public"))
            rows.append(Row(name, (GONE,) * 5, then(draft), about="draft", never=past))
    for part in (*PARTS, "", "-history"):
        name = f"census:fact{part}"
        rows.append(Row(name, EVERYBODY, public_claim, about="public"))
        rows.append(Row(name, (GONE,) * 5, draft_claim, about="draft", never=["clm-0000000000"]))
    for part in STATES:
        name, past = f"census:fact{part}", ["clm-0000000000", MOMENT]
        rows.append(Row(name, EVERYBODY, then(public_claim), about="public"))
        rows.append(Row(name, (GONE,) * 5, then(draft_claim), about="draft", never=past))
    return [*rows, *_propositions()]


def _propositions() -> list[Row]:
    name, never = "census:propose-fact", ["clm-0000000000"]
    return [
        Row(name, EVERYBODY, public_claim, about="public"),
        Row(name, (GONE,) * 5, draft_claim, about="draft", never=never),
    ]


def _lists() -> list[Row]:
    return [
        Row(f"census:{name}{part}", EVERYBODY)
        for name in LISTS
        for part in ("", "-csv", "-json", "-geojson", "-atom", "-jsonfeed")
    ]


ROWS = [
    *_records(),
    *_lists(),
    *(
        Row(f"census:project{part}", MOVED, merged, about="merged")
        for part in ("", "-json", "-csv", "-geojson")
    ),
    Row("census:proposed", EVERYBODY, record("project", is_public=True)),
    Row("census:proposed", (GONE,) * 5, draft_entity, about="draft", never=[NEVER]),
    # Members
    Row("census:claim-new", MEMBERS),
    Row(
        "census:claim-new", MEMBERS_ACT, method="POST",
        fields={"fiche-name": "Exemple", "fiche-type": "actor:company"},
    ),
    Row("census:suggest", MEMBERS, query="?q=ex"),
    Row("census:drafts", MEMBERS),
    Row("census:submit", MEMBERS_ACT, method="POST"),
    Row("census:submit", (SIGN_IN, *(NO_SUCH_ACT,) * 4)),
    Row("census:claim-edit", OWN, draft_claim, about="draft"),
    Row("census:claim-edit", MEMBERS, waiting_claim, about="waiting"),
    Row(
        "census:claim-edit", (SIGN_IN, GONE, DONE, DONE, DONE), draft_claim, method="POST",
        about="draft", fields=version,
    ),
    Row("census:evidence-new", OWN, draft_claim, about="draft"),
    Row(
        "census:evidence-new", (SIGN_IN, GONE, DONE, DONE, DONE), draft_claim, method="POST",
        about="draft",
        fields={"preuve-evidence_kind": "url", "preuve-url": "https://www.exemple.fr/"},
    ),
    Row("census:withdraw", (SIGN_IN, *(NO_SUCH_ACT,) * 4), draft_claim),
    Row(
        "census:withdraw", (SIGN_IN, GONE, DONE, DONE, DONE), draft_claim, method="POST",
        about="draft", fields={"reason": "Erreur."},
    ),
    Row(
        "census:withdraw", (SIGN_IN, "409", "409", DONE, DONE), public_claim, method="POST",
        about="public", fields={"reason": "Erreur."},
    ),
    Row("census:project-new", MEMBERS),
    Row(
        "census:project-new", MEMBERS_ACT, method="POST",
        fields={"projet-name": "Essai", "projet-type": "trial", "preuve-evidence_kind": ""},
    ),
    Row("census:desk", MEMBERS, draft_entity, about="draft"),
    Row("census:desk", (SIGN_IN, GONE, GONE, OK, OK), held_entity, about="held"),
    Row(
        "census:desk", MEMBERS_ACT, draft_entity, method="POST",
        fields={"act": "name", "nom-text": "Autre", "nom-role": "ALIAS"},
    ),
    Row("census:desk-history", MEMBERS, draft_entity),
    Row("census:desk-history", (SIGN_IN, GONE, GONE, OK, OK), held_entity, about="held"),
    # Editors
    Row("census:review", EDITORS),
    Row("census:review", EDITORS_ACT, method="POST", fields=reviewed),
    Row("census:review-one", EDITORS, waiting_claim),
    Row("census:review-notices", EDITORS),
    Row("census:notice-answer", EDITORS, notice),
    Row(
        "census:notice-answer", EDITORS_ACT, notice, method="POST",
        fields={"decision": "ACCEPTED", "answer": "Corrigé."},
    ),
    Row("census:review-people", EDITORS),
    Row("census:review-people", EDITORS_ACT, method="POST", fields=held),
    Row("census:review-records", EDITORS),
    Row("census:review-records", EDITORS_ACT, method="POST"),
    Row("census:review-documents", EDITORS),
    Row("census:revert", EDITORS, change),
    Row("census:revert", EDITORS_ACT, change, method="POST", fields={"reason": "Erreur."}),
    Row("census:merges", EDITORS),
    Row("census:merge", EDITORS, pair),
    Row(
        "census:merge", EDITORS_ACT, pair, method="POST",
        fields={"decision": "different", "reason": "Deux entreprises."},
    ),
    Row("census:merge-undo", (SIGN_IN, GONE, GONE, NO_SUCH_ACT, NO_SUCH_ACT), merge),
    Row("census:merge-undo", EDITORS_ACT, merge, method="POST"),
    Row("census:imports", EDITORS),
    Row("census:import", EDITORS, run),
    Row("census:import", EDITORS_ACT, run, method="POST"),
]  # fmt: skip

"""Invented requests to an invented town hall, so that a new instance shows what one looks like.

Each is flagged (`Request.is_example`): lists and its own page show it, said to be an example;
numbers, the table of bodies, exports, feeds, the API and search leave it out, since whoever counts
or quotes must never meet something invented. The town hall's address ends in `.invalid`: no
letter can reach anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.accounts.models import User
from contrechamp.accounts.services import system_account
from contrechamp.directory.services import ensure_example_body, remove_example_body
from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.models import FactRow, Request, Requester
from contrechamp.kernel.dates import add_days

from .deriving import derive
from .drafting import Wanted, start
from .recording import record
from .telling import tell

AUTHOR = "exemples"
BODY = "Mairie de Valbrume (exemple)"
ADDRESS = "mairie@valbrume.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A fact so many days after the sending."""

    kind: Kind
    after: int
    values: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One example: sent so many days ago, and what happened."""

    title: str
    ago: int
    steps: tuple[Step, ...] = ()


REGISTERED = Step(kind=Kind.CADA_REGISTERED, after=50, values={"number": "20260000"})
STORIES = (
    Story(title="Exemple : le logiciel de la vidéoprotection", ago=12),
    Story(
        title="Exemple : les conventions avec la police nationale",
        ago=60,
        steps=(
            Step(
                kind=Kind.REFUSED,
                after=20,
                values={"remedies": True, "reasons": ["L311-5-2d"]},
            ),
        ),
    ),
    Story(
        title="Exemple : l'étude de faisabilité des caméras",
        ago=120,
        steps=(
            Step(kind=Kind.NOTHING_CAME, after=33),
            Step(kind=Kind.CADA_FILED, after=45),
            REGISTERED,
            Step(
                kind=Kind.CADA_OPINION,
                after=100,
                values={"number": "20260000", "sense": "favourable"},
            ),
        ),
    ),
    Story(
        title="Exemple : le registre des enregistrements",
        ago=90,
        steps=(
            Step(kind=Kind.CLARIFICATION_ASKED, after=9),
            Step(kind=Kind.CLARIFIED, after=12),
            Step(kind=Kind.DOCUMENTS, after=36),
        ),
    ),
)
WANTED = (
    Wanted(
        wording="le contrat conclu depuis le 1er janvier 2022, son cahier des clauses techniques "
        "et ses avenants"
    ),
    Wanted(
        wording="l'analyse d'impact relative à la protection des données, avec ses annexes, dans "
        "toutes ses versions"
    ),
)


@transaction.atomic
def bring_examples(*, now: datetime) -> int:
    """Make the examples; return how many are new. Those that are here stay as they are."""
    author = system_account(AUTHOR)
    there = set(
        Request.objects.filter(is_example=True, author=author).values_list("title", flat=True)
    )
    waiting = [story for story in STORIES if story.title not in there]
    if not waiting:
        return 0
    body = ensure_example_body(name=BODY, address=ADDRESS, now=now)
    who, _ = Requester.objects.get_or_create(
        owner=author,
        label="Les Yeux ouverts (exemple)",
        defaults={"kind": "ASSOCIATION", "identity": IDENTITY, "made_at": now},
    )
    for story in waiting:
        _tell(story, body.pk, who, author, now)
    return len(waiting)


IDENTITY = {
    "name": "Les Yeux ouverts (exemple)",
    "address": "1 place du Marché\n99000 Valbrume",
    "email": "contact@yeux-ouverts.invalid",
    "number": "W991234567",
    "representative": "Camille Exemple",
    "capacity": "présidente",
}


def _tell(story: Story, body: str, who: Requester, author: User, now: datetime) -> None:
    """Make one example: recorded day by day, as somebody would have done."""
    request = start(
        actor=author, now=now, body=body, title=story.title, items=WANTED, requester=who
    )
    sent = add_days(localdate(now), -story.ago)
    Request.objects.filter(pk=request.pk).update(
        is_example=True, channel="POST", identity={"kind": who.kind, **who.identity}
    )
    _record(request, Kind.READY, sent, author, Proof.SAID)
    _record(request, Kind.SENT, sent, author, Proof.REGISTERED_LETTER)
    _record(request, Kind.RECEIPT, add_days(sent, 1), author, Proof.REGISTERED_LETTER)
    for step in story.steps:
        day = add_days(sent, step.after)
        _record(request, step.kind, day, author, Proof.SAID, step.values)
    request.refresh_from_db()
    request.is_public, request.published_at = True, now
    request.save(update_fields=["is_public", "published_at"])
    derive(request, now=now)
    tell(request)


def _record(
    request: Request,
    kind: Kind,
    day: date,
    author: User,
    proof: Proof,
    values: Mapping[str, object] | None = None,
) -> None:
    at = datetime.combine(day, time(10), UTC)
    record(request, kind, first=day, actor=author, now=at, proof=proof, values=values)


@transaction.atomic
def remove_examples() -> int:
    """Take the examples away again with their town hall; return how many went."""
    rows = Request.objects.filter(is_example=True)
    found = list(rows)
    for request in found:
        tell(request)
    FactRow.objects.filter(request__in=found, corrects__isnull=False).delete()
    rows.delete()
    Requester.objects.filter(owner__username=AUTHOR).delete()
    remove_example_body(name=BODY)
    return len(found)

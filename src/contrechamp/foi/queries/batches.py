"""Batches: what will leave to whom, what hinders it, and which bodies a pasted list means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from contrechamp.directory import queries as directory
from contrechamp.directory.domain.choosing import Choice, preferred
from contrechamp.directory.queries import Narrowed
from contrechamp.foi.domain.guards import Finding, Severity
from contrechamp.foi.domain.pasting import MOST, By, Pasted, read_lines
from contrechamp.foi.domain.series import SMALLEST
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Batch, Request
from contrechamp.kernel.names import fold
from contrechamp.mail import queries as mail

from .drafting import findings

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.directory.models import Body
    from contrechamp.mail.models import Outgoing

WAITING = {State.DRAFT, State.READY}
UNDER_WAY = {"QUEUED", "SENDING", "MAYBE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A pasted line that does not name one body, with those it may mean."""

    pasted: Pasted
    candidates: Sequence[Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Which bodies a list means, in its order, each once."""

    bodies: tuple[Body, ...]
    doubts: tuple[Doubt, ...]
    left_out: int = 0
    """Beyond the most that one batch takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One request of a batch: where it goes, what was found, where it stands."""

    request: Request
    choice: Choice
    findings: tuple[Finding, ...]
    outgoing: Outgoing | None

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What keeps it from leaving."""
        return tuple(each for each in self.findings if each.severity is Severity.STOPS)

    @property
    def warns(self) -> tuple[Finding, ...]:
        """What is to be looked at; that it is a series is said once for all."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNS)

    @property
    def is_queued(self) -> bool:
        """Whether it waits for its turn to leave."""
        return self.outgoing is not None and self.outgoing.state in {"QUEUED", "SENDING"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Where the requests of a batch stand."""

    every: int
    drafts: int
    ready: int
    """Marked ready, to be sent by e-mail, waiting for nothing else."""
    queued: int
    sent: int
    by_hand: int
    """Not gone, and no e-mail can carry them: a letter, an online service."""

    @property
    def is_series(self) -> bool:
        """Whether the law imposes one referral for all (CRPA R343-3-1)."""
        return self.every >= SMALLEST


def visible_to(user: User) -> QuerySet[Batch]:
    """Return the batches of somebody; editors see to all."""
    return Batch.objects.all() if user.is_editor else Batch.objects.filter(author=user)


def find_batch(pk: str) -> Batch | None:
    """Return a batch, or None; for services and jobs."""
    return Batch.objects.filter(pk=pk).first()


def of_author(user: User) -> QuerySet[Batch]:
    """Return somebody's own batches, the latest first."""
    rows = Batch.objects.filter(author=user).annotate(count=Count("requests"))
    return rows.order_by("-made_at", "pk")


def requests_of(batch: Batch) -> QuerySet[Request]:
    """Return the requests of a batch, by the name of the body."""
    return batch.requests.select_related("body", "requester").order_by("body__folded", "pk")


def counts_of(batch: Batch) -> Counts:
    """Count where the requests of a batch stand."""
    rows = list(batch.requests.values_list("pk", "state", "channel", "sent_on"))
    letters = mail.outgoing_of_many(pk for pk, state, _, _ in rows if state == State.READY)
    waiting = {
        pk for pk, every in letters.items() if any(each.state in UNDER_WAY for each in every)
    }
    by_mail = Request.Channel.EMAIL
    return Counts(
        every=len(rows),
        drafts=sum(state == State.DRAFT for _, state, _, _ in rows),
        ready=sum(
            state == State.READY and channel == by_mail and pk not in waiting
            for pk, state, channel, _ in rows
        ),
        queued=len(waiting),
        sent=sum(sent_on is not None for _, _, _, sent_on in rows),
        by_hand=sum(sent_on is None and channel != by_mail for _, _, channel, sent_on in rows),
    )


def lines_of(rows: Sequence[Request], *, today: date) -> list[Line]:
    """Return requests of a batch as its page shows them; those that have left are not checked."""
    ways = directory.ways_of_many(row.body_id for row in rows if row.body_id)
    letters = mail.outgoing_of_many(row.pk for row in rows)
    return [
        Line(
            request=row,
            choice=preferred(ways.get(row.body_id or "", ())),
            findings=findings(row, today=today) if row.state in WAITING else (),
            outgoing=letters.get(row.pk, [None])[-1],
        )
        for row in rows
    ]


def pasted(text: str) -> Found:
    """Return the bodies that a pasted list means. A name counts when one body alone has it."""
    bodies: dict[str, Body] = {}
    doubts: list[Doubt] = []
    for line in read_lines(text):
        candidates = _candidates(line)
        if len(candidates) == 1:
            bodies.setdefault(candidates[0].pk, candidates[0])
        else:
            doubts.append(Doubt(pasted=line, candidates=candidates[:5]))
    every = tuple(bodies.values())
    return Found(bodies=every[:MOST], doubts=tuple(doubts), left_out=max(0, len(every) - MOST))


def _candidates(line: Pasted) -> list[Body]:
    match line.by:
        case By.KEY:
            return list(directory.living().filter(pk=line.value))
        case By.SIREN:
            return directory.of_sirens([line.value])
        case By.INSEE:
            return directory.find(territory=f"commune:{line.value}", kind="commune", limit=6)
        case By.NAME:
            found = directory.find(line.value, limit=20)
            wanted = fold(line.value)
            exact = [each for each in found if wanted in {each.folded, fold(each.name)}]
            return exact or found


def of_kind(kind: str, departement: str) -> Found:
    """Return the bodies of a kind in a département, by name."""
    rows = directory.narrowed(Narrowed(kind=kind, departement=departement))
    count = rows.count()
    return Found(bodies=tuple(rows[:MOST]), doubts=(), left_out=max(0, count - MOST))

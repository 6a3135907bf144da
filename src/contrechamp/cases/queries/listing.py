"""Lists of actions: what a reader narrows them to, and how those that ended did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects

from contrechamp.cases.domain.facts import standing
from contrechamp.cases.domain.outcomes import Ended, length
from contrechamp.cases.domain.results import filed_on, over_on
from contrechamp.cases.domain.states import ENDED, State
from contrechamp.cases.models import Action, Cost

from . import subjects
from .access import public
from .facts import fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list of actions is narrowed to; empty fields narrow nothing."""

    group: str = ""
    kind: str = ""
    text: str = ""
    technology: str = ""
    """A code of the vocabulary `watched`."""
    about: str = ""
    """A public record or a territory: `prj-…`, `act-…`, `commune:06088`."""


GROUPS: dict[str, tuple[State, ...]] = {
    "avant": (
        *(State.DRAFT, State.WATCHING, State.OPEN_UNLIMITED, State.WINDOW_OPEN),
        *(State.RECONSIDERATION, State.SILENCE_UNVERIFIED, State.SILENT_REJECTED),
        *(State.COMPLAINT_CLOSED,),
    ),
    "cours": (
        *(State.CLAIM_FILED, State.URGENT_SUSPENSION, State.URGENT_LIBERTY),
        *(State.URGENT_MEASURES, State.PENDING, State.APPEAL, State.FILED, State.ACKNOWLEDGED),
        *(State.IN_PROGRESS, State.REVIVED, State.SENT, State.PROPOSED),
    ),
    "fini": (State.JUDGED, State.ENFORCE, State.CLOSED_LATE, *sorted(ENDED)),
}
"""What a reader narrows a list to."""


def public_list(wanted: Filter) -> QuerySet[Action]:
    """Return the public actions that a filter leaves, the latest first."""
    rows = subjects.about(wanted.about) if wanted.about else public()
    if wanted.group in GROUPS:
        rows = rows.filter(state__in=GROUPS[wanted.group])
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.technology:
        rows = rows.filter(technology=wanted.technology)
    for word in wanted.text.split()[:8]:
        rows = rows.filter(title__icontains=word)
    return rows.order_by("-changed_at", "pk")


def about(target: str) -> list[Action]:
    """Return the public actions against one act, request, contract or decision."""
    return list(public().filter(target=target).order_by("-changed_at", "pk")[:20])


def ended() -> list[Ended]:
    """Return how the public actions that were judged or settled ended, those on appeal left out."""
    rows = list(public().exclude(outcome="").exclude(state=State.APPEAL).order_by("pk"))
    prefetch_related_objects(rows, "facts", "instances", "costs")
    return [_ended(row) for row in rows]


def _ended(action: Action) -> Ended:
    known = standing(fact(row) for row in action.facts.all())
    replaced = {row.replaces_id for row in action.costs.all()}
    costs = [row for row in action.costs.all() if not row.is_removal and row.pk not in replaced]
    return Ended(
        kind=action.kind,
        technology=action.technology,
        outcome=action.outcome,
        days=length(filed_on(known), over_on(known)),
        granted=_sum(costs, Cost.Kind.GRANTED),
        charged=_sum(costs, Cost.Kind.ORDERED),
    )


def _sum(costs: Sequence[Cost], kind: Cost.Kind) -> Decimal | None:
    amounts = [cost.amount for cost in costs if cost.kind == kind]
    return sum(amounts, Decimal(0)) if amounts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many public actions there are, how many ended, how many nobody here leads."""

    public: int
    ended: int
    known: int


def counts() -> Counts:
    """Return how many public actions the figures rest on."""
    rows = public()
    return Counts(
        public=rows.count(),
        ended=rows.exclude(outcome="").count(),
        known=rows.exclude(known_as="").count(),
    )

"""What is told of public actions where one talks of them or of their projects: filed, decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.models import FactRow
from contrechamp.cases.queries import published
from contrechamp.cases.queries.published import REF, Told
from contrechamp.census import published as census
from contrechamp.forum.domain.events import Event, EventKind, EventSource
from contrechamp.foundation.words import written

from .words import fact_words

FACT = "case-fact"
TOLD = frozenset(
    {
        *(Kind.CLAIM_FILED, Kind.LIBERTY_FILED, Kind.MEASURES_FILED, Kind.COMPLAINT_FILED),
        *(Kind.SUSPENSION_ASKED, Kind.SUSPENSION_GRANTED, Kind.SUSPENSION_REFUSED),
        *(Kind.LIBERTY_RULED, Kind.MEASURES_RULED, Kind.JUDGED, Kind.APPEALED),
        *(Kind.COMPLAINT_CLOSED, Kind.COMPLAINT_OUTCOME, Kind.REPORT_SENT, Kind.REPORT_ANSWERED),
    }
)
"""What begins and what is decided; the rest is on the page of the action."""
SAID = ("number", "outcome", "ecli", "is_known")
"""Values of a fact that its words use."""


def _find(refs: Sequence[str], today: date) -> Mapping[str, Sequence[Event]]:
    """Return what is told of the actions that are public."""
    actions = published.some([ref.removeprefix(REF) for ref in refs])
    found: dict[str, Sequence[Event]] = {}
    for told in published.told(actions, now=timezone.now()):
        records = census.find_refs(told.projects).values()
        subjects = [f"case:{told.action.pk}", *(f"{one.kind}:{one.id}" for one in records)]
        facts = [row for row in told.facts if row.kind in TOLD]
        found[f"{REF}{told.action.pk}"] = [
            _fact(told, row, subject) for subject in subjects for row in facts
        ]
    return found


def _fact(told: Told, row: FactRow, subject: str) -> Event:
    return Event(
        subject=subject,
        kind=FACT,
        key=f"{REF}{row.pk}:{subject}",
        day=row.last,
        params={
            "fact": row.kind,
            "values": {name: row.values[name] for name in SAID if row.values.get(name)},
            "day": row.last.isoformat(),
            "title": told.action.title,
        },
        source_url=told.url,
    )


def _said(params: Mapping[str, Any]) -> str:
    words = gettext("{fact}, le {day} : « {title} »")
    return words.format(
        fact=fact_words(params["fact"], params.get("values", {})),
        day=written(date.fromisoformat(params["day"])),
        title=params.get("title", ""),
    )


EVENTS = (EventKind(kind=FACT, text=_said), EventSource(prefix=REF, find=_find))

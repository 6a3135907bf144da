"""What is told of public requests where one talks of them or of their project: what everybody may
know already, by the facts alone. Who asked is named nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contrechamp.census import published as census
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.models import FactRow
from contrechamp.foi.queries import published
from contrechamp.foi.queries.published import REF, Told
from contrechamp.forum.domain.events import Event, EventKind, EventSource, horizon, warnings
from contrechamp.foundation.words import written

from .words import fact_words

FACT, DEADLINE = "foi-fact", "foi-deadline"
TOLD = frozenset(
    {
        *(Kind.SENT, Kind.REFUSED, Kind.CONFIRMED, Kind.CADA_OPINION),
        *(Kind.DOCUMENTS, Kind.PARTIAL, Kind.CLAIM_FILED, Kind.JUDGED),
    }
)
"""What a thread is told of a request; the rest is on its page."""
SAID = ("number", "sense", "outcome")
"""Values of a fact that its words use."""


def _find(refs: Sequence[str], today: date) -> Mapping[str, Sequence[Event]]:
    """Return what is told of the requests that are public, examples apart."""
    requests = published.some([ref.removeprefix(REF) for ref in refs])
    records = census.find_refs({one.project for one in requests if one.project})
    found: dict[str, Sequence[Event]] = {}
    for told in published.told(requests, now=timezone.now()):
        record = records.get(told.request.project)
        subjects = [f"request:{told.request.pk}"]
        if record:
            subjects.append(f"{record.kind}:{record.id}")
        found[f"{REF}{told.request.pk}"] = [
            event for subject in subjects for event in _of_request(told, subject, today)
        ]
    return found


def _of_request(told: Told, subject: str, today: date) -> list[Event]:
    facts = [row for row in told.facts if row.kind in TOLD]
    events = [_fact(told, row, subject) for row in facts]
    return events + warnings(told.act_by, today, partial(_deadline, told, subject))


def _fact(told: Told, row: FactRow, subject: str) -> Event:
    values = {name: row.values[name] for name in SAID if row.values.get(name)}
    return Event(
        subject=subject,
        kind=FACT,
        key=f"{REF}{row.pk}:{subject}",
        day=row.last,
        params={
            "fact": row.kind,
            "values": values,
            "day": row.last.isoformat(),
            "title": told.request.title,
            "body": told.body_name,
        },
        source_url=told.url,
    )


def _deadline(told: Told, subject: str, days: int, day: date, until: date) -> Event:
    last = told.act_by.isoformat() if told.act_by else ""
    return Event(
        subject=subject,
        kind=DEADLINE,
        key=f"{REF}{told.request.pk}:{subject}:{last}:{days}",
        day=day,
        params={"days": days, "last": last, "title": told.request.title},
        source_url=told.url,
        until=until,
    )


def _due(today: date) -> Iterable[str]:
    """Return the public requests of which a period ends soon."""
    rows = published.rows().filter(act_by__range=(today, horizon(today)))
    return [f"{REF}{key}" for key in rows.values_list("pk", flat=True)]


def _said(params: Mapping[str, Any]) -> str:
    words = gettext("{fact}, le {day} : « {title} » ({body})")
    return words.format(
        fact=fact_words(params["fact"], params.get("values", {})),
        day=written(date.fromisoformat(params["day"])),
        title=params.get("title", ""),
        body=params.get("body", ""),
    )


def _ends(params: Mapping[str, Any]) -> str:
    number = int(params["days"])
    words = ngettext(
        "Délai de recours : {number} jour, jusqu'au {day}, pour la demande « {title} »",
        "Délai de recours : {number} jours, jusqu'au {day}, pour la demande « {title} »",
        number,
    )
    day = written(date.fromisoformat(params["last"]))
    return words.format(number=number, day=day, title=params.get("title", ""))


EVENTS = (
    EventKind(kind=FACT, text=_said),
    EventKind(kind=DEADLINE, text=_ends, is_clock=True),
    EventSource(prefix=REF, find=_find, due=_due),
)

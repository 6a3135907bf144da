"""What is told of acts where one talks of them: published beside a project, contestable until."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from contrechamp.census import published as census
from contrechamp.forum.domain.events import Event, EventKind, EventSource, horizon, warnings
from contrechamp.foundation.words import written
from contrechamp.watch import published
from contrechamp.watch.domain.public import MONEY
from contrechamp.watch.published import Act

REF = "watch:act:"
ACT, AWARD, MONEY_ACT, DEADLINE = "watch-act", "watch-award", "watch-contract", "watch-deadline"


def _find(refs: Sequence[str], today: date) -> Mapping[str, Sequence[Event]]:
    """Return what is told of the acts that are public: each decision once, not its twins."""
    acts = published.some_acts([ref.removeprefix(REF) for ref in refs])
    records = census.find_refs({act.project for act in acts if act.project})
    found: dict[str, Sequence[Event]] = {}
    for act in acts:
        record = records.get(act.project)
        project = f"{record.kind}:{record.id}" if record else ""
        found[f"{REF}{act.id}"] = [] if act.duplicate_of else _of_act(act, project, today)
    return found


def _of_act(act: Act, project: str, today: date) -> list[Event]:
    day = act.published_on or act.signed_on
    told = []
    if project and day:
        told.append(
            Event(
                subject=project,
                kind=_kind(act),
                key=f"{REF}{act.id}:{project}",
                day=day,
                params={**_titles(act), "day": day.isoformat()},
                source_url=act.url,
            )
        )
    for subject in filter(None, (project, f"act:{act.slug}")):
        told += warnings(act.act_by_safe, today, partial(_deadline, act, subject))
    return told


def _kind(act: Act) -> str:
    if act.decision == "award":
        return AWARD
    return MONEY_ACT if act.decision in MONEY else ACT


def _titles(act: Act) -> dict[str, str]:
    return {"title": act.title, "title_en": act.title_en}


def _deadline(act: Act, subject: str, days: int, day: date, until: date) -> Event:
    last = act.act_by_safe.isoformat() if act.act_by_safe else ""
    return Event(
        subject=subject,
        kind=DEADLINE,
        key=f"{REF}{act.id}:{subject}:{last}:{days}",
        day=day,
        params={**_titles(act), "days": days, "last": last},
        source_url=act.url,
        until=until,
    )


def _due(today: date) -> Iterable[str]:
    """Return the acts of which a period ends soon."""
    rows = published.open_rows().filter(act_by_safe__range=(today, horizon(today)))
    return [f"{REF}{key}" for key in rows.values_list("pk", flat=True)]


def _title(params: Mapping[str, Any]) -> str:
    is_english = (get_language() or "fr")[:2] == "en"
    return str((params.get("title_en") if is_english else "") or params.get("title", ""))


def _day(params: Mapping[str, Any], name: str) -> str:
    text = str(params.get(name, ""))
    return written(date.fromisoformat(text)) if text else ""


def _act(params: Mapping[str, Any]) -> str:
    words = gettext("Acte publié le {day} : {title}")
    return words.format(day=_day(params, "day"), title=_title(params))


def _award(params: Mapping[str, Any]) -> str:
    words = gettext("Avis d'attribution publié le {day} : {title}")
    return words.format(day=_day(params, "day"), title=_title(params))


def _contract(params: Mapping[str, Any]) -> str:
    words = gettext("Avis de marché publié le {day} : {title}")
    return words.format(day=_day(params, "day"), title=_title(params))


def _ends(params: Mapping[str, Any]) -> str:
    number = int(params.get("days", 0))
    words = ngettext(
        "Délai de recours : {number} jour, jusqu'au {day} ({title})",
        "Délai de recours : {number} jours, jusqu'au {day} ({title})",
        number,
    )
    return words.format(number=number, day=_day(params, "last"), title=_title(params))


EVENTS = (
    EventKind(kind=ACT, text=_act),
    EventKind(kind=AWARD, text=_award),
    EventKind(kind=MONEY_ACT, text=_contract),
    EventKind(kind=DEADLINE, text=_ends, is_clock=True),
    EventSource(prefix=REF, find=_find, due=_due),
)

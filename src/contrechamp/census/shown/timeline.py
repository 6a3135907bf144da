"""Dated facts as events of a timeline: when each was, how sure that is, and its proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import UncertainDate, is_about, parse
from contrechamp.ui.domain.timeline import Drawing, Event, draw

from .days import written
from .facts import ShownFact

PROOF = "census/parts/proof.html"
UNKNOWN = UncertainDate()
MOMENTS = frozenset(
    {
        *("authorising_act", "modifying_act", "refusing_act", "decision", "regulator_opinion"),
        *("buyer_of", "awarded_to", "bid_for", "market_size", "funds", "budget", "subsidy"),
    }
)
"""What happens on a day and does not last from it: one does not say "since"."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing, what it shows in a sentence, and the same as a list."""

    drawing: Drawing
    sentence: str

    @property
    def events(self) -> tuple[Event, ...]:
        return self.drawing.events


def timeline(facts: Sequence[ShownFact], today: date | None = None) -> Timeline | None:
    """Place the facts that have a date, earliest first; None when there is none."""
    drawing = draw((event_of(fact) for fact in facts), today=today)
    return Timeline(drawing, sentence_of(drawing)) if drawing else None


def sentence_of(drawing: Drawing) -> str:
    """Say in one sentence what a drawing shows."""
    count = len(drawing.events)
    return ngettext(
        "Ligne du temps : {count} fait daté, de {first} à {last}.",
        "Ligne du temps : {count} faits datés, de {first} à {last}.",
        count,
    ).format(count=count, first=drawing.first.year, last=drawing.last.year)


def event_of(fact: ShownFact, *, lane: str = "", with_subject: bool = False) -> Event:
    """Return a fact as an event, with the bounds that its texts leave and no day more."""
    start, end = dates_of(fact)
    text = name = said(fact)
    if with_subject:
        subject = fact.subject.name
        text = fact.sentence if fact.target else f"{subject}{gettext(' : ')}{_lower(text)}"
        name = f"{said(fact)} — {subject}"
    is_moment = not end.is_known
    return Event(
        key=fact.id,
        text=text,
        when=when_of(fact),
        url=fact.url,
        name=name,
        lane=lane,
        status=fact.status,
        earliest=start.earliest,
        from_latest=start.latest,
        to_earliest=end.earliest,
        latest=start.latest if is_moment else end.latest,
        lasts=not is_moment and start.text != end.text,
        is_about=is_moment and is_about(start.text),
        thing=fact,
        template=PROOF,
    )


def dates_of(fact: ShownFact) -> tuple[UncertainDate, UncertainDate]:
    """Return when a fact begins and ends, as its texts say; a date is its own beginning."""
    if _is_date(fact):
        return _read(str(fact.raw_value or "")), UNKNOWN
    start, end = _read(fact.from_text), _read(fact.to_text)
    if start.text and start.text == end.text:
        return start, UNKNOWN
    return start, end


def when_of(fact: ShownFact) -> str:
    """Say when, as the source says it."""
    if _is_date(fact):
        return fact.text
    if fact.code in MOMENTS and fact.from_text and not fact.to_text:
        return written(fact.from_text)
    return fact.dates


def said(fact: ShownFact) -> str:
    """Say what happened; a fact whose value is the date does not say the date twice."""
    if _is_date(fact):
        return re.sub(r" (le|on)$", "", fact.label).capitalize()
    return fact.sentence_short[:1].upper() + fact.sentence_short[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _is_date(fact: ShownFact) -> bool:
    return terms("properties").get(fact.code, {}).get("type") == "date"


def _read(text: str) -> UncertainDate:
    try:
        return parse(text)
    except Refused:  # Kept as it was written; it has no place on an axis.
        return UNKNOWN

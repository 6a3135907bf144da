"""What the legal clock says of published acts, as events of the same axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from contrechamp.census import published
from contrechamp.census.published import Fact
from contrechamp.chronicle.domain import Act, Period, Term, terms_of
from contrechamp.chronicle.forms import Ask
from contrechamp.chronicle.queries import Scope
from contrechamp.foundation.plug import Happening, Happenings, offered
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import UncertainDate, parse
from contrechamp.ui.domain.timeline import Event

ACTS = ("authorising_act", "modifying_act")
VIDEO_PROTECTION = ("vocabulary", "video_surveillance")
TEMPLATE = "chronicle/parts/term.html"


def clock_events(facts: Sequence[Fact]) -> list[Event]:
    """Return the periods that follow from the acts among some facts."""
    acts = [fact for fact in facts if fact.property in ACTS]
    if not acts:
        return []
    used = published.technologies_of({fact.subject.id for fact in acts})
    protecting = {
        record.id
        for record in published.records("technology")
        if any((number.scheme, number.value) == VIDEO_PROTECTION for number in record.identifiers)
    }
    known = [_act(fact, is_video=bool(protecting & set(used[fact.subject.id]))) for fact in acts]
    names = {fact.id: fact.subject.name for fact in acts}
    return [_event(term, names[term.fact]) for term in terms_of(_once(known))]


def _once(acts: Sequence[Act]) -> list[Act]:
    """Keep one act of each number and day: a bundle that names forty systems is one act."""
    return list({(act.number, act.decided_first, act.published_on): act for act in acts}.values())


def _act(fact: Fact, *, is_video: bool) -> Act:
    start, end = _read(fact.from_text), _read(fact.to_text)
    return Act(
        fact=fact.id,
        property=fact.property,
        number=str(fact.value or ""),
        decided_first=start.earliest,
        decided_last=start.latest,
        ends_on=end.latest,
        published_on=_published(fact),
        is_video_protection=is_video,
    )


def _published(fact: Fact) -> date | None:
    """Return the day of the collection of acts that a source names, when it is one day."""
    for proof in fact.evidence:
        if proof.register == "raa" and proof.stance == "SUPPORTS" and not proof.rejected:
            when = _read(proof.dated_text)
            if when.earliest and when.earliest == when.latest:
                return when.earliest
    return None


def _read(text: str) -> UncertainDate:
    try:
        return parse(text)
    except Refused:
        return UncertainDate()


def _event(term: Term, subject: str) -> Event:
    sentence = gettext(term.sentence).format(**dict(term.values))
    is_window = term.kind == "challenge"
    end = _day(term.ends_last)
    when = (
        gettext("jusqu'au {day}").format(day=end)
        if is_window or term.ends_first == term.ends_last
        else gettext("entre le {first} et le {last}").format(first=_day(term.ends_first), last=end)
    )
    return Event(
        key=f"{term.kind}-{term.fact}",
        text=f"{sentence} — {subject}",
        when=when,
        url=f"/fait/{term.fact}",
        name=sentence,
        lane="clock",
        earliest=term.starts_on if is_window else term.ends_first,
        from_latest=term.starts_on if is_window else term.ends_last,
        to_earliest=term.ends_first if is_window else None,
        latest=term.ends_last,
        lasts=is_window,
        thing=term,
        template=TEMPLATE,
    )


def court_events(ask: Ask, scope: Scope) -> list[tuple[Event, Happening]]:
    """Return what rooms tell of what is looked at, beside the census: judgments.

    They are of no kind of record and of no degree of proof: none when one asks for these.
    """
    if "court" not in ask.layers or ask.kinds or ask.statuses:
        return []
    found = [
        (_happened(one), one) for offer in offered(Happenings) for one in offer.find(scope.ids)
    ]
    return [(event, one) for event, one in found if inside(event, ask.period)]


def inside(event: Event, period: Period) -> bool:
    """Answer whether something lies in a period, be it in part."""
    return not (
        (period.first and event.last < period.first) or (period.last and event.first > period.last)
    )


def _happened(one: Happening) -> Event:
    first, last = _day(one.first), _day(one.last)
    return Event(
        key=one.key,
        text=one.text,
        when=first
        if one.first == one.last
        else gettext("entre le {first} et le {last}").format(first=first, last=last),
        url=one.url,
        lane="court",
        earliest=one.first,
        from_latest=one.last,
        latest=one.last,
    )


def _day(day: date) -> str:
    return written(day, "j F Y")

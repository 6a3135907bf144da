"""The administrative court: exact facts in, items out (D12–D16, D18, D21, T1–T4, T12)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from contrechamp.kernel.periods import franc

from .counting import Anchor, Part, Question, fact
from .items import Item, Line, Reading

Facts = Mapping[str, date]
COURT_MONTHS = 2
"""Whether a later fact comes in time is judged without the months of distance: never too late."""
OF_ACCESS = ("received", "refusal_notified", "cada_registered")
"""Facts of an access request: there the commission is the only appeal before the court (L412-4)."""
LATE_DECISION = "decision notified after this day: no new period"
LATE_REASONS = "reasons asked after this day: no new period"
EARLY_REASONS = "reasons asked before this day, when no decision was born: no effect"
LATE_GRACIEUX = "gracieux received after this day: no effect"
NOT_COUNTED_ON = "a gracieux after a silent decision is not counted on: the nearer day is kept"
NO_GRACIEUX = "CRPA L412-4: a gracieux has no effect on access to documents"


def court(facts: Facts, ask: Question) -> Iterator[Item]:
    """Yield the steps before the court; `ta` comes once for each origin that the facts name."""
    silent = [*_silences(facts, ask)]
    for anchor in silent:
        yield from _after_silence(anchor, facts, ask)
    if "notified" in facts and not silent:
        yield from _after_decision("notified", facts, ask)
    if "published" in facts:
        yield from _after_decision("published", facts, ask)
    if not (silent or "notified" in facts or "published" in facts):
        yield from _alone(facts, ask)


def _silences(facts: Facts, ask: Question) -> Iterator[Anchor]:
    """Yield the decisions born of silence that can go to court."""
    if "cada_registered" in facts:
        yield ask.birth("foi.confirmed", fact("cada_registered", facts["cada_registered"]))
    if "implied_decision" in facts:
        yield fact("implied_decision", facts["implied_decision"])


def _alone(facts: Facts, ask: Question) -> Iterator[Item]:
    """Yield what a letter gives when nobody said which decision it is about."""
    if "motives_asked" in facts:
        asked = fact("motives_asked", facts["motives_asked"])
        yield ask.only(ask.part("court.motives", asked))
        yield from ask.cap("court.cap_reasons", asked)
    if "gracieux_received" in facts and not is_access(facts):
        again = fact("gracieux_received", facts["gracieux_received"])
        yield ask.only(ask.part("court.gracieux_rejection", again))


def is_access(facts: Collection[str]) -> bool:
    """Answer whether facts are those of a request for documents."""
    return any(name in facts for name in OF_ACCESS)


def _after_silence(silent: Anchor, facts: Facts, ask: Question) -> Iterator[Item]:
    """Yield the court's steps after a silent decision, or after the express one before it."""
    notified = facts.get("notified")
    if notified and notified < silent.day:
        yield from _after_decision("notified", facts, ask)
        return
    if not silent.is_fact:
        registered = fact("cada_registered", facts["cada_registered"])
        yield ask.only(ask.part("foi.confirmed", registered))
    opens = ask.part("court.silence", silent)
    limit = franc(silent.day, COURT_MONTHS)
    last, notes = opens, []
    if notified and notified <= limit:
        last = ask.part("court.notified_again", fact("notified", notified))
    elif notified:
        notes.append(Line("anchor", "F", silent.day, COURT_MONTHS, limit, LATE_DECISION))
    asked, note = _reasons_asked(silent, limit, facts)
    notes += [note] if note else []
    safe = opens
    if asked:
        yield ask.only(ask.part("court.motives", asked))
        if last is opens and "motives_given" in facts:
            given = fact("motives_given", facts["motives_given"])
            safe = last = ask.part("court.reasons", given)
    if "gracieux_received" in facts:
        notes.append(_no_gracieux(facts))
    yield _window(opens, safe, last, facts, ask, notes)
    yield from ask.cap("court.cap_reasons", asked) if asked else ask.cap("court.cap", silent)


def _reasons_asked(silent: Anchor, limit: date, facts: Facts) -> tuple[Anchor | None, Line | None]:
    """Return the request for reasons if it counts, or the line that says why it does not."""
    day = facts.get("motives_asked")
    if day is None:
        return None, None
    if day < silent.day:
        return None, Line("anchor", "DAYS", silent.day, 0, silent.day, EARLY_REASONS)
    if day > limit:
        return None, Line("anchor", "F", silent.day, COURT_MONTHS, limit, LATE_REASONS)
    return fact("motives_asked", day), None


def _no_gracieux(facts: Facts) -> Line:
    day = facts["gracieux_received"]
    why = NO_GRACIEUX if is_access(facts) else NOT_COUNTED_ON
    return Line("anchor", "START", day, 0, day, why)


def _after_decision(name: str, facts: Facts, ask: Question) -> Iterator[Item]:
    """Yield the court's steps after a decision that was notified, or an act that was published."""
    day = facts[name]
    opens = ask.part(f"court.{name}", fact(name, day))
    limit = franc(day, COURT_MONTHS)
    safe, notes = opens, []
    asked = facts.get("gracieux_received")
    if asked and is_access(facts):
        notes.append(_no_gracieux(facts))
    elif asked and asked <= limit:
        again = fact("gracieux_received", asked)
        yield ask.only(ask.part("court.gracieux_rejection", again))
        safe = ask.part("court.after_gracieux", ask.birth("court.gracieux_rejection", again))
    elif asked:
        notes.append(Line("anchor", "F", day, COURT_MONTHS, limit, LATE_GRACIEUX))
    if name == "published":
        yield ask.only(ask.part("court.gracieux", fact(name, day)))
    yield _window(opens, safe, safe, facts, ask, notes)
    if name == "notified":
        yield from ask.cap("court.cap", fact(name, day))


def _window(
    opens: Part, safe: Part, last: Part, facts: Facts, ask: Question, notes: list[Line]
) -> Item:
    """Return the court's window; legal aid asked inside it opens a new one when it is decided."""
    asked, decided = facts.get("legal_aid_asked"), facts.get("legal_aid_decided")
    if asked and decided:
        aid = ask.filed("court.legal_aid", fact("legal_aid_decided", decided))
        usual = replace(ask, reading=Reading.USUAL).item(opens=opens, safe=safe, last=last)
        if aid and usual.last_day and asked <= usual.last_day:
            safe = last = aid
    return ask.item(opens=opens, safe=safe, last=last, notes=notes)

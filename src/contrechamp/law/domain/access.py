"""From a request for documents to the commission: exact facts in, items out (D4–D12, D17–D20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.periods import next_worked

from .counting import Anchor, Question, fact, known
from .items import Item, Line

COMMISSION_MONTHS = 2
LATE_REFUSAL = "refusal notified after this day: no new period"


def access(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield the steps of a request up to the commission."""
    refused = known("refusal_notified", facts)
    if "received" in facts:
        received = fact("received", facts["received"])
        silent = ask.birth("foi.implied_refusal", received)
        if refused is None or refused.day >= silent.day:
            yield ask.only(ask.part("foi.implied_refusal", received))
            yield _after_silence(silent, refused, ask)
            yield from ask.cap("foi.cada_cap", silent)
            return
    if refused:
        yield ask.only(ask.part("foi.cada_express", refused))
        yield from ask.cap("foi.cada_cap_express", refused)


def _after_silence(silent: Anchor, refused: Anchor | None, ask: Question) -> Item:
    """Return the commission's window after silence; a refusal inside it restarts it (U7)."""
    window = ask.part("foi.cada", silent)
    if refused is None:
        return ask.item(opens=window, safe=window, last=window)
    ends = add_months(silent.day, COMMISSION_MONTHS)
    limit = next_worked(ends)
    if refused.day <= limit:
        again = ask.part("foi.cada_restart", refused)
        return ask.item(opens=window, safe=window, last=again)
    note = Line("anchor", "R", ends, 0, limit, LATE_REFUSAL)
    return ask.item(opens=window, safe=window, last=window, notes=[note])

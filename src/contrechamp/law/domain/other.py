"""The CNIL, video protection, and every rule that counts from one fact, whatever else is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from .counting import Question, fact
from .items import Item

ALONE = (
    ("cada_registered", "foi.opinion"),
    ("cctv_authorised", "csi.expiry"),
    ("cctv_applied", "csi.prefect"),
    ("recorded", "csi.destruction"),
)
FILED = (
    ("received", "foi.receipt_due"),
    ("received", "foi.acknowledgement_due"),
    ("opinion_received", "foi.authority_position"),
    ("judgment_notified", "court.cassation"),
    ("judgment_notified", "court.enforcement"),
)


def complaint(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield the steps of a complaint to the CNIL (C3, C5)."""
    if "complaint_received" in facts:
        received = fact("complaint_received", facts["complaint_received"])
        yield ask.only(ask.part("cnil.rejection", received))
        rejected = ask.birth("cnil.rejection", received)
        yield ask.only(ask.part("cnil.ce", rejected))
        yield from ask.cap("cnil.ce_cap", rejected)


def alone(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield the steps that one fact gives by itself."""
    for name, rule in ALONE:
        if name in facts:
            yield ask.only(ask.part(rule, fact(name, facts[name])))
    for name, rule in FILED:
        part = ask.filed(rule, fact(name, facts[name])) if name in facts else None
        if part:
            yield ask.only(part)

"""The CNIL, contracts, repeal, video protection, and what counts from one fact by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from contrechamp.kernel.periods import franc

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
    ("appealable_notified", "court.appeal"),
    ("appealable_notified", "court.enforcement"),
    ("act_enforceable", "court.prefect"),
    ("act_transmitted", "court.prefect_referral"),
    ("suspension_unfounded", "court.confirmation"),
    ("suspension_unfounded", "court.urgent_cassation"),
    ("suspension_refused", "court.urgent_cassation"),
    ("liberty_filed", "court.liberty_order"),
    ("liberty_ruled", "court.liberty_appeal"),
    ("contract_publicised", "court.contract"),
    ("repeal_asked", "court.repeal"),
    ("complaint_received", "cnil.progress_due"),
    ("right_exercised", "cnil.right_answer"),
)


def complaint(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield the steps of a complaint to the CNIL (C3, C5, C6).

    Told of progress before the silence would have rejected it, no silent rejection is born. Closed
    in words, the period starts from the letter: before the silence alone, inside its window again.
    """
    received, closing = facts.get("complaint_received"), facts.get("closing_notified")
    closed = ask.filed("cnil.closed", fact("closing_notified", closing)) if closing else None
    told = [day for day in (facts.get("complaint_progress"), closing) if day]
    rejected = None
    if received:
        asked = fact("complaint_received", received)
        birth = ask.birth("cnil.rejection", asked)
        if not (ask.in_full and told and min(told) < birth.day):
            rejected = birth
            yield ask.only(ask.part("cnil.rejection", asked))
    if rejected:
        opens = ask.part("cnil.ce", rejected)
        again = closed if closed and closing and closing <= franc(rejected.day, 2) else None
        yield ask.item(opens=opens, safe=opens, last=again or opens)
        yield from ask.cap("cnil.ce_cap", rejected)
    elif closed:
        yield ask.only(closed)


def contract(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield what is left where a contract was not, or not well, made public (T10)."""
    if "contract_known" in facts and "contract_publicised" not in facts:
        part = ask.filed("court.contract_known", fact("contract_known", facts["contract_known"]))
        if part:
            yield ask.only(part)


def repeal(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield the window against the refusal, by silence, to repeal an act (T11)."""
    if "repeal_asked" in facts and ask.in_full:
        refused = ask.birth("court.repeal", fact("repeal_asked", facts["repeal_asked"]))
        yield ask.only(ask.part("court.after_repeal", refused))


def alone(facts: Mapping[str, date], ask: Question) -> Iterator[Item]:
    """Yield the steps that one fact gives by itself."""
    for name, rule in ALONE:
        if name in facts:
            yield ask.only(ask.part(rule, fact(name, facts[name])))
    for name, rule in FILED:
        part = ask.filed(rule, fact(name, facts[name])) if name in facts else None
        if part:
            yield ask.only(part)

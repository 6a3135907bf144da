"""Worked dates of our own, invented for these tests: facts, and the days the law draws."""

from __future__ import annotations

from datetime import date

from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event
from contrechamp.law.domain.items import Item

DAYS = ("not_before", "act_by_safe", "last_day")


def day(text: str) -> date:
    return date.fromisoformat(text)


def events(facts: str) -> list[Event]:
    """Read `received=2026-01-15 notified=2026-02-01..2026-02-03`."""
    found = []
    for fact in facts.split():
        name, _, days = fact.partition("=")
        first, _, last = days.partition("..")
        found.append(Event(name, day(first), day(last or first)))
    return found


def by_step(facts: str, **asked: object) -> dict[str, Item]:
    """Return the items of facts by step."""
    return {item.step: item for item in derive(events(facts), **asked)}  # type: ignore[arg-type]


def said(item: Item) -> str:
    """Write the three days of an item, a dash where there is none."""
    return " ".join(str(getattr(item, name) or "-") for name in DAYS)


WORKED = [
    # Silence, then the commission.
    ("received=2026-03-31", "implied_refusal", "2026-04-30 - -"),
    ("received=2026-03-31", "cada", "2026-05-01 2026-06-29 2026-06-30"),
    ("received=2023-01-29", "implied_refusal", "2023-02-28 - -"),
    ("received=2023-01-29", "cada", "2023-03-01 2023-04-27 2023-04-28"),
    ("received=2028-01-30", "cada", "2028-03-01 2028-04-28 2028-05-02"),  # Sat, Sun, 1 May.
    ("received=2026-01-15", "cada_cap", "- - 2027-02-15"),
    ("refusal_notified=2026-12-31", "cada", "2026-12-31 2027-02-27 2027-03-01"),
    # A written refusal beside the silence.
    ("received=2026-01-15 refusal_notified=2026-02-10", "cada", "2026-02-10 2026-04-09 2026-04-10"),
    ("received=2026-01-15 refusal_notified=2026-02-15", "cada", "2026-02-16 2026-04-14 2026-04-15"),
    ("received=2026-01-15 refusal_notified=2026-04-15", "cada", "2026-02-16 2026-04-14 2026-06-15"),
    ("received=2026-01-15 refusal_notified=2026-04-16", "cada", "2026-02-16 2026-04-14 2026-04-15"),
    # The commission, then the court.
    ("cada_registered=2026-01-05", "cada_opinion", "- - 2026-02-05"),
    ("cada_registered=2026-01-05", "confirmed_refusal", "2026-03-05 - -"),
    ("cada_registered=2026-01-05", "ta", "2026-03-06 2026-05-05 2026-05-06"),
    ("cada_registered=2026-01-05", "ta_cap", "- - 2027-03-05"),
    ("cada_registered=2026-01-05 notified=2026-02-20", "ta", "2026-02-20 2026-04-20 2026-04-21"),
    ("cada_registered=2026-01-05 notified=2026-05-06", "ta", "2026-03-06 2026-05-05 2026-07-07"),
    ("cada_registered=2026-01-05 notified=2026-05-07", "ta", "2026-03-06 2026-05-05 2026-05-06"),
    # Reasons, requests to reconsider.
    ("motives_asked=2026-04-10", "motives", "- - 2026-05-10"),
    ("motives_asked=2026-04-10", "ta_cap", "- - 2027-04-10"),
    (
        "implied_decision=2026-03-05 motives_asked=2026-05-06 motives_given=2026-06-05",
        "ta",
        "2026-03-06 2026-08-05 2026-08-06",
    ),
    (
        "implied_decision=2026-03-05 motives_asked=2026-05-07 motives_given=2026-06-05",
        "ta",
        "2026-03-06 2026-05-05 2026-05-06",
    ),
    ("implied_decision=2026-03-05 motives_asked=2026-05-06", "ta_cap", "- - 2027-05-06"),
    ("published=2026-02-13 gracieux_received=2026-04-14", "ta", "2026-02-13 2026-08-14 2026-08-17"),
    ("published=2026-02-13 gracieux_received=2026-04-15", "ta", "2026-02-13 2026-04-13 2026-04-14"),
    ("notified=2026-02-13 gracieux_received=2026-04-01", "ta", "2026-02-13 2026-08-01 2026-08-03"),
    ("gracieux_received=2026-04-01", "gracieux_rejection", "2026-06-01 - -"),
    # CNIL, video.
    ("complaint_received=2026-11-30", "complaint_rejection", "2027-02-28 - -"),
    ("complaint_received=2026-11-30", "ce", "2027-03-01 2027-04-28 2027-04-29"),
    ("complaint_received=2026-11-30", "ce_cap", "- - 2028-02-28"),
    ("cctv_authorised=2020-02-29", "cctv_expiry", "- - 2025-02-28"),
    ("recorded=2026-03-31", "destruction", "- - 2026-04-30"),
    ("cctv_applied=2026-12-31", "prefect_rejection", "2027-04-30 - -"),
]

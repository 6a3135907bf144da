"""Calendars, figures, openings and the worked dates of others: pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from contrechamp.cases.domain.calendar import Dated, entries
from contrechamp.cases.domain.clock import dates_of
from contrechamp.cases.domain.facts import Fact, standing
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.openings import Attackable, Openness, openings, window_of
from contrechamp.cases.domain.outcomes import LEAST, Ended, by_kind, by_technology
from contrechamp.cases.domain.recording import may_draft
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.icalendar import Entry, calendar
from tests.shared import shared

from .actions import at
from .facts import day, facts

HOLIDAYS = {
    date.fromisoformat(text)
    for text in ("2025-04-21", "2025-05-01", "2025-05-08", "2025-05-29", "2025-06-09")
}
"""Those of the spring of 2025, in which the bulletins' periods end."""


def told(known: Sequence[Fact], today: str = "03-21") -> dict[str, Entry]:
    one = Dated(
        key="cse-0000000001",
        title="Contre les caméras",
        url="https://exemple.example/actions/cse-0000000001",
        at=at("03-21"),
        kind=ActionKind.ANNULMENT,
        target=TargetKind.ACT,
        facts=known,
    )
    return {entry.key: entry for entry in entries([one], today=day(today))}


def test_a_window_has_two_events_with_alarms_on_the_safe_day_alone() -> None:
    found = told(facts("PUBLISHED 01-15"), "02-01")
    safe, last = found["ta-cse-0000000001"], found["ta-last-cse-0000000001"]
    assert (str(safe.first), safe.alarms) == ("2026-03-15", (14, 7, 1))
    assert (str(last.first), last.alarms) == ("2026-03-16", ())
    assert "CJA R421-1" in safe.description


def test_what_a_fact_has_overtaken_is_cancelled_and_keeps_its_name() -> None:
    before = told(facts("PUBLISHED 01-15"), "02-01")
    after = told(facts("PUBLISHED 01-15", "CLAIM_FILED 02-02"), "02-03")
    assert set(before) <= set(after)
    assert after["ta-cse-0000000001"].is_cancelled
    assert after["ta-cse-0000000001"].sequence > before["ta-cse-0000000001"].sequence
    text = "".join(calendar(after.values(), host="exemple.example", name="x"))
    assert "STATUS:CANCELLED" in text


def test_the_confirmation_is_in_the_calendar_after_want_of_doubt_alone() -> None:
    lines = ("PUBLISHED 01-15", "CLAIM_FILED 03-02", "SUSPENSION_ASKED 03-03")
    doubt = told(facts(*lines, "SUSPENSION_REFUSED 03-20 why=NO_DOUBT"))
    urgency = told(facts(*lines, "SUSPENSION_REFUSED 03-20 why=NO_URGENCY"))
    assert str(doubt["confirmation-cse-0000000001"].first) == "2026-04-20"
    assert "confirmation-cse-0000000001" not in urgency


def test_a_share_is_given_from_a_least_number_on() -> None:
    few = [Ended(kind="ANNULMENT", technology="video", outcome="WON")] * (LEAST - 1)
    [line] = by_kind(few)
    assert (line.won, line.share) == (LEAST - 1, None)
    [line] = by_technology([*few, Ended(kind="CONTRACT", technology="video", outcome="LOST")])
    assert (line.total, line.share) == (LEAST, round(100 * (LEAST - 1) / LEAST))


def test_a_case_without_object_is_neither_won_nor_lost() -> None:
    many = [Ended(kind="ANNULMENT", technology="", outcome="NO_OBJECT")] * 9
    [line] = by_kind(many)
    assert (line.other, line.share) == (9, None)
    assert by_technology(many) == ()


def test_an_act_without_proof_is_unknown_and_one_never_published_unlimited() -> None:
    today = day("2027-01-01")
    unknown = openings(Attackable(), today=today)
    assert {way.openness for way in unknown} == {Openness.UNKNOWN}
    assert not any(way.item for way in unknown)
    never = openings(Attackable(is_never_published=True), today=today)
    assert {way.openness for way in never} == {Openness.UNLIMITED}


def test_only_a_local_act_is_for_the_prefect_and_no_access_case_for_its_author() -> None:
    def kinds(act: Attackable) -> set[ActionKind]:
        return {way.kind for way in openings(act, today=day("02-01"))}

    published = day("01-15")
    assert ActionKind.PREFECT not in kinds(Attackable(published_on=published))
    assert ActionKind.PREFECT in kinds(Attackable(published_on=published, is_local=True))
    assert ActionKind.GRACIEUX not in kinds(Attackable(published_on=published, is_access=True))
    assert kinds(Attackable(published_on=published, is_contract=True)) == {ActionKind.CONTRACT}


def test_a_suspension_is_drafted_once_the_claim_is_filed() -> None:
    known = facts("PUBLISHED 01-15")
    with pytest.raises(Refused, match="L521-1"):
        may_draft("suspension", known, target=TargetKind.ACT, today=day("02-01"))
    with pytest.raises(Refused, match="L412-4"):
        may_draft("gracieux", known, target=TargetKind.REQUEST, today=day("02-01"))
    claim = facts("PUBLISHED 01-15", "CLAIM_FILED 02-01")
    may_draft("suspension", claim, target=TargetKind.ACT, today=day("02-01"))


KINDS = {
    "published": "PUBLISHED",
    "notified": "NOTIFIED",
    "implied_decision": "SILENTLY_REFUSED",
    "gracieux_received": "GRACIEUX_RECEIVED",
    "complaint_received": "COMPLAINT_REGISTERED",
}


def test_the_worked_dates_of_lawyers_pass_through_this_room() -> None:
    vectors = json.loads(shared("law/vectors.json").read_text("utf-8"))["vectors"]
    done = 0
    for each in vectors:
        if not set(each["events"]) <= set(KINDS):
            continue
        known = standing(facts(*(f"{KINDS[name]} {on}" for name, on in each["events"].items())))
        items = dates_of(known, today=date(2026, 1, 1)).items
        for wanted in each["expect"]:
            item = items.get(wanted["step"])
            if wanted["step"] == "gracieux":
                continue  # Asked already: it is not offered again.
            assert item is not None, each["id"]
            for name in ("not_before", "act_by_safe", "last_day"):
                if wanted.get(name):
                    assert str(getattr(item, name)) == wanted[name], each["id"]
                    done += 1
    assert done >= 10


def test_the_bulletins_have_the_last_days_that_a_wall_calendar_gives() -> None:
    days = {
        date.fromisoformat(json.loads(path.read_text("utf-8"))["date"])
        for path in shared("raa_var").glob("*.json")
    }
    assert len(days) >= 50
    for published in days:
        item = window_of(published, today=published)
        assert item.act_by_safe is not None
        assert item.last_day is not None
        month = published.month + 2
        while True:
            try:
                same = published.replace(month=month)
                break
            except ValueError:
                published = published.replace(day=published.day - 1)
        assert item.act_by_safe == same
        last = date.fromordinal(same.toordinal() + 1)
        while last.weekday() > 4 or last in HOLIDAYS:
            last = date.fromordinal(last.toordinal() + 1)
        assert item.last_day == last

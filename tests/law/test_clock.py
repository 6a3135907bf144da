"""The clock on worked dates: of the note where it is there, of our own always."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from contrechamp.kernel.errors import Refused
from contrechamp.law.domain.asking import answer
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import (
    CALCULATOR,
    WITHOUT_EFFECT,
    Event,
    GivenTwice,
    ImpossibleOrder,
    NothingGiven,
    UnknownEvent,
)
from contrechamp.law.domain.formulas import OPERATORS
from contrechamp.law.domain.items import Item, Reading, Remedies, State
from tests.shared import shared

from .vectors import WORKED, by_step, day, events, said


@pytest.mark.parametrize(("facts", "step", "expected"), WORKED)
def test_a_worked_date_holds(facts: str, step: str, expected: str) -> None:
    assert said(by_step(facts)[step]) == expected


def test_the_vectors_of_the_note_hold() -> None:
    vectors: list[dict[str, Any]] = json.loads(shared("law/vectors.json").read_text())["vectors"]
    assert len(vectors) >= 20
    for vector in vectors:
        facts = " ".join(f"{name}={when}" for name, when in vector["events"].items())
        found = {step: item.as_json() for step, item in by_step(facts).items()}
        for expected in vector["expect"]:
            assert found[expected["step"]] | expected == found[expected["step"]], vector["id"]


def test_the_example_of_the_contract_is_the_whole_answer() -> None:
    text = shared("law/README.md").read_text()
    example = re.search(r"```json\n(\[.*?)```", text, re.DOTALL)
    assert example is not None
    answer = [item.as_json() for item in derive(events("received=2026-01-15"))]
    assert json.dumps(answer) == json.dumps(json.loads(example[1]))


def test_a_silence_is_counted_line_by_line() -> None:
    item = by_step("received=2026-03-14")["cada"]
    assert [(line.field, line.op, str(line.result)) for line in item.lines] == [
        ("anchor", "M", "2026-04-14"),
        ("not_before", "DAYS", "2026-04-15"),
        ("anchor", "M", "2026-06-14"),
        ("act_by_safe", "DAYS", "2026-06-13"),
        ("last_day", "R", "2026-06-15"),
    ]
    assert item.uncertain == ("U1", "U2")


def test_readings_fill_the_last_day_alone() -> None:
    days = {reading: by_step("received=2026-03-14", reading=reading) for reading in Reading}
    assert {str(days[r]["cada"].last_day) for r in (Reading.STRICT, Reading.SAFE)} == {"2026-06-13"}
    assert len({said(days[r]["cada"]).rsplit(" ", 1)[0] for r in Reading}) == 1
    court = {r: by_step("notified=2026-10-31", reading=r)["ta"] for r in Reading}
    assert str(court[Reading.STRICT].last_day) == "2027-01-04"
    assert str(court[Reading.SAFE].last_day) == "2026-12-31"
    assert [item.reading for item in court.values()] == list(Reading)


def test_caps_go_when_the_remedies_were_stated() -> None:
    facts = "cada_registered=2026-01-05 received=2025-10-01 complaint_received=2026-01-02"
    unknown, stated, missing = (by_step(facts, remedies=one) for one in Remedies)
    assert unknown == missing
    caps = {"cada_cap", "ta_cap", "ce_cap"}
    assert set(unknown) - set(stated) == caps
    assert {step: said(item) for step, item in stated.items()} == {
        step: said(item) for step, item in unknown.items() if step not in caps
    }
    at_court = by_step(facts, remedies=Remedies.MISSING, remedies_at_court=Remedies.STATED)
    assert set(unknown) - set(at_court) == {"ta_cap", "ce_cap"}


def test_distance_lengthens_courts_in_one_addition() -> None:
    near, far = by_step("notified=2026-12-31"), by_step("notified=2026-12-31", distance_months=1)
    assert str(near["ta"].act_by_safe) == "2027-02-28"
    assert str(far["ta"].act_by_safe) == "2027-03-31"
    abroad = by_step("received=2026-01-15 complaint_received=2026-01-15", distance_months=2)
    assert str(abroad["ce"].act_by_safe) == "2026-08-15"
    assert said(abroad["cada"]) == said(by_step("received=2026-01-15")["cada"])


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-02-15", State.UPCOMING),
        ("2026-02-16", State.OPEN),
        ("2026-04-06", State.OPEN),
        ("2026-04-07", State.LAST_DAYS),
        ("2026-04-14", State.LAST_DAYS),
        ("2026-04-15", State.UNSAFE),
        ("2026-04-16", State.CLOSED),
    ],
)
def test_a_day_stands_somewhere_in_a_window(today: str, state: State) -> None:
    items = by_step("received=2026-01-15", today=day(today))
    assert items["cada"].state is state
    assert items["cada"].as_json()["state"] == str(state)
    assert items["cada_cap"].state is State.OPEN


def test_what_has_no_effect_says_so_in_the_count() -> None:
    late = by_step("published=2026-02-13 gracieux_received=2026-04-15")
    assert "gracieux_rejection" not in late
    assert late["ta"].lines[-1].basis == "gracieux received after this day: no effect"
    access = by_step("cada_registered=2026-01-05 gracieux_received=2026-01-01")
    assert "gracieux_rejection" not in access
    assert "CRPA L412-4" in access["ta"].lines[-1].basis
    assert said(access["ta"]) == said(by_step("cada_registered=2026-01-05")["ta"])
    again = by_step("received=2026-01-15 refusal_notified=2026-04-16")["cada"]
    assert again.lines[-1].basis == "refusal notified after this day: no new period"
    known = by_step("cada_registered=2026-01-05 notified=2026-05-07")["ta"]
    assert known.lines[-1].basis == "decision notified after this day: no new period"
    asked = by_step("cada_registered=2026-01-05 motives_asked=2026-03-04")
    assert "motives" not in asked
    assert "no decision was born" in asked["ta"].lines[-1].basis
    silent = by_step("implied_decision=2026-03-05 gracieux_received=2026-04-01")
    assert said(silent["ta"]) == said(by_step("implied_decision=2026-03-05")["ta"])
    both = by_step("received=2026-01-15 notified=2026-06-01 gracieux_received=2026-06-10")
    assert said(both["ta"]) == said(by_step("notified=2026-06-01")["ta"])
    assert by_step("received=2026-01-15 gracieux_received=2026-01-01") == by_step(
        "received=2026-01-15"
    )


def test_an_express_decision_in_time_makes_later_reasons_of_no_matter() -> None:
    facts = "implied_decision=2026-03-05 notified=2026-04-01 motives_asked=2026-04-02"
    found = by_step(f"{facts} motives_given=2026-04-20")["ta"]
    assert said(found) == "2026-03-06 2026-05-05 2026-06-02"


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_letters_that_stop_no_clock_move_no_date(name: str) -> None:
    facts = "received=2026-01-15 cada_registered=2026-03-02"
    assert by_step(f"{facts} {name}=2026-03-20", in_full=True) == by_step(facts, in_full=True)


def test_a_file_has_more_steps_than_the_calculator() -> None:
    facts = (
        "received=2026-01-15 cada_registered=2026-03-02 opinion_received=2026-04-20 "
        "judgment_notified=2026-11-02"
    )
    more = by_step(facts, in_full=True)
    assert set(more) - set(by_step(facts)) == {
        *("receipt_due", "acknowledgement_due", "authority_position", "cassation", "enforcement"),
    }
    assert said(more["receipt_due"]) == "- - 2026-01-16"
    assert said(more["acknowledgement_due"]) == "- - 2026-01-29"
    assert said(more["authority_position"]) == "- - 2026-05-20"
    assert said(more["cassation"]) == "2026-11-02 2027-01-02 2027-01-04"
    assert said(more["enforcement"]) == "2027-02-02 - -"
    assert said(more["ta"]) == said(by_step("cada_registered=2026-03-02")["ta"])


def test_the_law_on_receipts_did_not_hold_before_it_was_made() -> None:
    assert "receipt_due" in by_step("received=2016-11-07", in_full=True)
    assert "receipt_due" not in by_step("received=2016-11-04", in_full=True)


def test_legal_aid_asked_in_time_opens_a_new_period() -> None:
    facts = "cada_registered=2026-01-05"
    aid = f"{facts} legal_aid_asked=2026-05-06 legal_aid_decided=2026-07-15"
    assert said(by_step(aid, in_full=True)["ta"]) == "2026-03-06 2026-09-15 2026-09-16"
    assert said(by_step(aid)["ta"]) == said(by_step(facts)["ta"])
    late = f"{facts} legal_aid_asked=2026-05-07 legal_aid_decided=2026-07-15"
    assert said(by_step(late, in_full=True)["ta"]) == said(by_step(facts)["ta"])


def test_the_older_version_of_a_rule_counts_older_facts() -> None:
    before, after = by_step("published=2022-06-30")["ta"], by_step("published=2022-07-01")["ta"]
    assert "CGCT L2131-1" not in before.basis
    assert "CGCT L2131-1" in after.basis
    assert not before.older_texts


def test_facts_older_than_the_pack_are_counted_with_a_warning() -> None:
    assert "2005-1755" in by_step("received=2010-01-15")["cada"].older_texts
    assert not by_step("received=2016-01-15")["cada"].older_texts


def test_two_origins_of_a_court_step_keep_what_is_safe_in_both() -> None:
    both = by_step("published=2026-02-01 implied_decision=2026-03-05")["ta"]
    assert said(both) == "2026-03-06 2026-04-01 2026-04-02"
    found = by_step("published=2026-02-13 notified=2026-02-20")
    assert said(found["ta"]) == "2026-02-20 2026-04-13 2026-04-14"
    assert len(found["ta"].lines) == len(set(found["ta"].lines))


def test_steps_come_in_the_order_of_their_first_day() -> None:
    found = derive(events("recorded=2026-01-31 received=2026-01-15 notified=2026-03-01"))
    firsts = [item.first_day for item in found]
    assert firsts == sorted(firsts)
    assert len({item.step for item in found}) == len(found)


@pytest.mark.parametrize("name", CALCULATOR)
def test_each_event_alone_is_answered_or_refused_with_a_sentence(name: str) -> None:
    if name == "motives_given":
        with pytest.raises(ImpossibleOrder):
            by_step("motives_given=2026-05-06")
    else:
        found: dict[str, Item] = by_step(f"{name}=2026-05-06")
        assert found


@pytest.mark.parametrize(
    "facts",
    [
        "received=2026-02-02 refusal_notified=2026-02-01",
        "cada_registered=2026-02-02 notified=2026-02-01",
        "published=2026-02-02 gracieux_received=2026-02-01",
        "implied_decision=2026-02-02 motives_asked=2026-02-01",
        "implied_decision=2026-02-02 motives_asked=2026-03-01 motives_given=2026-02-20",
    ],
)
def test_an_answer_before_its_question_is_refused(facts: str) -> None:
    with pytest.raises(ImpossibleOrder):
        by_step(facts)


def test_facts_are_one_of_each_and_known() -> None:
    with pytest.raises(GivenTwice):
        by_step("received=2026-02-02 received=2026-02-03")
    with pytest.raises(NothingGiven):
        derive([])
    with pytest.raises(UnknownEvent):
        Event("recu", day("2026-01-01"))
    with pytest.raises(ImpossibleOrder):
        Event("received", day("2026-01-02"), day("2026-01-01"))


@pytest.mark.parametrize(
    "asked",
    [
        {"events": ["received=1815-06-18"]},
        {"events": ["received"]},
        {"events": ["recu=2026-01-15"]},
        {"events": ["received=2026-01-15"], "reading": "kind"},
        {"events": ["received=2026-01-15"], "distance": "3"},
        {"events": ["received=2026-01-15"], "today": "2026-13-01"},
    ],
)
def test_a_question_that_cannot_be_read_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        answer(**asked)


def test_kinds_of_steps_are_told_apart() -> None:
    found = by_step("received=2026-01-15 cada_registered=2026-03-02")
    assert [found[step].is_birth for step in ("implied_refusal", "cada", "cada_cap")] == [
        *(True, False, False),
    ]
    assert [found[step].is_duty for step in ("cada_opinion", "cada_cap", "ta")] == [
        *(True, False, False),
    ]
    line = found["cada_opinion"].lines[0]
    assert OPERATORS["START"](line.start, 0) == line.result

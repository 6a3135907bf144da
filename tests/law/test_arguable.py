"""Facts that may be one day or another: what is shown is safe in each of them."""

from __future__ import annotations

import pytest

from contrechamp.law.domain.items import Item
from contrechamp.law.domain.receipt import Proof, Strength, received_on, strongest
from contrechamp.law.domain.series import LEAST, gather, series_rule

from .vectors import by_step, day, said


def test_a_receipt_between_two_days_opens_later_and_ends_earlier() -> None:
    item = by_step("received=2026-01-15..2026-01-19")
    assert said(item["implied_refusal"]) == "2026-02-19 - -"
    assert said(item["cada"]) == "2026-02-20 2026-04-14 2026-04-15"


def test_each_day_of_an_envelope_is_the_last_of_its_lines() -> None:
    for item in by_step(
        "received=2026-01-15..2026-01-19 refusal_notified=2026-02-01..2026-03-01"
    ).values():
        for field in ("not_before", "act_by_safe", "last_day"):
            ends = [line.result for line in item.lines if line.field == field]
            assert (ends[-1] if ends else None) == getattr(item, field)


def test_a_refusal_that_may_precede_the_silence_counts_from_the_earlier() -> None:
    item = by_step("received=2026-01-15 refusal_notified=2026-02-10..2026-02-20")["cada"]
    assert said(item) == "2026-02-16 2026-04-09 2026-04-10"


def test_the_wrong_body_first_counts_both_receipts() -> None:
    found = by_step("received_first=2026-01-05 received=2026-01-20")
    assert said(found["implied_refusal"]) == "2026-02-20 - -"
    assert said(found["cada"]) == "2026-02-21 2026-04-04 2026-04-07"
    assert "U3" in found["cada"].uncertain
    assert said(by_step("received_first=2026-01-05")["cada"]) == "2026-02-06 2026-04-04 2026-04-07"


def test_days_too_far_apart_to_agree_let_one_act_before_the_end() -> None:
    item = by_step("received_first=2026-01-05 received=2026-06-20")["cada"]
    assert item.not_before == item.act_by_safe == day("2026-04-04")
    assert "none in common" in item.lines[-1].basis


def test_a_partial_answer_is_perhaps_a_refusal() -> None:
    found = by_step("received=2026-01-15 partial_answer=2026-02-01")
    assert said(found["cada"]) == "2026-02-16 2026-03-31 2026-04-01"
    assert "implied_refusal" in found
    alone = by_step("partial_answer=2026-02-01")
    assert said(alone["cada"]) == "2026-02-01 2026-03-31 2026-04-01"
    sure = by_step("received=2026-01-15 partial_answer=2026-02-01 refusal_notified=2026-02-03")
    assert said(sure["cada"]) == "2026-02-03 2026-04-02 2026-04-03"


def test_missing_pieces_suspend_what_one_waits_for_alone() -> None:
    found = by_step("received=2026-01-15 completion_asked=2026-01-20 completion_done=2026-01-30")
    assert said(found["cada"]) == "2026-02-26 2026-04-14 2026-04-15"


def test_a_duty_of_somebody_else_ends_at_the_later_day() -> None:
    found = by_step("cada_registered=2026-01-05..2026-01-07")
    assert said(found["cada_opinion"]) == "- - 2026-02-07"
    assert said(found["ta_cap"]) == "- - 2027-03-05"


@pytest.mark.parametrize(
    ("proof", "strength", "first", "last"),
    [
        (Proof.ACKNOWLEDGED, Strength.STRONG, "2026-01-16", "2026-01-16"),
        (Proof.REGISTERED, Strength.STRONG, "2026-01-16", "2026-01-16"),
        (Proof.SIGNED, Strength.STRONG, "2026-01-16", "2026-01-16"),
        (Proof.HANDED, Strength.STRONG, "2026-01-16", "2026-01-16"),
        (Proof.OPENED, Strength.MIDDLING, "2026-01-14", "2026-01-16"),
        (Proof.ACCEPTED, Strength.PRESUMED, "2026-01-16", "2026-01-16"),
        (Proof.RELAYED, Strength.WEAK, "2026-01-16", "2026-01-19"),
        (Proof.POSTED, Strength.WEAK, "2026-01-19", "2026-01-23"),
    ],
)
def test_a_proof_leaves_some_days_possible(
    proof: Proof, strength: Strength, first: str, last: str
) -> None:
    found = received_on(proof, day("2026-01-16"), day("2026-01-14"))
    assert found.strength is strength
    event = found.event()
    assert (event.name, event.first, event.last) == ("received", day(first), day(last))


def test_the_strongest_proof_governs() -> None:
    weak = received_on(Proof.RELAYED, day("2026-01-14"))
    strong = received_on(Proof.ACKNOWLEDGED, day("2026-01-15"))
    assert strongest([weak, strong]) is strong
    assert strongest([]) is None


def windows(*received: str) -> dict[str, tuple[Item, ...]]:
    return {when: tuple(by_step(f"received={when}").values()) for when in received}


def test_a_series_ends_with_its_earliest_member_and_leaves_out_who_is_not_refused() -> None:
    alike = windows("2026-01-05", "2026-01-08", "2026-01-12", "2026-01-15", "2026-01-20")
    found = gather(alike | windows("2026-04-20"), on=day("2026-03-01"))
    assert found is not None
    assert found.is_one
    assert len(found.members) == LEAST
    assert found.left_out == ("2026-04-20",)
    assert found.act_by_safe == day("2026-04-04")
    assert found.not_before == day("2026-02-21")


def test_a_series_needs_five_who_can_still_be_referred() -> None:
    alike = windows("2026-01-05", "2026-01-08", "2026-01-12", "2026-01-15", "2026-01-20")
    late = gather(alike, on=day("2026-04-06"))
    assert late is not None
    assert not late.is_one
    assert "2026-01-05" not in late.members
    assert gather(alike, on=day("2026-06-01")) is None
    assert gather({"none": ()}, on=day("2026-06-01")) is None


def test_the_same_facts_of_2021_make_no_series() -> None:
    assert series_rule(day("2022-10-20")) == ()
    assert "CRPA R343-3-1" in series_rule(day("2022-10-21"))
    for year, expected in ((2021, False), (2023, True)):
        alike = windows(*(f"{year}-01-{number:02d}" for number in (4, 5, 6, 7, 8)))
        assert (gather(alike, on=day(f"{year}-03-01")) is not None) is expected

"""The steps that only the file of an action knows: by hand, against the days the law draws."""

from __future__ import annotations

import pytest

from .vectors import by_step, said

WORKED = [
    ("act_enforceable=2026-01-15", "prefect", "2026-01-15 2026-03-15 2026-03-15"),
    ("act_transmitted=2026-01-15", "prefect_referral", "- - 2026-03-16"),
    ("suspension_unfounded=2026-01-31", "confirmation", "2026-01-31 2026-02-28 2026-03-02"),
    ("suspension_unfounded=2026-04-01", "urgent_cassation", "2026-04-01 2026-04-16 2026-04-17"),
    ("suspension_refused=2026-04-16", "urgent_cassation", "2026-04-16 2026-05-01 2026-05-04"),
    ("liberty_filed=2026-06-01", "liberty_order", "- - 2026-06-03"),
    (
        "liberty_filed=2026-06-01 liberty_ruled=2026-06-03",
        "liberty_appeal",
        "2026-06-03 2026-06-18 2026-06-19",
    ),
    ("contract_publicised=2026-01-15", "contract", "2026-01-15 2026-03-15 2026-03-16"),
    ("contract_known=2026-01-15", "contract", "2026-01-15 2026-03-15 2027-01-15"),
    (
        "contract_known=2026-01-15 contract_publicised=2026-02-20",
        "contract",
        "2026-02-20 2026-04-20 2026-04-21",
    ),
    ("repeal_asked=2026-01-15", "repeal_rejection", "2026-03-15 - -"),
    ("repeal_asked=2026-01-15", "ta_repeal", "2026-03-16 2026-05-15 2026-05-18"),
    ("appealable_notified=2026-03-02", "appeal", "2026-03-02 2026-05-02 2026-05-04"),
    ("appealable_notified=2026-03-02", "enforcement", "2026-06-02 - -"),
    ("complaint_received=2026-01-15", "progress_due", "- - 2026-04-15"),
    ("right_exercised=2026-01-31", "right_answer", "- - 2026-02-28"),
    (
        "complaint_received=2026-01-15 closing_notified=2026-03-01",
        "ce",
        "2026-03-01 2026-05-01 2026-05-04",
    ),
    (
        "complaint_received=2026-01-15 closing_notified=2026-05-20",
        "ce",
        "2026-04-16 2026-06-15 2026-07-21",
    ),
    (
        "complaint_received=2026-01-15 closing_notified=2026-09-01",
        "ce",
        "2026-04-16 2026-06-15 2026-06-16",
    ),
]


@pytest.mark.parametrize(("facts", "step", "days"), WORKED)
def test_the_steps_of_actions_are_counted_by_hand_alike(facts: str, step: str, days: str) -> None:
    assert said(by_step(facts, in_full=True)[step]) == days


def test_news_before_the_three_months_end_forbid_the_silent_rejection() -> None:
    before = "complaint_received=2026-01-15 complaint_progress=2026-04-14"
    assert not {"complaint_rejection", "ce"} & set(by_step(before, in_full=True))
    late = "complaint_received=2026-01-15 complaint_progress=2026-04-15"
    assert said(by_step(late, in_full=True)["ce"]) == "2026-04-16 2026-06-15 2026-06-16"


def test_the_calculator_knows_nothing_of_an_action() -> None:
    assert set(by_step("suspension_unfounded=2026-01-31")) == set()


def test_a_suspension_refused_for_want_of_urgency_needs_no_confirmation() -> None:
    assert "confirmation" not in by_step("suspension_refused=2026-01-31", in_full=True)

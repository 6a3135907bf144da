"""The report to the commission, the hierarchical appeal, the letter to the prefect: row by row."""

from __future__ import annotations

from datetime import date

import pytest

from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.states import Flag, State
from contrechamp.cases.domain.steps import next_step
from contrechamp.kernel.errors import Refused
from tests.people import Person

from .actions import opened, record
from .facts import check, due, stands

REPORT = ActionKind.REPORT
SENT = "REPORT_SENT 01-15 system=Rue difficulty=Vue is_public_place=1"


# The commission.


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("REPORT_SENT 01-15", "quel système"),
        ("REPORT_SENT 01-15 system=Rue", "difficulté"),
        ("REPORT_SENT 01-15 system=Hall difficulty=Vue", "ouverts au public"),
        ("REPORT_ANSWERED 03-02 what=NOTHING", "saisie"),
        ("REPORT_INSPECTED 03-02", "saisie"),
        ("REPORT_PREFECT 03-02 what=REMOVE", "saisie"),
        ("CLAIM_FILED 03-02", "de cette sorte"),
        ("PUBLISHED 01-15", "de cette sorte"),
    ],
)
def test_a_report_says_what_it_is_about_and_comes_first(line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check(line, kind=REPORT)


def test_an_answer_says_what_is_answered() -> None:
    with pytest.raises(Refused, match="répond"):
        check("REPORT_ANSWERED 03-02", SENT, kind=REPORT)
    check("REPORT_ANSWERED 03-02 what=SUSPEND", SENT, kind=REPORT)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ((), State.DRAFT),
        ((SENT,), State.SENT),
        ((SENT, "REPORT_REGISTERED 01-20", "REPORT_INSPECTED 02-20"), State.SENT),
        ((SENT, "REPORT_ANSWERED 03-02 what=NOTHING"), State.ANSWERED),
        ((SENT, "REPORT_ANSWERED 03-02 what=ADVICE"), State.ANSWERED),
        ((SENT, "REPORT_ANSWERED 03-02 what=SUSPEND"), State.PROPOSED),
        ((SENT, "REPORT_ANSWERED 03-02 what=REMOVE"), State.PROPOSED),
        (
            (SENT, "REPORT_ANSWERED 03-02 what=REMOVE", "REPORT_PREFECT 04-02 what=REMOVE"),
            State.ANSWERED,
        ),
        ((SENT, "REPORT_PREFECT 04-02 what=SUSPEND"), State.ANSWERED),
        ((SENT, "WITHDRAWN 04-02"), State.CLOSED),
    ],
)
def test_where_a_report_stands(facts: tuple[str, ...], state: State) -> None:
    found = stands("06-01", *facts, kind=REPORT)
    assert found.state is state
    assert (Flag.REPORT_STOPS_NOTHING in found.flags) is (state is not State.CLOSED)
    assert next_step(found, today=date(2026, 6, 1)).sentence


def test_one_asks_again_two_months_after_the_last_news_and_no_right_is_lost() -> None:
    task = due("02-01", SENT, kind=REPORT)["report-sent"]
    assert (task.act_by, task.is_red, task.basis) == (date(2026, 3, 15), False, "CSI L253-5")
    task = due("02-21", SENT, "REPORT_INSPECTED 02-20", kind=REPORT)["report-sent"]
    assert task.act_by == date(2026, 4, 20)
    task = due("03-03", SENT, "REPORT_ANSWERED 03-02 what=SUSPEND", kind=REPORT)["report-proposed"]
    assert (task.act_by, task.basis) == (date(2026, 5, 2), "CSI R253-2")
    assert due("03-03", SENT, "REPORT_ANSWERED 03-02 what=NOTHING", kind=REPORT) == {}


@pytest.mark.django_db
def test_the_page_of_a_report_says_to_whom_what_it_can_do_and_that_no_period_binds_it() -> None:
    action = opened(kind=REPORT, published="")
    record(action, Kind.REPORT_SENT, "01-22", system="Rue", difficulty="Vue", is_public_place=True)
    page = Person(action.author).opens(f"/actions/{action.pk}").text
    for words in ("R251-11", "L253-1", "R253-2", "aucun texte n'en fixe", "À qui écrire"):
        assert words in page.replace("&#x27;", "'")
    follow = Person(action.author).opens(f"/actions/{action.pk}/suivre").text
    assert 'name="what"' in follow
    assert 'name="controller"' not in follow


# The hierarchical appeal (T4).

HIERARCHICAL = ActionKind.HIERARCHICAL
PUBLISHED = "PUBLISHED 01-15"


@pytest.mark.parametrize(
    ("today", "facts", "state", "last_day"),
    [
        ("02-01", (PUBLISHED,), State.WINDOW_OPEN, "2026-03-16"),
        ("03-17", (PUBLISHED,), State.CLOSED_LATE, ""),
        # In time: the period begins anew from the rejection.
        (
            "03-17",
            (PUBLISHED, "HIERARCHICAL_RECEIVED 03-10"),
            State.RECONSIDERATION,
            "2026-07-13",
        ),
        (
            "05-20",
            (PUBLISHED, "HIERARCHICAL_RECEIVED 03-10"),
            State.WINDOW_OPEN,
            "2026-07-13",
        ),
        (
            "04-20",
            (PUBLISHED, "HIERARCHICAL_RECEIVED 03-10", "HIERARCHICAL_REJECTED 04-15"),
            State.WINDOW_OPEN,
            "2026-06-16",
        ),
        # Late: nothing changes.
        ("03-20", (PUBLISHED, "HIERARCHICAL_RECEIVED 03-17"), State.CLOSED_LATE, ""),
        # Both: until both are rejected.
        (
            "04-20",
            (
                *(PUBLISHED, "GRACIEUX_RECEIVED 02-10", "GRACIEUX_REJECTED 02-20"),
                "HIERARCHICAL_RECEIVED 03-10",
            ),
            State.RECONSIDERATION,
            "2026-07-13",
        ),
        ("05-20", (PUBLISHED, "ACT_WITHDRAWN 03-01"), State.CLOSED, ""),
    ],
)
def test_where_a_hierarchical_appeal_stands(
    today: str, facts: tuple[str, ...], state: State, last_day: str
) -> None:
    found = stands(today, *facts, kind=HIERARCHICAL)
    assert found.state is state
    if last_day:
        assert found.item
        assert str(found.item.last_day) == last_day


@pytest.mark.parametrize(
    ("line", "before", "target", "says"),
    [
        ("HIERARCHICAL_REJECTED 03-02", (PUBLISHED,), TargetKind.ACT, "supérieur"),
        ("HIERARCHICAL_RECEIVED 03-02", (), TargetKind.REQUEST, "L412-4"),
    ],
)
def test_what_a_hierarchical_appeal_needs(
    line: str, before: tuple[str, ...], target: TargetKind, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        check(line, *before, kind=HIERARCHICAL, target=target)


def test_a_second_hierarchical_appeal_never_counts() -> None:
    facts = (PUBLISHED, "HIERARCHICAL_RECEIVED 03-01", "HIERARCHICAL_RECEIVED 03-10")
    found, once = stands("03-20", *facts), stands("03-20", *facts[:2])
    assert Flag.RECONSIDERATION_TWICE in found.flags
    assert found.item == once.item


# The letter to the prefect (T5, U6).

PREFECT = ActionKind.PREFECT


def test_the_prefect_is_asked_of_a_local_act_that_is_known() -> None:
    with pytest.raises(Refused, match="L2131-8"):
        check("PREFECT_ASKED 02-01", kind=PREFECT)
    for known in ("ENFORCEABLE 01-15", PUBLISHED, "NOTIFIED 01-15"):
        check("PREFECT_ASKED 02-01", known, kind=PREFECT)
    with pytest.raises(Refused, match="saisi"):
        check("PREFECT_ANSWERED 02-01", PUBLISHED, kind=PREFECT)


@pytest.mark.parametrize("more", [(), ("PREFECT_ANSWERED 02-20",)])
def test_asking_the_prefect_leaves_the_citizens_window_as_it_was(more: tuple[str, ...]) -> None:
    base = (PUBLISHED, "ENFORCEABLE 01-15")
    asked, alone = stands("03-01", *base, "PREFECT_ASKED 02-01", *more), stands("03-01", *base)
    assert asked.item == alone.item
    assert asked.state is alone.state is State.WINDOW_OPEN
    assert Flag.PREFECT_ASKED in asked.flags


def test_the_prefect_is_to_be_asked_within_two_months_and_once() -> None:
    base = (PUBLISHED, "ENFORCEABLE 01-15")
    task = due("02-01", *base, kind=PREFECT)["prefect"]
    assert (task.act_by <= date(2026, 3, 15), task.is_red) == (True, False)
    assert "prefect" not in due("02-02", *base, "PREFECT_ASKED 02-01", kind=PREFECT)


def test_what_the_prefect_refers_is_said_and_the_action_goes_on() -> None:
    found = stands("03-01", PUBLISHED, "PREFECT_ASKED 02-01", "PREFECT_REFERRED 02-20")
    assert Flag.PREFECT_REFERRED in found.flags
    assert found.state is State.WINDOW_OPEN


@pytest.mark.parametrize("kind", [HIERARCHICAL, PREFECT])
def test_both_lead_to_the_court_with_its_guards(kind: ActionKind) -> None:
    check("CLAIM_FILED 03-02", PUBLISHED, kind=kind)
    with pytest.raises(Refused, match="R412-1"):
        check("CLAIM_FILED 03-02", kind=kind)
    found = stands("03-03", PUBLISHED, "CLAIM_FILED 03-02", kind=kind)
    assert found.state is State.CLAIM_FILED

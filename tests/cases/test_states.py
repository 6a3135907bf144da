"""The tables of states, row by row (design note `cases.md`, 3)."""

from __future__ import annotations

import pytest

from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.needs import ALLOWED
from contrechamp.cases.domain.states import Flag, State, Status
from contrechamp.cases.domain.steps import SENTENCES, next_step
from contrechamp.kernel.errors import Refused, TooEarly

from .facts import check, day, due, stands

PUBLISHED = "PUBLISHED 01-15"  # Two franc months: 16 March 2026, a Monday.
CLAIM = (PUBLISHED, "CLAIM_FILED 03-02")
ASKED = (*CLAIM, "SUSPENSION_ASKED 03-03")
NO_DOUBT = (*ASKED, "SUSPENSION_REFUSED 03-20 why=NO_DOUBT")
NO_URGENCY = (*ASKED, "SUSPENSION_REFUSED 03-20 why=NO_URGENCY")
JUDGED = (*CLAIM, "JUDGED 10-05 outcome=WON")
FILED = ("COMPLAINT_FILED 01-15", "COMPLAINT_REGISTERED 01-15 number=26000001")


def days(status: Status, step: str) -> str:
    item = status.dates.items[step]
    return f"{item.act_by_safe} {item.last_day}"


COURT_ROWS = [
    # Watching, the window, never published.
    ((), "02-01", State.WATCHING),
    (("NEVER_PUBLISHED 02-01",), "2027-02-01", State.OPEN_UNLIMITED),
    ((PUBLISHED,), "01-15", State.WINDOW_OPEN),
    ((PUBLISHED,), "03-16", State.WINDOW_OPEN),
    ((PUBLISHED,), "03-17", State.CLOSED_LATE),
    # Reconsideration: on the last usual day it interrupts, a day later it does not.
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-16"), "03-20", State.RECONSIDERATION),
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-17"), "03-20", State.CLOSED_LATE),
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-16"), "05-16", State.RECONSIDERATION),
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-16"), "05-17", State.WINDOW_OPEN),
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-16"), "07-18", State.CLOSED_LATE),
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-01", "GRACIEUX_REJECTED 04-01"), "04-02", State.WINDOW_OPEN),
    ((PUBLISHED, "GRACIEUX_RECEIVED 03-01", "GRACIEUX_REJECTED 04-01"), "06-03", State.CLOSED_LATE),
    ((PUBLISHED, "HIERARCHICAL_RECEIVED 03-01"), "03-20", State.RECONSIDERATION),
    # The prefect changes nothing.
    ((PUBLISHED, "PREFECT_ASKED 02-01"), "03-17", State.CLOSED_LATE),
    # Legal aid keeps the window.
    ((PUBLISHED, "LEGAL_AID_ASKED 03-10"), "05-01", State.WINDOW_OPEN),
    ((PUBLISHED, "LEGAL_AID_ASKED 03-17"), "05-01", State.CLOSED_LATE),
    # The claim and what follows.
    (CLAIM, "03-02", State.CLAIM_FILED),
    (ASKED, "03-04", State.URGENT_SUSPENSION),
    ((*ASKED, "SUSPENSION_GRANTED 03-20"), "03-21", State.PENDING),
    (NO_DOUBT, "03-21", State.PENDING),
    (NO_URGENCY, "03-21", State.PENDING),
    ((*CLAIM, "MEMORANDUM 05-02"), "05-03", State.PENDING),
    ((*CLAIM, "COMPLETION_ASKED 05-02 day=2026-05-20"), "05-03", State.PENDING),
    ((*CLAIM, "HEARING 05-02 day=2026-06-20"), "05-03", State.PENDING),
    (JUDGED, "10-06", State.JUDGED),
    (JUDGED, "12-07", State.JUDGED),
    (JUDGED, "12-08", State.CLOSED),
    ((*JUDGED, "APPEALED 11-02"), "2027-05-01", State.APPEAL),
    ((*CLAIM, "JUDGED 10-05 outcome=WON term=2026-12-05"), "10-06", State.ENFORCE),
    ((*JUDGED, "ENFORCEMENT_ASKED 11-20"), "11-21", State.ENFORCE),
    (
        (*CLAIM, "JUDGED 10-05 outcome=WON term=2026-12-05", "CARRIED_OUT 12-01"),
        "12-02",
        State.CLOSED,
    ),
    ((*CLAIM, "WITHDRAWN 04-01"), "04-02", State.CLOSED),
    ((PUBLISHED, "ACT_WITHDRAWN 02-02"), "02-03", State.CLOSED),
]


@pytest.mark.parametrize(("lines", "today", "state"), COURT_ROWS)
def test_a_court_action_stands_where_its_table_says(
    lines: tuple[str, ...], today: str, state: State
) -> None:
    assert stands(today, *lines).state is state


COMPLAINT_ROWS = [
    ((), "02-01", State.DRAFT),
    (FILED[:1], "02-01", State.FILED),
    (FILED, "02-01", State.ACKNOWLEDGED),
    (FILED, "04-15", State.ACKNOWLEDGED),
    (FILED, "04-16", State.SILENCE_UNVERIFIED),
    ((*FILED, "NOTHING_CAME 04-15"), "04-16", State.SILENCE_UNVERIFIED),
    ((*FILED, "NOTHING_CAME 04-16"), "04-16", State.SILENT_REJECTED),
    ((*FILED, "NOTHING_CAME 04-16"), "06-17", State.CLOSED_LATE),
    ((*FILED, "COMPLAINT_PROGRESS 04-14"), "06-01", State.IN_PROGRESS),
    ((*FILED, "COMPLAINT_PROGRESS 04-15"), "06-01", State.SILENCE_UNVERIFIED),
    ((*FILED, "NOTHING_CAME 04-16", "COMPLAINT_PURSUED 05-02"), "05-03", State.REVIVED),
    ((*FILED, "COMPLAINT_CLOSED 03-01"), "03-02", State.COMPLAINT_CLOSED),
    ((*FILED, "COMPLAINT_CLOSED 03-01"), "05-05", State.CLOSED_LATE),
    ((*FILED, "COMPLAINT_OUTCOME 08-01 what=notice"), "08-02", State.OUTCOME),
    ((*FILED, "NOTHING_CAME 04-16", "CLAIM_FILED 05-02"), "05-03", State.CLAIM_FILED),
    (
        (*FILED, "NOTHING_CAME 04-16", "CLAIM_FILED 05-02", "JUDGED 11-02 outcome=WON"),
        "11-03",
        State.CLOSED,
    ),
]


@pytest.mark.parametrize(("lines", "today", "state"), COMPLAINT_ROWS)
@pytest.mark.parametrize("kind", [ActionKind.COMPLAINT, ActionKind.COLLECTIVE])
def test_a_complaint_stands_where_its_table_says(
    lines: tuple[str, ...], today: str, state: State, kind: ActionKind
) -> None:
    assert stands(today, *lines, kind=kind, target=TargetKind.DECISION).state is state


OTHER_ROWS = [
    (ActionKind.CONTRACT, (), "02-01", State.WATCHING),
    (ActionKind.CONTRACT, ("CONTRACT_KNOWN 01-15",), "2027-01-15", State.WINDOW_OPEN),
    (ActionKind.CONTRACT, ("CONTRACT_KNOWN 01-15",), "2027-01-16", State.CLOSED_LATE),
    (ActionKind.CONTRACT, ("CONTRACT_PUBLICISED 01-15",), "03-16", State.WINDOW_OPEN),
    (ActionKind.CONTRACT, ("CONTRACT_PUBLICISED 01-15",), "03-17", State.CLOSED_LATE),
    (
        ActionKind.CONTRACT,
        ("CONTRACT_PUBLICISED 01-15", "CLAIM_FILED 02-02"),
        "03-17",
        State.CLAIM_FILED,
    ),
    (ActionKind.LIBERTY, (), "02-01", State.DRAFT),
    (ActionKind.LIBERTY, ("LIBERTY_FILED 06-01",), "06-02", State.URGENT_LIBERTY),
    (ActionKind.LIBERTY, ("LIBERTY_FILED 06-01", "LIBERTY_RULED 06-03"), "06-19", State.JUDGED),
    (ActionKind.LIBERTY, ("LIBERTY_FILED 06-01", "LIBERTY_RULED 06-03"), "06-20", State.CLOSED),
    (
        ActionKind.LIBERTY,
        ("LIBERTY_FILED 06-01", "LIBERTY_RULED 06-03", "LIBERTY_APPEALED 06-10"),
        "06-20",
        State.APPEAL,
    ),
    (ActionKind.MEASURES, ("MEASURES_FILED 06-01",), "06-02", State.URGENT_MEASURES),
    (ActionKind.MEASURES, ("MEASURES_FILED 06-01", "MEASURES_RULED 07-01"), "07-02", State.CLOSED),
    (ActionKind.REPORT, (), "06-02", State.DRAFT),
    (ActionKind.REPORT, ("REPORT_SENT 06-01",), "06-02", State.SENT),
    (ActionKind.REPORT, ("REPORT_SENT 06-01", "REPORT_ANSWERED 07-01"), "07-02", State.ANSWERED),
]


@pytest.mark.parametrize(("kind", "lines", "today", "state"), OTHER_ROWS)
def test_contracts_urgent_claims_and_reports_have_their_rows(
    kind: ActionKind, lines: tuple[str, ...], today: str, state: State
) -> None:
    assert stands(today, *lines, kind=kind).state is state


def test_an_act_without_proof_of_publication_has_no_last_day() -> None:
    found = stands("2026-12-01")
    assert "ta" not in found.dates.items
    assert Flag.PUBLICATION_UNPROVEN in found.flags
    with pytest.raises(Refused, match="prouve"):
        check("PUBLISHED 01-15 proof=SAID")


def test_asking_the_prefect_leaves_the_window_as_it_is() -> None:
    alone = stands("02-20", PUBLISHED)
    asked = stands("02-20", PUBLISHED, "PREFECT_ASKED 02-10", "PREFECT_ANSWERED 02-15")
    assert asked.dates.items["ta"] == alone.dates.items["ta"]
    assert Flag.PREFECT_ASKED in asked.flags
    assert asked.state is alone.state is State.WINDOW_OPEN


def test_a_second_request_to_reconsider_never_counts() -> None:
    once = (PUBLISHED, "GRACIEUX_RECEIVED 02-02")
    twice = (*once, "GRACIEUX_RECEIVED 03-02")
    assert days(stands("03-10", *once), "ta") == "2026-06-02 2026-06-03"
    assert days(stands("03-10", *twice), "ta") == "2026-06-02 2026-06-03"
    assert Flag.RECONSIDERATION_TWICE in stands("03-10", *twice).flags


def test_with_both_requests_the_period_waits_for_both_rejections() -> None:
    both = (PUBLISHED, "GRACIEUX_RECEIVED 02-02", "HIERARCHICAL_RECEIVED 03-02")
    assert days(stands("03-10", *both), "ta") == "2026-07-02 2026-07-03"


def test_a_late_request_is_said_and_changes_nothing() -> None:
    found = stands("03-18", PUBLISHED, "GRACIEUX_RECEIVED 03-17")
    assert days(found, "ta") == "2026-03-15 2026-03-16"
    assert Flag.RECONSIDERATION_LATE in found.flags


def test_a_request_whose_day_is_not_sure_counts_by_its_last_day() -> None:
    found = stands("03-18", PUBLISHED, "GRACIEUX_RECEIVED 03-14..03-17")
    assert Flag.RECONSIDERATION_LATE in found.flags


def test_in_access_cases_there_is_no_request_to_reconsider() -> None:
    with pytest.raises(Refused, match="L412-4"):
        check("GRACIEUX_RECEIVED 02-02", "NOTIFIED 01-15", target=TargetKind.REQUEST)
    found = stands("03-10", "NOTIFIED 01-15", "GRACIEUX_RECEIVED 02-02", target=TargetKind.REQUEST)
    assert days(found, "ta") == "2026-03-15 2026-03-16"
    assert Flag.RECONSIDERATION_VOID in found.flags


def test_a_suspension_refused_for_want_of_doubt_is_a_red_task_of_a_month() -> None:
    tasks = due("03-21", *NO_DOUBT)
    assert (str(tasks["confirmation"].act_by), tasks["confirmation"].is_red) == ("2026-04-20", True)
    assert "urgent_cassation" in tasks
    found = stands("03-21", *NO_DOUBT)
    assert found.step == "confirmation"
    assert "R612-5-2" in next_step(found, today=day("03-21")).sentence


@pytest.mark.parametrize(
    "then", ["CLAIM_CONFIRMED 04-02", "URGENT_CASSATION 03-30", "SUSPENSION_ASKED 04-10"]
)
def test_confirming_cassation_or_asking_again_ends_the_task(then: str) -> None:
    assert "confirmation" not in due("04-12", *NO_DOUBT, then)
    assert Flag.DEEMED_WITHDRAWN not in stands("05-01", *NO_DOUBT, then).flags


def test_nothing_confirmed_in_the_month_is_deemed_withdrawn() -> None:
    assert Flag.DEEMED_WITHDRAWN in stands("05-01", *NO_DOUBT).flags


def test_a_suspension_refused_for_want_of_urgency_needs_no_confirmation() -> None:
    tasks = due("03-21", *NO_URGENCY)
    assert "confirmation" not in tasks
    assert str(tasks["urgent_cassation"].act_by) == "2026-04-04"
    assert Flag.NOTHING_TO_CONFIRM in stands("03-21", *NO_URGENCY).flags


def test_a_suspension_needs_a_claim_filed_in_time() -> None:
    with pytest.raises(Refused, match="L521-1"):
        check("SUSPENSION_ASKED 02-02", PUBLISHED)
    with pytest.raises(Refused, match="compte usuel"):
        check("SUSPENSION_ASKED 03-18", PUBLISHED, "CLAIM_FILED 03-17")
    check("SUSPENSION_ASKED 03-18", PUBLISHED, "CLAIM_FILED 03-16")
    check("SUSPENSION_ASKED 03-02", *CLAIM)


def test_a_suspension_granted_is_said_until_the_judgment() -> None:
    granted = (*ASKED, "SUSPENSION_GRANTED 03-20")
    assert Flag.SUSPENDED in stands("03-21", *granted).flags
    assert Flag.SUSPENDED not in stands("10-06", *granted, "JUDGED 10-05 outcome=WON").flags


def test_what_the_court_sets_a_day_for_is_a_task_until_it_is_done() -> None:
    asked = (*CLAIM, "COMPLETION_ASKED 05-02 day=2026-05-20")
    [task] = [each for key, each in due("05-03", *asked).items() if key.startswith("completion")]
    assert (str(task.act_by), task.is_red) == ("2026-05-20", True)
    done = due("05-11", *asked, "COMPLETION_DONE 05-10")
    assert not [key for key in done if key.startswith("completion")]


def test_the_registration_letter_of_the_cnil_stops_nothing() -> None:
    found = stands("04-16", *FILED, kind=ActionKind.COMPLAINT)
    assert days(found, "ce") == "2026-06-15 2026-06-16"


def test_a_complaint_that_is_taken_up_again_empties_the_claim() -> None:
    revived = (*FILED, "NOTHING_CAME 04-16", "CLAIM_FILED 05-02", "COMPLAINT_PURSUED 06-02")
    found = stands("06-03", *revived, kind=ActionKind.COMPLAINT)
    assert (found.state, Flag.LOSES_OBJECT in found.flags) == (State.REVIVED, True)


def test_a_complaint_in_progress_is_asked_after_each_year() -> None:
    told = (*FILED, "COMPLAINT_PROGRESS 03-01")
    assert str(due("04-01", *told, kind=ActionKind.COMPLAINT)["yearly"].act_by) == "2027-03-01"


def test_a_complaint_is_filed_when_it_is_complete() -> None:
    with pytest.raises(Refused, match="responsable"):
        check("COMPLAINT_FILED 01-15 incomplete=1 has_standing=1", kind=ActionKind.COMPLAINT)
    check("COMPLAINT_FILED 01-15", kind=ActionKind.COMPLAINT)


def test_the_silence_of_the_cnil_is_attacked_once_it_is_born() -> None:
    with pytest.raises(TooEarly):
        check("CLAIM_FILED 04-15", *FILED, kind=ActionKind.COMPLAINT)
    check("CLAIM_FILED 04-16", *FILED, kind=ActionKind.COMPLAINT)
    with pytest.raises(Refused, match="à temps"):
        check("CLAIM_FILED 05-16", *FILED, "COMPLAINT_PROGRESS 03-01", kind=ActionKind.COMPLAINT)


def test_access_cases_have_cassation_alone() -> None:
    judged = ("NOTIFIED 01-15", "CLAIM_FILED 03-02", "JUDGED 10-05 outcome=LOST")
    access = stands("10-06", *judged, target=TargetKind.REQUEST)
    assert (access.step, "appeal" in access.dates.items) == ("cassation", False)
    other = stands("10-06", *judged)
    assert (other.step, "cassation" in other.dates.items) == ("appeal", False)


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("CLAIM_FILED 03-02", ()),
        ("JUDGED 03-02 outcome=WON", (PUBLISHED,)),
        ("JUDGED 10-02", CLAIM),
        ("SUSPENSION_REFUSED 03-20", ASKED),
        ("SUSPENSION_GRANTED 03-20", CLAIM),
        ("GRACIEUX_REJECTED 03-20", (PUBLISHED,)),
        ("HEARING 03-20", CLAIM),
        ("CLAIM_CONFIRMED 03-20", ASKED),
        ("PREFECT_ASKED 03-20", ()),
        ("NEVER_PUBLISHED 03-20", (PUBLISHED,)),
        ("PUBLISHED 03-20", ("NEVER_PUBLISHED 03-01",)),
        ("COMPLAINT_FILED 03-20", ()),
        ("NOTE 03-20", (*CLAIM, "WITHDRAWN 03-10")),
        ("PUBLISHED 2028-03-20", ()),
    ],
)
def test_a_fact_that_cannot_follow_is_refused_in_a_sentence(
    line: str, before: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        check(line, *before)
    assert str(refused.value).endswith(".")


def test_the_window_of_a_contract_says_to_take_a_lawyer() -> None:
    found = stands("02-01", "CONTRACT_KNOWN 01-15", kind=ActionKind.CONTRACT)
    assert Flag.LAWYER in found.flags
    assert "avocat" in next_step(found, today=day("02-01")).sentence


def test_every_state_has_its_sentence_and_each_kind_of_fact_its_place() -> None:
    assert set(SENTENCES) == set(State)
    assert set().union(*ALLOWED.values()) == set(Kind)

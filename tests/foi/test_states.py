"""Where a request stands: the table of the design note, row by row."""

from __future__ import annotations

import pytest

from contrechamp.foi.domain.facts import Fact, Kind, Proof
from contrechamp.foi.domain.states import Flag, State

from .known import UNREAD, at_cada, day, known, seen, sent


def test_nothing_recorded_is_a_draft() -> None:
    assert seen([], "01-15").state is State.DRAFT


def test_a_checked_draft_is_ready_until_it_is_written_anew() -> None:
    ready = known(Kind.READY, "01-10")
    assert seen([ready], "01-15").state is State.READY
    assert seen([ready, known(Kind.REOPENED, "01-11")], "01-15").state is State.DRAFT


def test_without_a_proof_of_receipt_it_is_only_sent() -> None:
    assert seen(sent(), "01-20").state is State.SENT


def test_a_hard_bounce_stops_everything() -> None:
    facts = [*sent(), known(Kind.ACCEPTED, "01-15", proof=Proof.SMTP_OF_RELAY)]
    facts.append(known(Kind.BOUNCED, "01-15"))
    found = seen(facts, "03-01")
    assert found.state is State.UNDELIVERED
    assert not found.dates.items


def test_sending_again_is_a_new_anchor() -> None:
    facts = [*sent(), known(Kind.BOUNCED, "01-15"), *sent("02-01", received="02-02")]
    found = seen(facts, "02-10")
    assert found.state is State.AWAITING
    assert found.dates.items["implied_refusal"].not_before == day("03-02")


def test_acceptance_by_a_server_is_only_presumed() -> None:
    facts = [*sent(), known(Kind.ACCEPTED, "01-15", proof=Proof.SMTP_OF_BODY)]
    found = seen(facts, "01-20")
    assert found.state is State.AWAITING
    assert Flag.PRESUMED_RECEIPT in found.flags


def test_an_acknowledgement_dates_the_receipt_better_than_a_server() -> None:
    facts = [*sent(received="01-16"), known(Kind.ACCEPTED, "01-15", proof=Proof.SMTP_OF_RELAY)]
    found = seen(facts, "01-20")
    assert found.dates.items["implied_refusal"].not_before == day("02-16")
    assert Flag.PRESUMED_RECEIPT not in found.flags


def test_an_acknowledgement_is_missed_after_ten_working_days() -> None:
    facts = [*sent(), known(Kind.ACCEPTED, "01-15", proof=Proof.SMTP_OF_BODY)]
    assert Flag.NO_ACKNOWLEDGEMENT not in seen(facts, "01-29").flags
    assert Flag.NO_ACKNOWLEDGEMENT in seen(facts, "01-30").flags


def test_a_month_of_silence_is_a_refusal_from_the_day_after() -> None:
    facts = sent(received="01-15")
    assert seen(facts, "02-15").state is State.AWAITING
    assert seen(facts, "02-16").state is State.REFUSED_SILENT
    assert seen(facts, "02-16").rests_on_silence


def test_a_silence_that_was_not_verified_is_not_stated() -> None:
    found = seen(sent(received="01-15"), "02-16", UNREAD)
    assert found.state is State.UNVERIFIED
    window = found.dates.items["cada"]
    assert window.act_by_safe == day("04-14")


def test_a_fee_or_a_question_moves_nothing() -> None:
    plain = seen(sent(received="01-15"), "02-01")
    for kind, flag in (
        (Kind.FEE_ASKED, Flag.FEE_ASKED),
        (Kind.CLARIFICATION_ASKED, Flag.CLARIFICATION_ASKED),
    ):
        asked = seen([*sent(received="01-15"), known(kind, "01-20")], "02-01")
        assert asked.state is State.AWAITING
        assert flag in asked.flags
        assert days(asked.dates.items) == days(plain.dates.items)


def days(items: object) -> object:
    """Return the days of items, without what derives them."""
    return {
        name: (item.not_before, item.act_by_safe, item.last_day)
        for name, item in items.items()  # type: ignore[attr-defined]
    }


def test_all_documents_end_the_wait() -> None:
    facts = [*sent(received="01-15"), known(Kind.DOCUMENTS, "02-01")]
    assert seen(facts, "02-02").state is State.SATISFIED


def test_a_refusal_in_words_opens_the_window_from_its_day() -> None:
    facts = [*sent(received="01-15"), known(Kind.REFUSED, "02-01")]
    found = seen(facts, "02-02")
    assert found.state is State.REFUSED_EXPRESS
    assert found.dates.items["cada"].not_before == day("02-01")
    assert found.dates.items["cada"].act_by_safe == day("03-31")
    assert Flag.REMEDIES_UNREAD in found.flags


def test_some_documents_leave_the_rest_refused() -> None:
    facts = [*sent(received="01-15"), known(Kind.PARTIAL, "02-01", remedies=True)]
    found = seen(facts, "02-02")
    assert found.state is State.PARTIAL
    assert Flag.REMEDIES_UNREAD not in found.flags


def test_words_after_the_silence_leave_the_earlier_safe_day() -> None:
    facts = [*sent(received="01-15"), known(Kind.REFUSED, "03-20")]
    window = seen(facts, "03-21").dates.items["cada"]
    assert window.act_by_safe == day("04-14")
    assert window.last_day == day("05-20")


def test_words_after_the_window_open_nothing() -> None:
    facts = [*sent(received="01-15"), known(Kind.REFUSED, "05-20")]
    found = seen(facts, "05-21")
    assert Flag.CONFIRMATORY in found.flags
    assert found.dates.items["cada"].last_day == day("04-15")


def test_a_follow_up_stops_no_clock_and_says_so() -> None:
    facts = [*sent(received="01-15"), known(Kind.FOLLOWED_UP, "02-20")]
    found = seen(facts, "03-01")
    assert found.state is State.REFUSED_SILENT
    assert Flag.FOLLOWED_UP in found.flags
    assert days(found.dates.items) == days(seen(sent(received="01-15"), "03-01").dates.items)


def test_too_late_when_the_remedies_were_named() -> None:
    facts = [*sent(received="01-15"), known(Kind.REFUSED, "02-01", remedies=True)]
    assert seen(facts, "06-01").state is State.TIME_BARRED


@pytest.mark.parametrize("remedies", [{}, {"remedies": False}])
def test_perhaps_not_too_late_when_they_were_not(remedies: dict[str, object]) -> None:
    refused = known(Kind.REFUSED, "02-01", values=remedies)
    facts = [*sent(received="01-15"), refused]
    found = seen(facts, "06-01")
    assert found.state is State.CADA_LATE_OPEN
    assert "cada_cap" in found.dates.items


def test_between_the_safe_and_the_last_day_it_is_said() -> None:
    found = seen(sent(received="01-15"), "04-15")
    assert found.state is State.REFUSED_SILENT
    assert Flag.AFTER_SAFE in found.flags


def test_filed_then_incomplete_then_registered() -> None:
    facts = [*sent(received="01-15"), known(Kind.CADA_FILED, "03-01")]
    assert seen(facts, "03-02").state is State.CADA_FILED
    facts.append(known(Kind.CADA_ASKED_TO_COMPLETE, "03-05"))
    assert seen(facts, "03-06").state is State.CADA_INCOMPLETE
    assert "ta" not in seen(facts, "03-06").dates.items
    facts.append(known(Kind.CADA_REGISTERED, "03-10"))
    found = seen(facts, "03-11")
    assert found.state is State.CADA_PENDING
    assert found.dates.items["confirmed_refusal"].not_before == day("05-10")


def test_an_opinion_moves_no_date_of_the_court() -> None:
    plain = seen(at_cada(), "04-20")
    found = seen([*at_cada(), known(Kind.CADA_OPINION, "04-15", sense="favourable")], "04-20")
    assert found.state is State.CADA_PENDING
    assert Flag.OPINION_MOVES_NOTHING in found.flags
    mine, theirs = days(found.dates.items), days(plain.dates.items)
    assert isinstance(mine, dict)
    assert isinstance(theirs, dict)
    assert all(mine[step] == theirs[step] for step in ("confirmed_refusal", "ta", "ta_cap"))


def test_two_months_after_registration_the_refusal_is_confirmed() -> None:
    assert seen(at_cada(), "05-10").state is State.CADA_PENDING
    found = seen(at_cada(), "05-11")
    assert found.state is State.REFUSAL_CONFIRMED
    assert found.rests_on_silence
    assert found.dates.items["ta"].act_by_safe == day("07-10")


def test_not_confirmed_while_the_mailbox_is_unread() -> None:
    found = seen(at_cada(), "05-11", UNREAD)
    assert found.state is State.CADA_PENDING
    assert Flag.SILENCE_UNVERIFIED in found.flags


def test_an_express_confirmation_runs_from_its_own_day() -> None:
    found = seen([*at_cada(), known(Kind.CONFIRMED, "04-20")], "04-21", UNREAD)
    assert found.state is State.REFUSAL_CONFIRMED
    assert not found.rests_on_silence
    assert found.dates.items["ta"].act_by_safe == day("06-20")


def test_some_documents_at_the_cada_leave_the_court_for_the_rest() -> None:
    found = seen([*at_cada(), known(Kind.PARTIAL, "04-20")], "04-21")
    assert found.state is State.PARTIAL
    assert found.step == "ta"


def test_reasons_asked_show_in_the_cap_alone() -> None:
    plain = seen(at_cada(), "06-01").dates.items
    found = seen([*at_cada(), known(Kind.MOTIVES_ASKED, "05-20")], "06-01")
    assert Flag.MOTIVES_ASKED in found.flags
    assert found.dates.items["motives"].last_day == day("06-20")
    assert found.dates.items["ta"].act_by_safe == plain["ta"].act_by_safe


def test_reasons_given_open_a_fresh_period() -> None:
    facts = [*at_cada(), known(Kind.MOTIVES_ASKED, "05-20"), known(Kind.MOTIVES_GIVEN, "06-10")]
    found = seen(facts, "06-11")
    assert Flag.MOTIVES_ASKED not in found.flags
    assert found.dates.items["ta"].act_by_safe == day("08-10")


def test_legal_aid_is_said_while_it_is_not_decided() -> None:
    found = seen([*at_cada(), known(Kind.LEGAL_AID_ASKED, "05-20")], "06-01")
    assert Flag.LEGAL_AID in found.flags


def test_after_the_court_window_it_depends_on_what_was_named() -> None:
    assert seen(at_cada(), "12-01").state is State.REFUSAL_CONFIRMED
    facts = at_cada()
    named = known(Kind.CONFIRMED, "04-20", remedies=True)
    assert seen([*facts, named], "12-01").state is State.TIME_BARRED


def at_court() -> list[Fact]:
    """Return a request before the court."""
    return [*at_cada(), known(Kind.CLAIM_FILED, "06-01")]


def test_a_claim_is_litigation() -> None:
    assert seen(at_court(), "06-02").state is State.LITIGATION


def test_documents_during_the_trial_leave_the_costs() -> None:
    found = seen([*at_court(), known(Kind.DOCUMENTS, "07-01")], "07-02")
    assert found.state is State.SATISFIED
    assert Flag.COSTS_STILL_CLAIMED in found.flags


def test_a_judgment_won_is_to_be_carried_out() -> None:
    won = [*at_court(), known(Kind.JUDGED, "2027-01-10", outcome="annulled")]
    found = seen(won, "2027-01-11")
    assert found.state is State.ENFORCE
    assert "enforcement" in found.dates.items
    given = [*won, known(Kind.DOCUMENTS, "2027-02-01")]
    assert seen(given, "2027-02-02").state is State.SATISFIED


def test_a_judgment_lost_leaves_cassation() -> None:
    found = seen([*at_court(), known(Kind.JUDGED, "2027-01-10", outcome="dismissed")], "2027-01-11")
    assert found.state is State.CLOSED_LOST
    assert found.dates.items["cassation"].last_day == day("2027-03-11")


def test_nothing_left_to_judge_is_an_end() -> None:
    lost = [*at_court(), known(Kind.JUDGED, "2027-01-10", outcome="no_object")]
    assert seen(lost, "2027-01-11").state is State.SATISFIED


def test_withdrawn_ends_all() -> None:
    assert seen([*at_cada(), known(Kind.WITHDRAWN, "04-01")], "04-02").state is State.WITHDRAWN


def test_passed_on_keeps_the_dates_of_the_first_receipt_to_finish_early() -> None:
    facts = [*sent(received="01-15"), known(Kind.TRANSMITTED, "01-20", received="2026-01-25")]
    found = seen(facts, "02-01")
    assert found.state is State.AWAITING
    assert Flag.TRANSMITTED in found.flags
    window = found.dates.items["cada"]
    assert window.not_before == day("02-26")
    assert window.act_by_safe == day("04-14")


def test_what_has_not_come_yet_is_not_known() -> None:
    facts = [*sent(received="01-15"), known(Kind.DOCUMENTS, "02-01")]
    assert seen(facts, "01-20").state is State.AWAITING

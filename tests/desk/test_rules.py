"""States, two persons, who is on duty, one size of notice, one range of a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.desk.domain.notice import LENGTH, compose, filler, sentence
from contrechamp.desk.domain.ranges import Span, Unsatisfiable, asked
from contrechamp.desk.domain.roster import Duty, read_roster, told, week_of
from contrechamp.desk.domain.states import ENDED, State, may_become
from contrechamp.desk.domain.two import (
    Act,
    Proposal,
    check_confirming,
    check_due,
    check_stopping,
)
from contrechamp.kernel.errors import Misconfigured, Refused, TooEarly, TooLate

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize("state", list(State))
def test_one_reader_alone_neither_ends_nor_promotes(state: State) -> None:
    assert not any(may_become(state, each) for each in (*ENDED, State.PROMOTED))


def test_whoever_proposed_cannot_confirm() -> None:
    with pytest.raises(Refused):
        check_confirming(Proposal(Act.DESTROY, "heron"), "heron")
    check_confirming(Proposal(Act.DESTROY, "heron"), "loutre")


def test_a_destruction_waits_a_day_and_spam_an_hour() -> None:
    said = Proposal(Act.DESTROY, "heron", "loutre", NOW)
    with pytest.raises(TooEarly):
        check_due(said, NOW + timedelta(hours=23, minutes=59))
    check_due(said, NOW + timedelta(hours=24))
    spam = Proposal(Act.DESTROY, "heron", "loutre", NOW, is_spam=True)
    check_due(spam, NOW + timedelta(hours=1))


def test_nothing_is_due_before_a_second_word_nor_after_a_stop() -> None:
    with pytest.raises(TooEarly):
        check_due(Proposal(Act.DESTROY, "heron"), NOW)
    stopped = Proposal(Act.DESTROY, "heron", "loutre", NOW, stopped_by="heron")
    for check in (check_stopping, lambda each: check_due(each, NOW + timedelta(days=9))):
        with pytest.raises(TooLate):
            check(stopped)


def test_the_roster_names_two_who_read() -> None:
    found = read_roster('[weeks]\n"2026-W49" = ["heron", "loutre"]', {"heron", "loutre"})

    assert found == {"2026-W49": Duty("heron", "loutre")}
    assert week_of(date(2026, 11, 30)) == "2026-W49"


@pytest.mark.parametrize(
    "text",
    [
        '[weeks]\n"2026-49" = ["heron", "loutre"]',
        '[weeks]\n"2026-W49" = ["heron", "heron"]',
        '[weeks]\n"2026-W49" = ["heron"]',
        '[weeks]\n"2026-W49" = "heron"',
        '[weeks]\n"2026-W49" = ["heron", "renard"]',
        "weeks = 3",
        "[weeks",
    ],
)
def test_a_roster_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured):
        read_roster(text, {"heron", "loutre"})


def test_after_three_days_without_collection_all_are_told() -> None:
    roster = {"2026-W49": Duty("heron", "loutre")}
    all_of_them = ["castor", "heron", "loutre"]
    day = date(2026, 12, 1)

    assert told(day, roster, all_of_them, None) == ["heron", "loutre"]
    assert told(day, roster, all_of_them, date(2026, 11, 29)) == ["heron", "loutre"]
    assert told(day, roster, all_of_them, date(2026, 11, 28)) == all_of_them
    assert told(date(2027, 6, 1), roster, all_of_them, None) == all_of_them


@given(st.booleans(), st.integers(100, 3000), st.text("abcdef.@", min_size=3, max_size=60))
def test_the_notice_has_one_size(has_news: bool, armour: int, address: str) -> None:
    made = compose("a@b.example", address, has_news, lambda plain: "A" * armour)

    assert len(made) == LENGTH
    assert max(map(len, made.split(b"\r\n\r\n", 1)[1].split(b"\r\n")[1:])) <= 72
    assert made.endswith(b"\r\n")


def test_what_is_sealed_has_one_length_and_no_notice_is_sent_without_room() -> None:
    assert len(sentence(has_news=True)) == len(sentence(has_news=False)) == 1024
    with pytest.raises(ValueError, match="no room"):
        compose("a@b.example", "c@d.example", has_news=True, seal=lambda plain: "A" * 8000)


@given(st.integers(148, 9000))
def test_filler_is_exact(length: int) -> None:
    assert len(filler(length)) == length


@given(st.integers(1, 50), st.integers(0, 60), st.integers(0, 60))
def test_a_range_never_leaves_the_file(size: int, first: int, last: int) -> None:
    try:
        span = asked(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
        return
    if span is None:
        assert last < first
    else:
        assert 0 <= span.start == first < span.end <= size


def test_ranges_of_every_form() -> None:
    assert asked("bytes=5-", 10) == Span(5, 10)
    assert asked("bytes=-3", 10) == Span(7, 10)
    assert asked("bytes=-30", 10) == Span(0, 10)
    for ignored in ("", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=b-c"):
        assert asked(ignored, 10) is None
    for beyond in ("bytes=10-", "bytes=-0"):
        with pytest.raises(Unsatisfiable):
            asked(beyond, 10)

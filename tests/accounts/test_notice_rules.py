"""The rules of notices, on plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.accounts.domain.notices import (
    Frequency,
    Level,
    Scope,
    Wish,
    is_paused,
    mail_at,
    try_at,
    verdict,
)

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 5, 6, 12, tzinfo=PARIS)  # A Wednesday.


def wish(scope: Scope, level: Level = Level.WATCH) -> Wish:
    return Wish(scope=scope, level=level)


def test_a_muted_thread_of_a_watched_town_is_muted() -> None:
    found = verdict([wish(Scope.PLACE), wish(Scope.THREAD, Level.MUTE)])

    assert found is not None
    assert found.level is Level.MUTE


def test_a_watched_thread_of_a_muted_board_is_watched() -> None:
    found = verdict([wish(Scope.BOARD, Level.MUTE), wish(Scope.THREAD)])

    assert found is not None
    assert found.level is Level.WATCH


def test_of_two_equally_wide_wishes_the_mute_decides() -> None:
    for wishes in (
        [wish(Scope.PLACE), wish(Scope.TECHNOLOGY, Level.MUTE)],
        [wish(Scope.TECHNOLOGY, Level.MUTE), wish(Scope.PLACE)],
    ):
        found = verdict(wishes)
        assert found is not None
        assert found.level is Level.MUTE


def test_who_wishes_nothing_is_told_nothing() -> None:
    assert verdict([]) is None


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        (Frequency.NOW, NOON),
        (Frequency.DAY, datetime(2026, 5, 7, 7, tzinfo=PARIS)),
        (Frequency.WEEK, datetime(2026, 5, 11, 7, tzinfo=PARIS)),
    ],
)
def test_a_mail_waits_for_its_morning(frequency: Frequency, expected: datetime) -> None:
    assert mail_at(frequency, NOON) == expected


def test_what_happens_before_seven_is_in_the_mail_of_that_morning() -> None:
    early = datetime(2026, 5, 11, 6, 59, tzinfo=PARIS)

    assert mail_at(Frequency.DAY, early) == early.replace(hour=7, minute=0)
    assert mail_at(Frequency.WEEK, early) == early.replace(hour=7, minute=0)


@given(st.integers(0, 2 * 365 * 24 * 60), st.sampled_from([Frequency.DAY, Frequency.WEEK]))
def test_a_digest_is_later_than_what_it_tells_and_at_seven(
    minutes: int, frequency: Frequency
) -> None:
    now = (NOON.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(PARIS)

    at = mail_at(frequency, now)

    assert at > now
    assert (at.hour, at.minute) == (7, 0)
    assert at - now <= timedelta(days=7, hours=2)
    assert frequency is Frequency.DAY or at.weekday() == 0


def test_a_mail_is_tried_five_times_from_a_minute_to_half_a_day() -> None:
    waits = [try_at(tries, NOON) for tries in range(1, 6)]

    assert [at and at - NOON for at in waits] == [
        timedelta(minutes=1),
        timedelta(minutes=10),
        timedelta(hours=1),
        timedelta(hours=12),
        None,
    ]


def test_who_has_been_away_for_half_a_year_is_not_written_to() -> None:
    assert is_paused(NOON - timedelta(days=181), NOON)
    assert not is_paused(NOON - timedelta(days=179), NOON)
    assert not is_paused(None, NOON)

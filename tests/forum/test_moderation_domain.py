"""The rules of moderation: limits, reasons, delays, flags, appeals, the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.forum.domain import appeals, delays, flags, journal, ladder, limits, reasons
from contrechamp.kernel.errors import Refused, TooLate

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
HOURS = st.integers(0, 24 * 400).map(lambda hours: timedelta(hours=hours))


def test_a_new_member_may_do_less_than_a_confirmed_one() -> None:
    new, confirmed = limits.limits_of(is_confirmed=False), limits.limits_of(is_confirmed=True)
    for name in ("posts_per_hour", "threads_per_day", "links", "mentions", "flags_per_day"):
        assert getattr(new, name) < getattr(confirmed, name)
    assert new.attachments == 0
    assert new.seconds_between > confirmed.seconds_between
    assert limits.can_edit(new, created=NOW - timedelta(hours=24), now=NOW)
    assert not limits.can_edit(new, created=NOW - timedelta(hours=25), now=NOW)


def test_a_post_too_many_is_refused_with_its_limit() -> None:
    def send(*, starts: bool = False, posts: int = 0, threads: int = 0, ago: int = 99) -> None:
        recent = limits.Recent(
            posts_in_hour=posts,
            threads_in_day=threads,
            last_post_at=NOW - timedelta(seconds=ago),
        )
        limits.check_pace(limits.NEW, recent, now=NOW, starts_thread=starts)

    send(posts=4)
    send(threads=3)
    limits.check_pace(limits.NEW, limits.Recent(), now=NOW, starts_thread=True)
    with pytest.raises(limits.OverLimit, match="30 secondes"):
        send(ago=29)
    with pytest.raises(limits.OverLimit, match="5 messages"):
        send(posts=5)
    with pytest.raises(limits.OverLimit, match="3 fils"):
        send(threads=3, starts=True)


def test_what_a_post_may_hold() -> None:
    limits.check_content(limits.NEW, text="x" * 20_000, links=2, mentions=2)
    limits.check_title("Huit let")
    for refused in (
        {"text": " \n"},
        {"text": "x" * 20_001},
        {"text": "x", "links": 3},
        {"text": "x", "mentions": 3},
        {"text": "x", "attachments": 1},
    ):
        with pytest.raises(limits.OverLimit):
            limits.check_content(limits.NEW, **refused)
    for title in ("court", "x" * 201):
        with pytest.raises(limits.OverLimit):
            limits.check_title(title)


def test_flags_and_previews_count() -> None:
    limits.check_flags(limits.NEW, 4)
    limits.check_previews(limits.NEW, 59)
    with pytest.raises(limits.OverLimit):
        limits.check_flags(limits.NEW, 5)
    with pytest.raises(limits.OverLimit):
        limits.check_previews(limits.NEW, 60)


def test_what_the_form_says_before_a_reply() -> None:
    assert limits.asks_to_edit(3)
    assert not limits.asks_to_edit(2)
    assert limits.wakes(NOW - timedelta(days=181), NOW)
    assert not limits.wakes(NOW - timedelta(days=180), NOW)
    assert not limits.wakes(None, NOW)


def test_an_edit_in_the_first_minutes_leaves_no_trace() -> None:
    assert not limits.leaves_revision(published_at=NOW, now=NOW + timedelta(minutes=5))
    assert limits.leaves_revision(published_at=NOW, now=NOW + timedelta(minutes=6))
    assert not limits.leaves_revision(published_at=None, now=NOW)


def test_without_a_reason_nothing_is_decided() -> None:
    assert reasons.check_reason("SPAM", "") is reasons.Reason.SPAM
    for code, text in (("", ""), ("spam", ""), ("OTHER", "non"), ("ILLEGAL", "")):
        with pytest.raises(reasons.NoReason):
            reasons.check_reason(code, text)
    assert reasons.check_reason("OTHER", "Une phrase à l'auteur.") is reasons.Reason.OTHER


def test_each_reason_is_one_rule() -> None:
    assert set(reasons.CLAUSES) == set(reasons.Reason)
    numbers = [clause.number for clause in reasons.CLAUSES.values()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_queue_is_measured_as_it_is() -> None:
    wait = delays.measure(
        [NOW - timedelta(hours=3), NOW - timedelta(hours=30)],
        [(NOW - timedelta(hours=8), NOW), (NOW, NOW + timedelta(hours=2))],
        NOW,
    )
    assert (wait.waiting, wait.oldest_hours, wait.median_hours) == (2, 30, 5)
    assert wait.is_late
    assert wait.alarm is delays.Alarm.MODERATORS
    assert wait.target_hours == 24
    empty = delays.measure([], [], NOW)
    assert (empty.oldest, empty.oldest_hours, empty.median, empty.median_hours) == (None,) * 4
    assert not empty.is_late


@given(HOURS, HOURS)
def test_who_waits_longer_alarms_no_fewer(one: timedelta, other: timedelta) -> None:
    order = list(delays.Alarm)
    first, second = sorted((one, other))
    assert order.index(delays.alarm_of(first)) <= order.index(delays.alarm_of(second))


def test_who_is_told_when() -> None:
    said = [delays.alarm_of(timedelta(hours=hours)).value for hours in (23, 24, 47, 48, 167, 168)]
    assert said == [
        "NONE",
        "MODERATORS",
        "MODERATORS",
        "ADMINISTRATORS",
        "ADMINISTRATORS",
        "EVERYBODY",
    ]
    assert delays.alarm_of(None) is delays.Alarm.NONE


@given(st.lists(st.tuples(HOURS, HOURS), min_size=1, max_size=20))
def test_the_median_is_one_that_somebody_waited_or_between_two(
    spans: list[tuple[timedelta, timedelta]],
) -> None:
    wait = delays.measure([], [(NOW, NOW + span) for span, _ in spans], NOW)
    took = [span for span, _ in spans]
    assert wait.median is not None
    assert min(took) <= wait.median <= max(took)


def test_five_confirmed_members_hide_a_post() -> None:
    assert not flags.hides(4)
    assert flags.hides(5)


def test_a_flag_says_what_is_wrong() -> None:
    assert set(flags.LABELS) == set(flags.Category)
    assert flags.check_flag("SPAM", "") is flags.Category.SPAM
    for category, note in (("", ""), ("OTHER", " "), ("SPAM", "x" * 2001)):
        with pytest.raises(flags.BadFlag):
            flags.check_flag(category, note)


def notice(**changed: object) -> flags.LegalNotice:
    whole: dict[str, object] = {
        "why": "Ce message donne l'adresse de mon domicile et mon numéro.",
        "address": "https://exemple.fr/forum/m/1/2",
        "name": "Une personne",
        "email": "une@personne.fr",
        "is_exempt": False,
        "good_faith": True,
    }
    return flags.LegalNotice(**(whole | changed))  # type: ignore[arg-type]


def test_a_notice_has_the_four_elements_of_the_law() -> None:
    flags.check_notice(notice())
    flags.check_notice(notice(is_exempt=True, name="", email=""))
    for lacks in (
        {"why": "court"},
        {"why": "x" * 10_001},
        {"address": ""},
        {"name": ""},
        {"email": "pas une adresse"},
        {"email": "@x.fr"},
        {"good_faith": False},
    ):
        with pytest.raises(flags.BadFlag):
            flags.check_notice(notice(**lacks))


def test_a_form_that_comes_too_fast_is_asked_again() -> None:
    ladder.check_form_time(NOW - timedelta(seconds=3), NOW)
    for shown, trap in (
        (NOW - timedelta(seconds=2), ""),
        (NOW - timedelta(hours=25), ""),
        (None, ""),
        (NOW - timedelta(minutes=1), "http://x"),
    ):
        with pytest.raises(ladder.OutOfTime):
            ladder.check_form_time(shown, NOW, trap=trap)


def test_two_approved_posts_or_an_invitation_confirm() -> None:
    assert not ladder.is_confirmed_by(1, is_invited=False)
    assert ladder.is_confirmed_by(2, is_invited=False)
    assert ladder.is_confirmed_by(0, is_invited=True)
    assert ladder.waits(is_confirmed=False, everybody_waits=False)
    assert ladder.waits(is_confirmed=True, everybody_waits=True)
    assert not ladder.waits(is_confirmed=False, everybody_waits=True, is_moderator=True)


def test_silences_and_emergencies_end() -> None:
    assert ladder.check_silence(timedelta(hours=1))
    assert ladder.check_panic(timedelta(hours=72))
    for length in (timedelta(minutes=59), timedelta(days=31)):
        with pytest.raises(ladder.OutOfRange):
            ladder.check_silence(length)
    for length in (timedelta(), timedelta(hours=73)):
        with pytest.raises(ladder.OutOfRange):
            ladder.check_panic(length)


def test_near_copies_and_unknown_hosts_are_looked_at_first() -> None:
    plain = "Le marché de vidéosurveillance a été attribué mardi par la mairie."
    copy = "Le marché de vidéosurveillance a été attribué mardi par la mairie !"
    advert = "Achetez https://casino.example/a https://casino.example/a maintenant"
    assert ladder.score(plain) == 0
    assert ladder.score(plain, others=[copy]) == 3
    assert ladder.score(advert) == 2
    assert ladder.score(advert, known_hosts={"casino.example"}) == 1
    assert ladder.score(advert, others=["voir https://casino.example/a"]) == 3
    assert ladder.score(plain, flags=["HATE", "SPAM"], first_flags=flags.FIRST) == 9


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert ladder.likeness(one, other) == ladder.likeness(other, one)
    assert 0.0 <= ladder.likeness(one, other) <= 1.0
    assert ladder.likeness(one, one) == 1.0


def test_six_months_end_on_a_day_that_exists() -> None:
    assert appeals.ends_on(date(2026, 8, 31)) == date(2027, 2, 28)
    assert appeals.ends_on(date(2027, 8, 30)) == date(2028, 2, 29)
    assert appeals.ends_on(date(2026, 1, 15)) == date(2026, 7, 15)
    assert appeals.is_open(NOW, date(2027, 5, 29))
    assert not appeals.is_open(NOW, date(2027, 5, 30))


def test_an_appeal_in_time_says_why() -> None:
    acted, today = date(2026, 1, 15), date(2026, 7, 15)
    appeals.check_appeal(acted_on=acted, today=today, text="La source est là.")
    with pytest.raises(TooLate):
        appeals.check_appeal(acted_on=acted, today=date(2026, 7, 16), text="Trop tard.")
    for text in (" ", "x" * 5001):
        with pytest.raises(Refused):
            appeals.check_appeal(acted_on=acted, today=today, text=text)


@given(st.integers(1, 4), st.integers(1, 4), st.sets(st.integers(1, 4), min_size=1))
def test_nobody_decides_of_their_own_act_where_somebody_else_can(
    acted: int, decides: int, moderators: set[int]
) -> None:
    if acted == decides and moderators - {acted}:
        with pytest.raises(appeals.NotYours):
            appeals.check_decider(acted=acted, decides=decides, moderators=moderators)
    else:
        alone = appeals.check_decider(acted=acted, decides=decides, moderators=moderators)
        assert alone == (acted == decides)


def line(**changed: object) -> journal.Line:
    values: dict[str, object] = {
        "number": 1,
        "on": date(2026, 11, 29),
        "verb": "REMOVE",
        "reason": "SPAM",
        "rule": 5,
        "board": "general",
        "is_appealed": False,
        "is_undone": False,
    }
    return journal.Line(**(values | changed))  # type: ignore[arg-type]


def test_a_line_of_the_journal_holds_these_things_and_no_other() -> None:
    assert set(line().plain()) == {
        "number",
        "on",
        "verb",
        "reason",
        "rule",
        "board",
        "appealed",
        "undone",
        "read_by_one",
    }
    assert tuple(line().plain()) == journal.KEYS
    assert set(journal.LABELS) == set(journal.Verb)
    assert journal.json_line({"a": "é"}) == '{"a":"é"}\n'


def test_months_without_an_act_are_shown_too() -> None:
    found = list(
        journal.months(
            [(date(2026, 1, 9), "APPROVE"), (date(2026, 3, 1), "REMOVE")],
            [(date(2026, 1, 9), timedelta(minutes=61))],
        )
    )
    assert [(month.first.month, month.total, month.median_hours) for month in found] == [
        (1, 1, 2),
        (2, 0, None),
        (3, 1, None),
    ]
    assert list(journal.months([], [])) == []

"""How bodies answer: worked examples, then what must hold for any requests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foi.domain.plots import (
    EDGES,
    WIDTH,
    compared,
    distribution,
    rounded,
    stack,
)
from contrechamp.foi.domain.statistics import (
    Asked,
    Court,
    Figures,
    Outcome,
    Rate,
    Refusal,
    answered_by,
    by_body,
    days_to_answer,
    figures,
    is_in_month,
    is_month_over,
    lasted,
    league,
    month_of,
    outcome,
    quantile,
    survival,
    waited,
)

START = date(2026, 1, 15)
TODAY = date(2026, 6, 1)


def after(days: int) -> date:
    return START + timedelta(days=days)


def asked(days: int | None = None, **known: object) -> Asked:
    values: dict[str, object] = {"body": "213502388", "sent_on": START, "answered_on": None}
    if days is not None:
        values["answered_on"] = after(days)
    return Asked(**{**values, **known})  # type: ignore[arg-type]


# Times


def test_days_run_from_the_last_day_of_receipt() -> None:
    one = asked(20, received=(after(1), after(4)))
    assert days_to_answer(one) == 16
    assert days_to_answer(asked()) is None


def test_an_answer_in_the_month_is_one_of_the_same_day_number() -> None:
    assert month_of(asked()) == 31
    assert is_in_month(asked(31))
    assert not is_in_month(asked(32))
    assert not is_in_month(asked())
    assert month_of(asked(sent_on=date(2026, 1, 31))) == 28


def test_the_requesters_own_delay_is_not_the_bodys() -> None:
    one = asked(50, waits=((after(10), after(30)), (after(20), after(35))))
    assert waited(one, after(50)) == 25
    assert days_to_answer(one) == 25
    assert is_in_month(one)
    still = asked(waits=((after(10), None),))
    assert lasted(still, TODAY) == 10
    assert not is_month_over(still, TODAY)


def test_the_month_is_over_the_day_after_whatever_came() -> None:
    assert not is_month_over(asked(3), after(31))
    assert is_month_over(asked(3), after(32))
    assert not is_month_over(asked(withdrawn_on=after(10)), TODAY)


# Outcomes


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (asked(5, documents_on=after(5)), Outcome.DOCUMENTS),
        (asked(5, documents_on=after(5), refusal=Refusal.PARTIAL), Outcome.PARTIAL),
        (asked(5, refusal=Refusal.EXPRESS), Outcome.REFUSED),
        (asked(5, refusal=Refusal.EXPRESS, documents_on=after(90)), Outcome.DOCUMENTS),
        (asked(refusal=Refusal.SILENT), Outcome.SILENT),
        (asked(), Outcome.SILENT),
        (asked(withdrawn_on=after(3)), Outcome.WITHDRAWN),
        (asked(sent_on=TODAY), Outcome.OPEN),
        (asked(5), Outcome.OPEN),
    ],
)
def test_each_request_stands_in_one_place(one: Asked, expected: Outcome) -> None:
    assert outcome(one, TODAY) is expected


# Counting


def test_open_requests_count_as_far_as_they_went() -> None:
    """Textbook case: 6, 6, 6, 6+, 7, 9+, 10, 10+ (Freireich 1963, the first ones)."""
    times = [(6, True)] * 3 + [(6, False), (7, True), (9, False), (10, True), (10, False)]
    curve = survival(times)
    assert [day for day, _ in curve] == [6, 7, 10]
    assert [round(share, 4) for _, share in curve] == [0.625, 0.4688, 0.2344]
    assert quantile(curve, 0.5) == 7
    assert quantile(curve, 0.9) is None
    assert answered_by(curve, 5, 10) == 0
    assert answered_by(curve, 30, 10) is None
    assert survival([]) == []


def test_a_body_that_never_answers_has_no_flattering_median() -> None:
    quick, silent = [asked(3)], [asked() for _ in range(9)]
    known = figures(quick + silent, TODAY)
    assert known.quartile is None
    assert known.median is None
    assert known.in_month == Rate(1, 10)
    assert known.silent == Rate(9, 10)
    assert known.ever == Rate(1, 10)
    assert known.open == 9


def test_this_weeks_quick_answers_are_not_in_the_rate() -> None:
    known = figures([asked(3), asked(sent_on=TODAY, answered_on=TODAY)], TODAY)
    assert known.requests == known.answered == 2
    assert known.in_month == Rate(1, 1)


def test_commission_and_courts_are_counted() -> None:
    known = figures(
        [
            asked(
                refusal=Refusal.SILENT,
                cada_filed_on=after(40),
                cada_registered_on=after(45),
                cada_sense="FAVOURABLE",
                is_confirmed=True,
                court=Court.ANNULLED,
            ),
            asked(refusal=Refusal.EXPRESS, cada_filed_on=after(50), court=Court.PENDING),
        ],
        TODAY,
    )
    assert (known.cada_filed, known.cada_registered, known.confirmed) == (2, 1, 1)
    assert known.cada_senses == {"FAVOURABLE": 1}
    assert known.courts == {Court.ANNULLED: 1, Court.PENDING: 1}
    assert known.judged == 1
    assert known.refusals == {Refusal.EXPRESS: 1, Refusal.SILENT: 1}


def test_nothing_asked_gives_nothing() -> None:
    empty = figures([], TODAY)
    assert empty == Figures()
    assert empty.in_month.share is None
    assert empty.in_month.bounds is None
    assert by_body([], TODAY) == {}
    assert figures([asked(sent_on=date(2027, 1, 1))], TODAY).requests == 0


# The table


def test_equal_rates_share_a_rank_and_few_requests_have_none() -> None:
    known = by_body(
        [asked(3, body=body) for body in "ab" for _ in range(6)]
        + [asked(body="c") for _ in range(6)]
        + [asked(3, body="d") for _ in range(4)],
        TODAY,
    )
    rows = league(known)
    assert [(row.body, row.rank) for row in rows] == [("a", 1), ("b", 1), ("c", 3), ("d", None)]
    assert rows[0].place is not None
    assert (rows[0].place.best, rows[0].place.worst) == (1, 2)
    assert rows[3].place is None
    assert rows[0].figures.in_month.bounds is not None


def test_a_body_whose_months_run_is_never_ranked() -> None:
    [row] = league(by_body([asked(sent_on=TODAY)], TODAY), least=0)
    assert row.rank is None


# What holds for any requests


@st.composite
def requests(draw: st.DrawFn) -> Asked:
    day = st.integers(0, 400)
    first = draw(st.integers(0, 60))
    answered = draw(st.none() | st.integers(0, 90))
    begun = draw(st.none() | day)
    return Asked(
        body=draw(st.sampled_from("abc")),
        sent_on=after(first),
        received=draw(st.none() | st.just((after(first), after(first + 2)))),
        answered_on=None if answered is None else after(first + answered),
        documents_on=None if answered is None or answered % 2 else after(first + answered),
        refusal=draw(st.sampled_from(Refusal)),
        waits=()
        if begun is None
        else ((after(begun), draw(st.none() | st.just(after(begun + 9)))),),
        withdrawn_on=draw(st.none() | st.just(after(first + 20))) if answered is None else None,
    )


MANY = st.lists(requests(), max_size=30)


@given(MANY)
def test_all_counts_agree(every: list[Asked]) -> None:
    known = figures(every, TODAY)
    assert sum(known.outcomes.values()) == known.requests == len(every)
    assert known.in_month.hits + known.silent.hits == known.month_over <= known.requests
    assert known.answered + known.open <= known.requests
    for rate in (known.in_month, known.ever, known.silent):
        if rate.share is not None and rate.bounds is not None:
            assert rate.bounds.low <= rate.share <= rate.bounds.high
    days = [day for day in (known.quartile, known.median, known.upper_quartile) if day is not None]
    assert days == sorted(days)
    shares = [share for share in known.answered_by.values() if share is not None]
    assert shares == sorted(shares)


@given(MANY, st.randoms())
def test_the_order_of_requests_changes_nothing(every: list[Asked], dice: object) -> None:
    turned = list(every)
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert figures(turned, TODAY) == figures(every, TODAY)
    assert league(by_body(turned, TODAY)) == league(by_body(every, TODAY))


@given(MANY)
def test_bodies_make_up_the_whole(every: list[Asked]) -> None:
    known = by_body(every, TODAY)
    assert sum(one.requests for one in known.values()) == len(every)
    ranks = [row.rank for row in league(known, least=1) if row.rank is not None]
    assert ranks == sorted(ranks)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=40))
def test_without_open_requests_the_curve_is_the_plain_share(days: list[int]) -> None:
    curve = survival([(day, True) for day in days])
    for at, left in curve:
        assert left == pytest.approx(sum(day > at for day in days) / len(days))
    assert quantile(curve, 1) == max(days)


@given(st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=30), st.integers(0, 99))
def test_one_more_silence_never_quickens_a_body(times: list[tuple[int, bool]], day: int) -> None:
    before, then = survival(times), survival([*times, (day, False)])
    for share in (0.25, 0.5, 0.75):
        old, new = quantile(before, share), quantile(then, share)
        assert new is None or (old is not None and new >= old)


# Pictures


def test_the_months_end_parts_early_from_late() -> None:
    drawn = distribution([asked(0), asked(31), asked(32), asked(900), asked()])
    assert drawn.answered == 4
    assert drawn.open == 1
    assert drawn.in_month == 2
    assert sum(bar.count for bar in drawn.bars if not bar.is_late) == 2
    assert all(bar.is_late is (bar.x > drawn.month_x) for bar in drawn.bars)
    assert drawn.bars[-1].label == "366+"
    assert drawn.bars[0].label == "0–7"
    assert drawn.under > drawn.base > drawn.bars[0].above
    assert drawn.bars[0].middle == drawn.bars[0].x + drawn.bars[0].width / 2
    assert drawn.bars[0].x + drawn.bars[0].width < drawn.bars[1].x


def test_late_in_a_short_month_is_drawn_late() -> None:
    short = Asked(body="a", sent_on=date(2026, 1, 31), answered_on=date(2026, 3, 2))
    assert days_to_answer(short) == 30
    [bar] = [bar for bar in distribution([short]).bars if bar.count]
    assert bar.is_late
    assert EDGES[0] == 0


def test_an_empty_picture_is_flat() -> None:
    assert all(bar.height == 0 for bar in distribution([]).bars)
    assert stack({}) == ()
    assert rounded([]) == []


@given(st.dictionaries(st.sampled_from(Outcome), st.integers(0, 5000)))
def test_a_stack_fills_its_width_and_makes_a_hundred(counts: dict[Outcome, int]) -> None:
    parts = stack(counts)
    if parts:
        assert sum(part.percent for part in parts) == 100
        assert sum(part.width for part in parts) == pytest.approx(WIDTH, abs=0.5)
        assert all(part.width >= 3 and part.x < part.middle for part in parts)
        assert len({part.palette for part in parts}) == len(parts)
        assert all(not part.has_room or part.width >= 27 for part in parts)


def test_one_request_is_drawn_beside_the_law() -> None:
    late = compared(asked(62, waits=((after(5), after(5)),)), TODAY)
    assert (late.legal.days, late.taken.days, late.late) == (31, 62, 31)
    assert late.taken.width == WIDTH == late.legal.width * 2
    assert not late.taken.is_open
    running = compared(asked(waits=((after(1), after(11)),)), after(20))
    assert running.taken.is_open
    assert (running.taken.days, running.waited, running.late) == (10, 10, 0)
    gone = compared(asked(withdrawn_on=after(2)), TODAY)
    assert (gone.taken.days, gone.taken.is_open) == (2, False)

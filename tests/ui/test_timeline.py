"""What is known to the day is a point; what is not is a stretch over the days it may mean."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.kernel.uncertain import is_about, parse
from contrechamp.ui.domain.timeline import Drawing, Event, Heap, Mark, draw, draw_heaps

DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
TEXTS = st.one_of(
    DAYS.map(lambda day: f"{day}"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}"),
    DAYS.map(lambda day: f"avant {day:%Y}"),
    DAYS.map(lambda day: f"après {day:%Y-%m}"),
    DAYS.map(lambda day: f"vers {day:%Y}"),
    st.tuples(DAYS, DAYS).map(lambda two: f"{min(two)}/{max(two)}"),
)


def event(start: str, end: str = "", key: str = "a", text: str = "Décidé") -> Event:
    first, last = parse(start), parse(end)
    return Event(
        key=key,
        text=text,
        when=start,
        earliest=first.earliest,
        from_latest=first.latest,
        to_earliest=last.earliest,
        latest=last.latest if end else first.latest,
        lasts=bool(end),
        is_about=is_about(start) and not end,
    )


def drawn(*events: Event, **more: date) -> Drawing:
    drawing = draw(events, **more)  # type: ignore[arg-type]
    assert drawing
    return drawing


def mark(start: str, end: str = "") -> Mark:
    return drawn(event(start, end)).marks[0]


def test_a_day_is_a_point_and_nothing_else_is() -> None:
    assert mark("2021-03-14").point
    assert mark("2021-03-14").bars == ()
    for text in ("2021-03", "2021", "avant 2021", "après 2021", "vers 2021", "2020/2021"):
        assert mark(text).point == "", text
        assert len(mark(text).bars) == 1, text


def test_each_kind_of_doubt_looks_its_own_way() -> None:
    def seen(text: str) -> tuple[str, int]:
        return mark(text).bars[0].look, len(mark(text).stops)

    assert seen("2021-03") == ("unsure", 2)
    assert seen("2019-02/2020-01") == ("unsure", 2)
    assert seen("avant 2021") == ("fade-left", 1)
    assert seen("après 2021") == ("fade-right", 1)
    assert seen("vers 2021") == ("fade-both", 0)


def test_what_lasted_is_solid_where_it_surely_was_and_unsure_at_its_ends() -> None:
    assert mark("2021-03-01", "2021-05-09").looks == ("sure",)
    assert mark("2020", "2023-05").looks == ("unsure", "sure", "unsure")
    assert mark("avant 2020", "2023-05-01").looks == ("fade-left", "sure")
    assert mark("2020-02-01", "après 2022").looks == ("sure", "fade-right")
    assert mark("2020", "2020").looks == ("unsure",), "the two ends may be the same day"


def test_a_month_covers_its_days_and_no_other() -> None:
    bar = drawn(event("2021-02"), first=date(2021, 1, 1), last=date(2021, 12, 31)).marks[0].bars[0]
    assert (bar.x, bar.width) == (f"{31 / 365:.2%}", f"{28 / 365:.2%}")


def test_nothing_dated_is_nothing_drawn() -> None:
    assert draw([]) is None
    assert draw([event("")]) is None


def test_names_do_not_run_into_each_other() -> None:
    many = [
        event(f"2021-03-{n:02}", key=str(n), text="Un fait daté assez long") for n in range(1, 9)
    ]
    marks = drawn(*many).marks
    assert len({one.y for one in marks}) == len(marks)
    assert all(one.name for one in marks)


def test_today_is_shown_when_it_lies_in_the_period() -> None:
    assert drawn(event("2021"), today=date(2021, 7, 1)).today
    assert not drawn(event("2021"), today=date(2026, 7, 1)).today


def test_heaps_are_as_high_as_they_are_large_and_loose_ones_lie_on_the_ground() -> None:
    def heap(first: str, count: int, *, is_loose: bool = False) -> Heap:
        when = parse(first)
        assert when.earliest
        assert when.latest
        return Heap(
            lane="a", first=when.earliest, last=when.latest, count=count, text="", is_loose=is_loose
        )

    drawing = draw_heaps(
        [heap("2021-01", 10), heap("2021-02", 5), heap("2021", 99, is_loose=True)],
        lanes=[("a", "Actes")],
    )
    assert drawing
    columns = {column.heap.count: column for column in drawing.lanes[0].columns}
    assert columns[10].height == 2 * columns[5].height
    assert columns[10].y + columns[10].height == columns[5].y + columns[5].height
    assert columns[99].y > columns[10].y + columns[10].height
    assert drawing.looks == {"many", "loose"}
    assert draw_heaps([], lanes=[]) is None


@tries(deadline=None)
@given(st.lists(st.tuples(TEXTS, st.one_of(st.just(""), TEXTS)), min_size=1, max_size=30))
def test_every_event_is_drawn_within_the_drawing(texts: list[tuple[str, str]]) -> None:
    drawing = drawn(*(event(start, end, key=str(n)) for n, (start, end) in enumerate(texts)))

    assert len(drawing.marks) == len(texts) == len(drawing.events)
    for one in drawing.marks:
        assert bool(one.bars) != bool(one.point)
        for bar in one.bars:
            left, width = float(bar.x[:-1]), float(bar.width[:-1])
            assert left >= 0
            assert width > 0
            assert left + width <= 100.02
        assert one.y <= drawing.base
    assert all(0 <= float(tick.x[:-1]) <= 100 for tick in drawing.ticks)
    assert sum(not tick.is_minor for tick in drawing.ticks) <= 6


@tries(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=30), DAYS, st.integers(1, 5000))
def test_any_period_can_be_drawn(days: list[date], first: date, length: int) -> None:
    last = first + timedelta(length)
    drawing = drawn(
        *(event(str(d), key=str(n)) for n, d in enumerate(days)), first=first, last=last
    )
    places = sorted((one.event.first, float(one.point[:-1])) for one in drawing.marks)
    assert [x for _, x in places] == sorted(x for _, x in places), "time runs one way"

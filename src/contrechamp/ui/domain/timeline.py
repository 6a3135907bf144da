"""Dated things on one axis of time, as far as they are known: where to draw what.

Nothing here is invented. A day that is known is a point. A month, a year, "between", "before",
"after", "around" is a stretch over the days that it may mean, and looks like one: hatched, closed
by a stop where a bound is known, fading where it is not. What lasted from a day to another is
solid between the two, hatched where its ends are not sure.

Positions are shares of the width in percent, sizes are pixels: the same drawing fits a phone and
a wide screen, and its letters are never scaled. Pure: no clock, no words, no I/O.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from contrechamp.kernel.dates import add_months

ROW, TOP, FOOT, HEAD = 24, 4, 26, 26
"""Heights in pixels: of a row, above the first, of the foot with its dates, of a lane's name."""
WIDE, NARROW, LETTER = 1160, 330, 6.9
"""Pixels: of the drawing on a wide screen and on a phone, and of a letter."""
LONGEST_NAME = 64
NARROWEST = 4.0
"""Percent kept free for a mark, so that two never touch on a phone."""
LEAST_BAR = 0.9
MOST_TICKS = 12
FEW_TICKS = 5
"""How many dates fit under the drawing, on a wide screen and on a phone."""
COLUMN, LOOSE, LEAST_COLUMN = 44, 9, 0.6
"""Of heaps: height of the largest, of one on the ground; least width in percent."""
DAY = timedelta(1)
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MONTHS = (1, 2, 3, 6, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has a date, with the bounds of the days that it may mean.

    `earliest` … `from_latest` bound its beginning, `to_earliest` … `latest` its end when it lasts.
    None is an open bound.
    """

    key: str
    text: str
    when: str
    """The date in words, as its source gives it."""
    url: str = ""
    name: str = ""
    """A short text to write beside the mark; empty: the text."""
    lane: str = ""
    status: str = ""
    """alleged, documented, verified, contradicted; empty for what is not a fact."""
    earliest: date | None = None
    from_latest: date | None = None
    to_earliest: date | None = None
    latest: date | None = None
    lasts: bool = False
    is_about: bool = False
    thing: Any = None
    """What the page shows beside it in the list; unknown here."""
    template: str = ""
    """The template that shows the thing."""

    @property
    def is_dated(self) -> bool:
        return self.earliest is not None or self.latest is not None or self.from_latest is not None

    @property
    def is_day(self) -> bool:
        """Answer whether it is known to the day, and took one."""
        return not self.lasts and self.earliest is not None and self.earliest == self.from_latest

    @property
    def first(self) -> date:
        """Return the first day that bounds it, for an order."""
        return self.earliest or self.from_latest or self.to_earliest or self.latest or date.min

    @property
    def last(self) -> date:
        """Return the last day that bounds it."""
        known = (self.earliest, self.from_latest, self.to_earliest, self.latest)
        return max((day for day in known if day), default=date.max)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a mark. `look`: sure, unsure, fade-left, fade-right, fade-both."""

    x: str
    width: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One event where it is drawn: its bars, the stops at its bounds, or a point."""

    event: Event
    y: int
    bars: tuple[Bar, ...] = ()
    stops: tuple[str, ...] = ()
    point: str = ""
    name: str = ""
    short: str = ""
    """The name as it fits on a phone."""
    name_x: str = ""
    name_anchor: str = "start"
    name_shift: int = 10

    @property
    def top(self) -> int:
        return self.y - 5

    @property
    def sign(self) -> str:
        """Return what the point looks like: by how sure the fact is."""
        return self.event.status or "other"

    @property
    def looks(self) -> tuple[str, ...]:
        return tuple(bar.look for bar in self.bars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """So many things of one family within a month, a quarter or a year: too many to draw each.

    `is_loose`: nearer than this period their dates are not known.
    """

    lane: str
    first: date
    last: date
    count: int
    text: str
    url: str = ""
    is_loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heap where it is drawn: as high as it is large; on the ground when it is loose."""

    heap: Heap
    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A band of the drawing: all marks, or all columns, of one family."""

    code: str
    label: str
    top: int
    height: int
    marks: tuple[Mark, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def name_y(self) -> int:
        return self.top + 16

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the drawing."""

    x: str
    day: date
    is_minor: bool
    """Left out on a phone."""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything that is drawn, and the events in the order of the list that says the same."""

    first: date
    last: date
    unit: str
    """year, month or day: how the ticks are written."""
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    events: tuple[Event, ...]
    height: int
    today: str = ""
    """Where today lies, if it does."""
    is_named: bool = False

    @property
    def base(self) -> int:
        return self.height - FOOT

    @property
    def under(self) -> int:
        return self.height - 8

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for lane in self.lanes for mark in lane.marks)

    @property
    def looks(self) -> frozenset[str]:
        """Return what the legend has to explain."""
        found = {look for mark in self.marks for look in mark.looks}
        if any(mark.point for mark in self.marks):
            found.add("day")
        columns = [column for lane in self.lanes for column in lane.columns]
        found |= {"loose" if column.heap.is_loose else "many" for column in columns}
        return frozenset(found)


def draw(
    events: Iterable[Event],
    *,
    lanes: Sequence[tuple[str, str]] = (("", ""),),
    first: date | None = None,
    last: date | None = None,
    today: date | None = None,
    most_named: int = 40,
) -> Drawing | None:
    """Place dated events, lane by lane; None when there is nothing to draw.

    `lanes`: code and name of each, in order; a lane without events is not drawn. `first`, `last`:
    the period to draw; without them, whole years around all that is known.
    """
    dated = sorted((e for e in events if e.is_dated), key=_order)
    if not dated:
        return None
    axis = _Axis.around(dated, first, last)
    is_named = len(dated) <= most_named
    placed, top = [], TOP
    for code, label in lanes:
        members = [event for event in dated if event.lane == code]
        if members:
            lane = _lane(code, label, top, members, axis, is_named=is_named)
            placed.append(lane)
            top = lane.bottom + 6
    shown = {mark.event.key for lane in placed for mark in lane.marks}
    unit, ticks = _ticks(axis)
    return Drawing(
        first=axis.first,
        last=axis.last,
        unit=unit,
        lanes=tuple(placed),
        ticks=ticks,
        events=tuple(event for event in dated if event.key in shown),
        height=top + FOOT,
        today=_percent(axis.at(today)) if today and axis.first <= today <= axis.last else "",
        is_named=is_named,
    )


def draw_heaps(
    heaps: Iterable[Heap],
    *,
    lanes: Sequence[tuple[str, str]],
    first: date | None = None,
    last: date | None = None,
    today: date | None = None,
) -> Drawing | None:
    """Place what is too much to be drawn one by one: columns by period, each lane to its scale."""
    every = sorted(heaps, key=lambda heap: (heap.first, heap.last))
    if not every:
        return None
    axis = _Axis(
        first or date(every[0].first.year, 1, 1),
        last or date(max(heap.last for heap in every).year, 12, 31),
    )
    placed, top = [], TOP
    for code, label in lanes:
        members = [heap for heap in every if heap.lane == code]
        if members:
            lane = _heaped(code, label, top, members, axis)
            placed.append(lane)
            top = lane.bottom + 6
    unit, ticks = _ticks(axis)
    return Drawing(
        first=axis.first,
        last=axis.last,
        unit=unit,
        lanes=tuple(placed),
        ticks=ticks,
        events=(),
        height=top + FOOT,
        today=_percent(axis.at(today)) if today and axis.first <= today <= axis.last else "",
    )


def _heaped(code: str, label: str, top: int, members: Sequence[Heap], axis: _Axis) -> Lane:
    highest = max((heap.count for heap in members if not heap.is_loose), default=1)
    ground = top + HEAD + COLUMN
    columns = []
    for heap in members:
        left = min(axis.at(heap.first), 100 - LEAST_COLUMN)
        width = max(axis.at(heap.last, is_end=True) - left, LEAST_COLUMN)
        height = LOOSE if heap.is_loose else max(round(heap.count * COLUMN / highest), 3)
        columns.append(
            Column(
                heap=heap,
                x=_percent(left),
                width=_percent(width),
                y=ground + 3 if heap.is_loose else ground - height,
                height=height,
            )
        )
    return Lane(
        code=code,
        label=label,
        top=top,
        height=HEAD + COLUMN + LOOSE + 6,
        columns=tuple(columns),
    )


def _order(event: Event) -> tuple[date, date, str, str]:
    return event.first, event.last, event.text, event.key


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    @classmethod
    def around(cls, dated: Sequence[Event], first: date | None, last: date | None) -> _Axis:
        start = first or date(min(event.first for event in dated).year, 1, 1)
        end = last or date(max(event.last for event in dated).year, 12, 31)
        return cls(start, max(end, start))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date, *, is_end: bool = False) -> float:
        """Return the place of a day from 0 to 100; of its end, when a bar ends with it."""
        days = (day - self.first).days + is_end
        return min(max(days * 100 / self.days, 0.0), 100.0)


def _percent(x: float) -> str:
    return f"{x:.2f}%"


def _lane(
    code: str, label: str, top: int, members: Sequence[Event], axis: _Axis, *, is_named: bool
) -> Lane:
    head = HEAD if label else 0
    free: list[float] = []
    """For each row, from where on it is free. A mark with its name has a row of its own."""
    marks = []
    for event in members:
        start = axis.at(event.earliest) if event.earliest else 0.0
        ends = _right(event)
        end = axis.at(ends, is_end=True) if ends else 100.0
        row = len(free) if is_named else _row(free, start - NARROWEST / 2)
        if row == len(free):
            free.append(0)
        free[row] = max(end, start) + NARROWEST / 2
        marks.append(_mark(event, top + head + row * ROW + ROW // 2, axis, is_named=is_named))
    height = head + max(len(free), 1) * ROW + 4
    return Lane(code=code, label=label, top=top, height=height, marks=tuple(marks))


def _row(free: Sequence[float], left: float) -> int:
    return next((number for number, end in enumerate(free) if end <= left), len(free))


def _right(event: Event) -> date | None:
    """Return the last day that it may mean; None: open."""
    return event.latest if event.lasts or event.latest else event.from_latest


def _cut(text: str, most: int) -> str:
    """Return a text that is not longer than so many letters, cut after a word."""
    if len(text) <= most:
        return text
    kept = text[: max(most - 1, 1)]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:–—(") + "…"


def _mark(event: Event, y: int, axis: _Axis, *, is_named: bool) -> Mark:
    bars, stops = _bars(event, axis)
    point = axis.at(event.earliest) + 50 / axis.days if event.is_day and event.earliest else None
    mark = Mark(
        event=event, y=y, bars=bars, stops=stops, point="" if point is None else _percent(point)
    )
    if not is_named:
        return mark
    edges = [float(bar.x[:-1]) + add for bar in bars for add in (0, float(bar.width[:-1]))]
    edges += [] if point is None else [point]
    left, right = min(edges), max(edges)
    is_after = 100 - right >= left
    room = (100 - right if is_after else left) / 100
    text = event.name or event.text
    return replace(
        mark,
        name=_cut(text, min(LONGEST_NAME, int((room * WIDE - 16) / LETTER))),
        short=_cut(text, int((room * NARROW - 14) / LETTER)) if room > 0.2 else "",
        name_x=_percent(right if is_after else left),
        name_anchor="start" if is_after else "end",
        name_shift=10 if is_after else -10,
    )


def _bars(event: Event, axis: _Axis) -> tuple[tuple[Bar, ...], tuple[str, ...]]:
    """Return the stretches of a mark, and where a known bound stops it."""
    if event.is_day:
        return (), ()
    if event.lasts:
        return _lasting(event, axis)
    start, end = event.earliest, event.from_latest or event.latest
    if event.is_about:
        return (_bar(start, end, "fade-both", axis),), ()
    return (_bar(start, end, _look(start, end), axis),), _stops(start, end, axis)


def _lasting(event: Event, axis: _Axis) -> tuple[tuple[Bar, ...], tuple[str, ...]]:
    """Draw solid what surely lasted, and both ends as they are known."""
    stops = _stops(event.earliest, event.latest, axis)
    start, end = event.from_latest, event.to_earliest
    if start is None or end is None or start > end:
        return (
            _bar(event.earliest, event.latest, _look(event.earliest, event.latest), axis),
        ), stops
    bars = []
    if event.earliest != start:
        bars.append(_bar(event.earliest, start - DAY, _look(event.earliest, start), axis))
    bars.append(_bar(start, end, "sure", axis))
    if event.latest != end:
        bars.append(_bar(end + DAY, event.latest, _look(end, event.latest), axis))
    return tuple(bars), stops


def _look(start: date | None, end: date | None) -> str:
    """Say how a stretch between two bounds looks, when one may be open."""
    if start is None:
        return "fade-left" if end else "fade-both"
    return "unsure" if end else "fade-right"


def _bar(start: date | None, end: date | None, look: str, axis: _Axis) -> Bar:
    left = axis.at(start) if start else 0.0
    right = axis.at(end, is_end=True) if end else 100.0
    left = min(left, 100 - LEAST_BAR)
    return Bar(_percent(left), _percent(max(right - left, LEAST_BAR)), look)


def _stops(start: date | None, end: date | None, axis: _Axis) -> tuple[str, ...]:
    """Return where a bound is known and within the drawing."""
    found = []
    if start and start >= axis.first:
        found.append(_percent(min(axis.at(start), 100 - LEAST_BAR)))
    if end and end <= axis.last:
        left = min(axis.at(start), 100 - LEAST_BAR) if start else 0.0
        found.append(_percent(max(axis.at(end, is_end=True), left + LEAST_BAR)))
    return tuple(found)


def _ticks(axis: _Axis) -> tuple[str, tuple[Tick, ...]]:
    years = axis.last.year - axis.first.year + 1
    if axis.days > 2200:
        step = next(n for n in YEARS if years / n <= MOST_TICKS)
        begin = axis.first.year - axis.first.year % step
        days = [date(y, 1, 1) for y in range(max(begin, 1), axis.last.year + 1, step)]
        return "year", _spread(days, axis)
    if axis.days > 45:
        months = axis.days / 30
        step = next((n for n in MONTHS if months / n <= MOST_TICKS), 12)
        day, days = date(axis.first.year, 1, 1), []
        while day <= axis.last:
            days.append(day)
            day = add_months(day, step)
        return "month", _spread(days, axis)
    step = max(1, -(-axis.days // MOST_TICKS))
    days = [axis.first + DAY * n for n in range(0, axis.days, step)]
    return "day", _spread(days, axis)


def _spread(days: Sequence[date], axis: _Axis) -> tuple[Tick, ...]:
    """Place the ticks; every second or third alone is kept on a phone."""
    inside = [day for day in days if axis.first <= day <= axis.last]
    every = max(1, -(-len(inside) // FEW_TICKS))
    ticks = []
    for number, day in enumerate(inside):
        x = axis.at(day)
        anchor = "start" if x < 3 else "end" if x > 97 else "middle"
        ticks.append(Tick(_percent(x), day, number % every != 0, anchor))
    return tuple(ticks)

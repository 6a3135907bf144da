"""Periods: what an address asks for, how one goes nearer and farther, what is drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import parse

DAY = timedelta(1)
DAYS_ONE_BY_ONE = 93
YEARS_BY_MONTH = 10
YEARS_BY_QUARTER = 40
UNITS = ("day", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, either of which may be open."""

    first: date | None = None
    last: date | None = None

    @property
    def is_all(self) -> bool:
        return self.first is None and self.last is None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 if self.first and self.last else 0


@dataclass(frozen=True, slots=True)
class Step:
    """A way to another period: earlier, later, nearer, farther. `code` says which."""

    code: str
    first: date
    last: date


def read_period(start: str, end: str) -> tuple[Period, tuple[str, ...]]:
    """Return the period between two dates as people write them, and what could not be read.

    `2023` alone on either side is the whole year; from a later day to an earlier one is turned.
    """
    bounds: list[date | None] = []
    wrong = []
    for text, is_end in ((start, False), (end, True)):
        try:
            when = parse(text)
        except Refused:
            wrong.append(text)
            bounds.append(None)
            continue
        bounds.append(when.latest if is_end else when.earliest)
    first, last = bounds
    if first and last and first > last:
        turned = read_period(end, start)
        return turned[0], tuple(wrong)
    return Period(first, last), tuple(wrong)


def steps(period: Period, extent: Period) -> list[Step]:
    """Return the ways from a period to its neighbours, inside all that is dated."""
    if period.first is None or period.last is None or not extent.first or not extent.last:
        return []
    months = _months(period)
    found = []
    if period.first > extent.first:
        found.append(Step("earlier", _shift(period.first, -months), period.first - DAY))
    if period.last < extent.last:
        found.append(Step("later", period.last + DAY, _shift(period.last + DAY, months) - DAY))
    if found:
        wide = max(months, 1)
        found.append(Step("farther", _shift(period.first, -wide), _shift(period.last, wide)))
    return found


def _months(period: Period) -> int:
    return max(round(period.days / 30.44), 1)


def _shift(day: date, months: int) -> date:
    """Move a day, and stay within the years that a date can have."""
    months = max(min(months, (9998 - day.year) * 12), (2 - day.year) * 12)
    return add_months(day, months)


def unit_of(first: date, last: date) -> str:
    """Return what is drawn together: a day, a month, a quarter or a year."""
    if (last - first).days <= DAYS_ONE_BY_ONE:
        return "day"
    years = last.year - first.year + 1
    return (
        "month" if years <= YEARS_BY_MONTH else "quarter" if years <= YEARS_BY_QUARTER else "year"
    )


def heap_bounds(
    earliest: date | None, begun: date | None, latest: date | None, unit: str
) -> tuple[date, date, bool] | None:
    """Return the unit that a beginning lies in; when it may lie in several, the years it is in.

    The third value says that: the date is looser than the unit. Open bounds are taken at the
    bound that is known. None: no date.
    """
    first = earliest or begun or latest
    last = begun or earliest or latest
    if first is None or last is None:
        return None
    last = max(first, last)
    start, end = _unit(first, unit), _unit(last, unit)
    if start == end and (earliest or begun):
        return (*start, False)
    # Looser than the unit: the years, or months, that hold it, so that such dates lie together.
    wide = "month" if unit == "day" else "year"
    return _unit(first, wide)[0], _unit(last, wide)[1], True


@lru_cache(maxsize=50_000)
def _unit(day: date, unit: str) -> tuple[date, date]:
    if unit == "day":
        return day, day
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = date(day.year, day.month - (day.month - 1) % months, 1)
    return start, add_months(start, months) - DAY


def years(extent: Period) -> Sequence[int]:
    """Return the years that anything is dated in."""
    if not extent.first or not extent.last:
        return ()
    return range(extent.first.year, extent.last.year + 1)

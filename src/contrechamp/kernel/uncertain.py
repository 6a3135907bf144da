"""Dates as people know them: a year, a month, "before 2019", "around 2018".

What was written is kept, and beside it the earliest and the latest day that it may mean. No day
is ever made up. Accepted: `2018`, `2018-11`, `2018-11-03`, `03/11/2018`, `novembre 2018`,
`3 novembre 2018`, `avant 2019` or `<2019`, `après 2017` or `>2017`, `vers 2018` or `~2018`,
`2017/2019` (some time between).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import add_months
from .errors import Refused, gettext_noop

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""A year outside is a slip of the pen: 0218 for 2018 occurs in procurement data."""

MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_BEFORE = re.compile(r"^(?:avant|before|<)\s*(.+)$")
_AFTER = re.compile(r"^(?:apres|after|depuis|>)\s*(.+)$")
_AROUND = re.compile(r"^(?:vers|environ|circa|around|~)\s*(.+)$")
_BETWEEN = re.compile(r"^(\d{4}(?:-\d{1,2}){0,2})\s*/\s*(\d{4}(?:-\d{1,2}){0,2})$")
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_FRENCH = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_WORDS = re.compile(r"^(?:(\d{1,2})(?:er)?\s+)?([a-z]+)\s+(\d{4})$")


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as written, and the bounds that it leaves. A bound of None is open."""

    text: str = ""
    earliest: date | None = None
    latest: date | None = None

    @property
    def is_known(self) -> bool:
        """Answer whether it says anything at all."""
        return self.earliest is not None or self.latest is not None

    def __str__(self) -> str:
        return self.text


def parse(text: str, *, field: str = "date") -> UncertainDate:
    """Read a date as written. Empty is an unknown date; what is no date is `Refused`.

    `field` is the name that the sentence of the refusal gives to what was read.
    """
    written = " ".join(text.split())
    if not written:
        return UncertainDate()
    bounds = _bounds(_plain(written))
    if bounds is None:
        raise Refused(
            gettext_noop(
                "{field} : « {text} » n'est pas une date possible. Écrivez par exemple 2018, "
                "2018-11, 2018-11-03, avant 2019, après 2017, vers 2018 ou 2017/2019."
            ),
            field=field,
            text=written[:60],
        )
    return UncertainDate(written, *bounds)


def is_about(text: str) -> bool:
    """Answer whether a date is written as an approximate one: its bounds are then no bounds."""
    return _AROUND.match(_plain(" ".join(text.split()))) is not None


def overlaps(one: UncertainDate, other: UncertainDate) -> bool:
    """Answer whether the two may mean the same day. An open bound reaches for ever."""
    return (one.earliest or date.min) <= (other.latest or date.max) and (
        other.earliest or date.min
    ) <= (one.latest or date.max)


def span(start: UncertainDate, end: UncertainDate) -> UncertainDate:
    """Return the longest time that lies between a start and an end."""
    return UncertainDate("", start.earliest, end.latest)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))


def _bounds(text: str) -> tuple[date | None, date | None] | None:
    """Return both bounds, or None when it is no date."""
    if found := _BETWEEN.match(text):
        first, last = _exact(found[1]), _exact(found[2])
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    if found := _BEFORE.match(text):
        unit = _exact(found[1])
        return (None, unit[0] - timedelta(1)) if unit else None
    if found := _AFTER.match(text):
        unit = _exact(found[1])
        if unit is None:
            return None
        # "depuis 2017" includes 2017, "après 2017" does not.
        return (unit[0] if text.startswith("depuis") else unit[1] + timedelta(1), None)
    if found := _AROUND.match(text):
        unit = _exact(found[1])
        return _around(*unit) if unit else None
    return _exact(text)


def _around(first: date, last: date) -> tuple[date, date]:
    """Add one unit on both sides: a year to a year, a month to a month, two weeks to a day."""
    if first == last:
        return first - timedelta(14), last + timedelta(14)
    months = 12 if first.month != last.month else 1
    after = add_months(first, 2 * months) - timedelta(1)
    return add_months(first, -months), after


def _exact(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, a month or a day."""
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _FRENCH.match(text):
        day, month, year = found.groups()
    elif (found := _WORDS.match(text)) and found[2] in MONTHS:
        day, month, year = found[1], str(MONTHS.index(found[2]) + 1), found[3]
    else:
        return None
    return _days(int(year), int(month) if month else None, int(day) if day else None)


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else None

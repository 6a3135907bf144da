"""What a source lists: one file or record, where it is and when it was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
_PLAIN = str.maketrans("éèêûùôàâîï", "eeeuuoaaii")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/._-](\d{1,2})[/._-](20\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})(?:er)?[ _-]+({'|'.join(MONTHS)})[ _-]+(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of a list. `published_how`: listing, name, or empty when no day is known."""

    url: str
    title: str = ""
    published_on: date | None = None
    published_how: str = ""


def iso_day(text: object) -> date | None:
    """Return the day of a date or moment that is written YYYY-MM-DD…; None for anything else."""
    try:
        return datetime.fromisoformat(str(text)).date() if text else None
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """Return the first day that is written in a name or title, or None."""
    plain = text.lower().translate(_PLAIN)
    for pattern in (_WORDS, _NUMERIC, _ISO):
        for found in pattern.finditer(plain):
            one, two, three = found.groups()
            month = MONTHS.index(two) + 1 if two in MONTHS else int(two)
            day, year = (int(three), int(one)) if pattern is _ISO else (int(one), int(three))
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def dated(url: str, title: str, listing: date | None = None) -> Listed:
    """Return a line with its day: that of the listing page goes before that of the name."""
    if listing:
        return Listed(url=url, title=title, published_on=listing, published_how="listing")
    named = day_in(title) or day_in(url.rpartition("/")[2])
    how = "name" if named else ""
    return Listed(url=url, title=title, published_on=named, published_how=how)

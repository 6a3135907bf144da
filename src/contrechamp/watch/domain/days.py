"""Days and small numbers as French acts write them, on folded text."""

from __future__ import annotations

import re
from datetime import date

from .french_dates import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = (
    r"(?:(?P<day>\d{1,2})\s*(?:er)?\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>(?:20|19)\d\d)"
    rf"|(?P<day2>\d{{1,2}}|premier)\s*(?:er)?\s+(?P<month2>{_MONTH})\.?"
    r"\s+(?P<year2>(?:20|19)\d\d))"
)
"""A day with its year: 24/10/2024, 1er mars 2025, 24 JAN. 2025."""
NUMBERS = {
    **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7},
    **{"huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14},
    **{"quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50},
    **{"soixante": 60, "cent": 100},
}
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
COUNT = rf"\d{{1,5}}|(?:(?:vingt|trente|quarante|cinquante|soixante)[ -](?:et[ -])?)?(?:{_WORDS})"
"""A whole number in digits or words up to 79: 22, vingt-deux, soixante et onze."""
_day = re.compile(DAY)


def number(text: str) -> int:
    """Return the whole number that digits or words say. Raise `KeyError` for another word."""
    digits = text.replace(" ", "")
    if digits.isdecimal():
        return int(digits)
    return sum(NUMBERS[word] for word in re.split(r"[ -]+", text) if word != "et")


def day_of(match: re.Match[str]) -> date | None:
    """Return the day of a match of `DAY`; None for one that no calendar has."""
    day, month, year = match["day"], match["month"], match["year"]
    if day is None:
        day, month, year = match["day2"], str(MONTHS[match["month2"]]), match["year2"]
    try:
        return date(int(year), int(month), 1 if day == "premier" else int(day))
    except ValueError:
        return None


def days_in(text: str) -> list[date]:
    """Return the days that a folded text gives with their years, in order."""
    return [day for match in _day.finditer(text) if (day := day_of(match))]

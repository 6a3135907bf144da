"""Dates as French letters write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv", "fevrier fevr fev", "mars", "avril avr", "mai", "juin",
            "juillet juil", "aout", "septembre sept", "octobre oct", "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_PLAIN = str.maketrans("éèêëàâäçùûüôöîï’\u00a0\u202f", "eeeeaaacuuuooii'  ")
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<day>\d{1,2})(?:er)?\s{1,3}(?P<month>[a-z]{3,9})\.?\s{1,3}(?P<year>\d{4})"
    r"|(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))(?![\d/-])"
)


def plain(text: str) -> str:
    """Return the text in lower case without accents, each sign in its place."""
    lowered = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    return lowered.translate(_PLAIN)


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield start, end and day of each date of a text that `plain` made."""
    for found in _DATE.finditer(text):
        if day := _day(found):
            yield found.start(), found.end(), day


def _day(found: re.Match[str]) -> date | None:
    if found["month"]:
        numbers = (int(found["year"]), MONTHS.get(found["month"], 0), int(found["day"]))
    elif found["y"]:
        year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
        numbers = (year, int(found["m"]), int(found["d"]))
    else:
        numbers = (int(found["iy"]), int(found["im"]), int(found["id"]))
    try:
        return date(*numbers)
    except ValueError:
        return None

"""What a cell says: a number of France or of elsewhere, yes or no, a day."""

from __future__ import annotations

import math
import re
from datetime import date

YES = frozenset(("1", "1.0", "1,0", "true", "vrai", "oui", "yes", "o", "y", "t", "v", "x"))
NO = frozenset(("0", "0.0", "0,0", "false", "faux", "non", "no", "n", "f"))
FIGURE = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?%?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d*)?")
SPACES = str.maketrans("", "", " \u00a0\u202f")
FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
LONGEST = 40
MOST_DAYS = 10_000_000


def number(cell: str) -> float | None:
    """Return a number: `0,5` and `0.5`, `12 000`, `35%` (0.35). None for anything else, NaN too."""
    try:
        value = float(cell)
    except ValueError:
        return _french(cell.strip())
    return value if math.isfinite(value) and "_" not in cell else None


def _french(cell: str) -> float | None:
    if len(cell) > LONGEST:
        return None
    if THOUSANDS.fullmatch(cell):
        cell = cell.translate(SPACES)
    if not FIGURE.fullmatch(cell):
        return None
    value = float(cell.rstrip("%").replace(",", "."))
    if not math.isfinite(value):
        return None
    return value / 100 if cell.endswith("%") else value


def yes_or_no(cell: str) -> bool | None:
    """Return whether a cell says yes. None when it says neither."""
    word = cell.strip().lower()
    return True if word in YES else False if word in NO else None


def day(cell: str) -> int | None:
    """Return a day as a number: `2026-03-01`, `01/03/2026` as France writes it, or a count of days.

    Only differences of days mean something.
    """
    cell = cell.strip()
    try:
        return date.fromisoformat(cell[:10]).toordinal() if "-" in cell[:8] else _other_day(cell)
    except ValueError:
        return _other_day(cell)


def _other_day(cell: str) -> int | None:
    if cell.isascii() and cell.isdigit() and len(cell) <= len(str(MOST_DAYS)) - 1:
        return int(cell)
    if found := FRENCH_DAY.match(cell[:10]):
        of_day, month, year = (int(each) for each in found.groups())
        try:
            return date(year, month, of_day).toordinal()
        except ValueError:
            return None
    return None

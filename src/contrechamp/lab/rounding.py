"""Numbers as sentences say them, rounded to what the counts can bear; see also `words`."""

from __future__ import annotations

import math

from .model import Text
from .words import NBSP, amount


def significant(value: float, digits: int = 2) -> Text:
    """Return a number of which only the first digits are said: `46 800` of 46 772.73."""
    if value == 0 or not math.isfinite(value):
        return amount(0)
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return amount(round(value, places), max(0, min(places, 12)))


def percent(value: float, digits: int = 1) -> Text:
    """Return a share in hundredths, with more digits where it is nearly nothing or nearly all."""
    if 0 < abs(value) * 100 < 10**-digits:
        said = significant(value * 100, 2)
    elif 1 - value > 0 and (1 - value) * 100 < 10**-digits / 2:
        said = amount(value * 100, 3)
    else:
        said = amount(value * 100, digits)
    return Text(f"{said.fr}{NBSP}%", f"{said.en}%")


def euros(value: float, digits: int = 3) -> Text:
    """Return an amount of euros, of which only the first digits are said."""
    said = significant(value, digits)
    return Text(f"{said.fr}{NBSP}€", f"€{said.en}")


def counted(value: float) -> Text:
    """Return an expected number of people: whole when there are many, two digits under ten."""
    is_whole = round(value, 1) >= 10 or float(value).is_integer()
    return amount(value) if is_whole else significant(value, 2)


def between(low: Text, high: Text) -> Text:
    """Return the two ends of an interval."""
    return Text(f"entre {low.fr} et {high.fr}", f"between {low.en} and {high.en}")

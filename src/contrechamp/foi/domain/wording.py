"""How the room's letters are worded: French spaces, dates in letters, who speaks.

A sentence of ours is set (no-break spaces, typographic apostrophe) before its values are put in:
what a person typed is printed as typed.
"""

from __future__ import annotations

import re
from datetime import date

from contrechamp.kernel.typography import NBSP, first_of_month, french

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_LETTER_OF_ARTICLE = re.compile(r"\b([LRD]\.\*?) (?=\d)")
_NUMBER_OF_PART = re.compile(r"(?<=\d°) (?=(?:de|du|et)\b)|(?<=n°) (?=\{)")


def set_in_french(sentence: str) -> str:
    """Return a sentence of ours with its spaces and apostrophes set; `{values}` are left alone."""
    with_articles = _LETTER_OF_ARTICLE.sub(rf"\1{NBSP}", sentence.replace("'", "’"))
    return french(_NUMBER_OF_PART.sub(NBSP, with_articles))


def say(sentence: str, **values: object) -> str:
    """Return a sentence of ours with values put in as they are. Raise `KeyError` for a missing one.

    Dates among the values are written in full, as `1er mars 2026`.
    """
    written = {
        name: in_full(value) if isinstance(value, date) else value for name, value in values.items()
    }
    return set_in_french(sentence).format(**written)


def in_full(day: date) -> str:
    """Return a day as a letter writes it: `1er mars 2026`, its words held together."""
    return first_of_month(f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}")


def flowing(text: str) -> str:
    """Return a text on one line: runs of spaces and line ends are one space."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()

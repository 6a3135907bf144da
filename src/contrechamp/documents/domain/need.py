"""Which pages must be read by machine: those whose text is missing, or means nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import french

FEWEST = 30
"""Visible characters below which a page has no text."""
COVERED = 0.6
"""The part of a page that an image covers when the page is a scan."""
_GLYPHS = re.compile(r"/(?:\d+|g\d+|[A-Z]\d+)\b")


def visible(text: str) -> int:
    """Return how many characters of a text leave ink."""
    return len("".join(text.split()))


def is_glyph_numbers(text: str) -> bool:
    """Answer whether the text is the numbers of its letters: "/0 /1 /2", or unknown signs."""
    ink = "".join(text.split())
    unknown = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in ink)
    if unknown * 2 > len(ink):
        return True
    tokens = text.split()
    return len(tokens) > 5 and sum(bool(_GLYPHS.match(token)) for token in tokens) * 2 > len(tokens)


def is_gibberish(text: str) -> bool:
    """Answer whether fewer than 40 % of the words of four letters or more are known."""
    found = french.words(text)
    return len(found) >= 5 and french.share(text) < french.LEAST_SHARE


def needs_recognition(text: str, covered: Callable[[], float]) -> bool:
    """Answer for one page. `covered` measures its largest image, only when that is asked."""
    if visible(text) < FEWEST or is_glyph_numbers(text):
        return True
    return is_gibberish(text) and covered() >= COVERED


def better(text: str, other: str) -> bool:
    """Answer whether `text` has more known words than `other`."""
    return french.known_count(text) > french.known_count(other)

"""Which pages must be read by machine: those whose text is missing, or means nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import french

FEWEST = 30
"""Visible characters below which a page has no text."""
ENOUGH = 400
"""Characters of the beginning that most often settle it."""
COVERED = 0.6
"""The part of a page that an image covers when the page is a scan."""
FIRST = 600
"""Characters of the beginning that are enough for most pages."""
_GLYPHS = re.compile(r"/(?:\d+|g\d+|[A-Z]\d+)\b")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")


def visible(text: str) -> int:
    """Return how many characters of a text leave ink."""
    return len("".join(text.split()))


def is_glyph_numbers(text: str) -> bool:
    """Answer whether the text is the numbers of its letters: "/0 /1 /2", or unknown signs."""
    if _UNKNOWN.search(text) and len(_UNKNOWN.findall(text)) * 2 > visible(text):
        return True
    if not _GLYPHS.search(text):
        return False
    tokens = text.split()
    return len(tokens) > 5 and sum(bool(_GLYPHS.match(token)) for token in tokens) * 2 > len(tokens)


def is_gibberish(text: str) -> bool:
    """Answer whether fewer than 40 % of the words of four letters or more are known."""
    # The beginning settles it, unless it is names or a table.
    if french.share(text[:FIRST]) >= french.LEAST_SHARE:
        return False
    found = french.words(text)
    return len(found) >= 5 and french.share_of(found) < french.LEAST_SHARE


def needs_recognition(text: str, covered: Callable[[], float]) -> bool:
    """Answer for one page. `covered` measures its largest image, only when that is asked."""
    if visible(text[:ENOUGH]) < FEWEST and visible(text) < FEWEST:
        return True
    if is_glyph_numbers(text):
        return True
    return is_gibberish(text) and covered() >= COVERED


def better(text: str, other: str) -> bool:
    """Answer whether `text` has more known words than `other`."""
    return french.known_count(text) > french.known_count(other)

"""A quote is found again by its words and by what stands around them.

Offsets count characters (code points) of the text of one page, or of several pages joined by
one line feed. After a page was read anew, a quote is looked for by its exact words, then by
words that differ in white space only, then by words that are nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

CONTEXT = 32
"""Characters kept on each side, as in the W3C's TextQuoteSelector."""
LEAST = 0.9
"""How alike words must be to pass for the same passage, read twice."""
LONGEST = 20_000
"""Characters of one quote: beyond, it is not a passage but a document."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The words of a passage, and what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def anchor(text: str, start: int, end: int) -> Anchor:
    """Describe the passage of the text between two offsets, so that it can be found again."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(start - CONTEXT, 0) : start],
        suffix=text[end : end + CONTEXT],
    )


def trim(text: str, start: int, end: int) -> Span:
    """Draw both offsets in over white space, and inside the text."""
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def locate(text: str, wanted: Anchor) -> Span | None:
    """Find where the exact words stand; among several places, where the surroundings fit best."""
    places = list(_places(text, wanted.exact))
    return max(places, key=lambda place: _fit(text, place, wanted)) if places else None


def locate_spaced(text: str, wanted: Anchor) -> Span | None:
    """Find the words whatever the white space between them (line ends of another reading)."""
    words = wanted.exact.split()
    if not words:
        return None
    # A hyphen may end a line: what follows then stands after a break that the words do not have.
    broken = (re.escape(word).replace(r"\-", r"\-\s*") for word in words)
    pattern = re.compile(r"\s+".join(broken))
    places = [found.span() for found in pattern.finditer(text)]
    return max(places, key=lambda place: _fit(text, place, wanted)) if places else None


def locate_nearly(text: str, wanted: Anchor, least: float = LEAST) -> Span | None:
    """Find words that are alike to at least `least`, when the same page was read otherwise."""
    if len(wanted.exact) < 4 or not text:
        return None
    # Line ends and spaces say nothing about sameness: compare what is printed.
    flat, origins = _flat(text)
    needle, _ = _flat(wanted.exact)
    before, _ = _flat(wanted.prefix)
    after, _ = _flat(wanted.suffix)
    found = _nearest(flat, needle, before, after)
    if found is None:
        return None
    start, end = found
    if Levenshtein.normalized_similarity(needle, flat[start:end]) < least:
        return None
    return origins[start], origins[end - 1] + 1


def find(text: str, wanted: Anchor) -> Span | None:
    """Find a passage by its exact words, else spaced otherwise, else nearly the same."""
    if not wanted.exact:
        return None
    return locate(text, wanted) or locate_spaced(text, wanted) or locate_nearly(text, wanted)


def is_akin(one: str, other: str, least: float = 0.6) -> bool:
    """Answer whether two readings of the same place may be of the same words."""
    return Levenshtein.normalized_similarity(_flat(one)[0], _flat(other)[0]) >= least


def pages_of(texts: Sequence[str], start: int, end: int) -> list[Span | None]:
    """Cut a passage of pages joined by a line feed into the part that lies on each page."""
    parts: list[Span | None] = []
    offset = 0
    for text in texts:
        low, high = max(start - offset, 0), min(end - offset, len(text))
        parts.append((low, high) if low < high else None)
        offset += len(text) + 1
    return parts


def _places(text: str, words: str) -> Iterator[Span]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _fit(text: str, place: Span, wanted: Anchor) -> float:
    """Say how well the surroundings of a place fit, from 0 to 2."""
    start, end = place
    before = text[max(start - len(wanted.prefix), 0) : start]
    after = text[end : end + len(wanted.suffix)]
    return _alike(before, wanted.prefix) + _alike(after, wanted.suffix)


def _alike(here: str, wanted: str) -> float:
    if here == wanted:
        return 1.0
    return Levenshtein.normalized_similarity(here, wanted)


def _flat(text: str) -> tuple[str, list[int]]:
    """Drop white space; return also where each kept character stood."""
    origins = [index for index, sign in enumerate(text) if not sign.isspace()]
    return "".join(text[index] for index in origins), origins


def _nearest(flat: str, needle: str, before: str, after: str) -> Span | None:
    """Return the stretch of `flat` that is most like the needle, its ends set with care."""
    if not needle or not flat:
        return None
    # With its surroundings the passage is told apart from its like elsewhere on the page.
    wide = fuzz.partial_ratio_alignment(before + needle + after, flat)
    area = (0, len(flat)) if wide is None else (wide.dest_start, wide.dest_end)
    low, high = max(area[0] - CONTEXT, 0), min(area[1] + CONTEXT, len(flat))
    close = fuzz.partial_ratio_alignment(needle, flat[low:high])
    if close is None:
        return None
    start, end = low + close.dest_start, low + close.dest_end
    return _settled(flat, needle, start, end) if start < end else None


def _settled(flat: str, needle: str, start: int, end: int) -> Span:
    """Move both ends by a few characters to where the likeness is greatest."""
    reach = max(2, min(len(needle) // 20, 12))

    def likeness(span: Span) -> float:
        return Levenshtein.normalized_similarity(needle, flat[span[0] : span[1]])

    starts = range(max(start - reach, 0), min(start + reach, end - 1) + 1)
    best_start = max(starts, key=lambda at: (likeness((at, end)), -abs(at - start)))
    ends = range(max(end - reach, best_start + 1), min(end + reach, len(flat)) + 1)
    best_end = max(ends, key=lambda at: (likeness((best_start, at)), -abs(at - end)))
    return best_start, best_end

"""The text of an act over its pages: compared folded, quoted as printed.

Folding keeps the length: each sign becomes one sign, so that a place found in the folded text is
the same place in the original and no map of offsets is needed.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

AROUND = 32
"""Signs before and after a quote that are kept with it."""
LONGEST_QUOTE = 300
_KEPT = {"œ": "o", "Œ": "o", "æ": "a", "Æ": "a", "ß": "s", "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"


def _folding() -> dict[int, str]:
    table = {}
    for code in range(0x80, 0x2200):
        sign = chr(code)
        if sign in _KEPT:
            table[code] = _KEPT[sign]
        elif sign in _DASHES:
            table[code] = "-"
        elif sign.isspace():
            table[code] = " "
        else:
            plain = unicodedata.normalize("NFKD", sign)[0].lower()
            if len(plain) == 1 and plain != sign:
                table[code] = plain
    return table | {ord(sign): sign.lower() for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {0x60: "'"}


_TABLE = _folding()


def folded(text: str) -> str:
    """Return the text in lower case without accents, one sign for each sign of the original.

    Every kind of apostrophe is `'`, every dash `-`, every blank but a line's end a space.
    """
    return text.translate(_TABLE)


class Page(NamedTuple):
    """One page of a document as it was read: its physical number, the cover being 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: page, the words as printed, what is around them."""

    page: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Pages:
    """Some pages in a row, read as one text. Offsets are those of `text` and of `folded` alike."""

    pages: tuple[Page, ...]

    @classmethod
    def of(cls, texts: Iterable[str], first: int = 1) -> Pages:
        """Return pages numbered from `first`."""
        return cls(tuple(Page(first + index, text) for index, text in enumerate(texts)))

    @cached_property
    def text(self) -> str:
        """The pages with a line's end between two."""
        return "\n".join(page.text for page in self.pages)

    @cached_property
    def folded(self) -> str:
        """The text, folded; same length."""
        return folded(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each page begins in the text."""
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + 1
        return starts

    def page_at(self, offset: int) -> int:
        """Return the physical number of the page on which an offset is."""
        return self.pages[self._index(offset)].number

    def place(self, start: int, end: int) -> Place:
        """Return the words from start to end as evidence: of one page, at most 300 signs.

        A quote that runs over the end of its page is cut there, since a reader must find it on
        the page that is named; of its two parts the longer is taken.
        """
        index = self._index(start)
        limit = self.starts[index] + len(self.pages[index].text)
        if end > limit and end - limit > limit - start and index + 1 < len(self.pages):
            start, index = self.starts[index + 1], index + 1
            limit = self.starts[index] + len(self.pages[index].text)
        end = min(end, limit, start + LONGEST_QUOTE)
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Place(
            page=self.pages[index].number,
            quote=text[start:end],
            prefix=text[max(self.starts[index], start - AROUND) : start],
            suffix=text[end : min(limit, end + AROUND)],
        )

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)


def digest(*parts: object) -> str:
    """Return sixteen hexadecimal digits that stand for these values, in this order."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return sha256(joined.encode()).hexdigest()[:16]

"""A dossier: sentences with the passages that prove them, and the numbered exhibits behind them.

Values only: what a dossier is, how its files are named, what it may hold. Exhibits are numbered
from 1 in the order in which they are first cited, without a gap; the inventory writes a number as
the name of the file does, each exhibit is one file, names are plain (CJA R. 412-2, R. 414-5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .naming import ENDINGS

MOST_STATEMENTS = 200
MOST_EXHIBITS = 200
LONGEST_NAME = 80
"""Signs of a file's name with its ending."""
Rows = tuple[tuple[float, float, float, float], ...]
"""Rectangles on a page, as fractions of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What is said of the whole dossier."""

    title: str
    day: str
    """ISO: the day that the dossier gives as its own."""
    author: str = ""
    introduction: str = ""
    language: str = "fr"
    observatory: str = ""
    """Address of the observatory."""
    address: str = ""
    """Where this dossier itself can be read again, when it has an address."""
    edition: str = ""
    """The word of the public data that it was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A document that is in the dossier: what one must know of it, and where its bytes are."""

    sha256: str
    title: str
    bytes: int
    pages: int
    mime: str = "application/pdf"
    about: str = ""
    """Type and date, in words."""
    dated: str = ""
    dated_words: str = ""
    author: str = ""
    origin: str = ""
    """How and when it was obtained, as a sentence."""
    source_url: str = ""
    url: str = ""
    language: str = ""
    drawn: str = ""
    """Key of the content that its pages are drawn from, empty when they have no picture."""
    drawn_kind: str = ""
    texts: tuple[str, ...] = ()
    """What its pages say, when they have no picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of an exhibit, and where they stand."""

    sha256: str
    page_from: int
    page_to: int
    exact: str = ""
    """Empty when the passage is a place on a picture, or the document as a whole."""
    before: str = ""
    after: str = ""
    rects: tuple[tuple[int, Rows], ...] = ()
    """By page."""
    url: str = ""
    stance: str = ""
    """In words, when it does not support the sentence: "dit le contraire"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source that is not a document of ours: a register, a page of the web, a publication."""

    kind: str
    title: str
    detail: str = ""
    url: str = ""
    words: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One numbered sentence and what it rests on."""

    sentence: str
    kind: str = ""
    """What it is, in words: a fact, an act, a document."""
    id: str = ""
    url: str = ""
    status: str = ""
    """alleged, documented, verified, contradicted, or empty."""
    status_words: str = ""
    status_rule: str = ""
    dates: str = ""
    details: tuple[tuple[str, str], ...] = ()
    note: str = ""
    """What who made the dossier writes below it."""
    passages: tuple[Passage, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is bound together."""

    cover: Cover
    statements: tuple[Statement, ...]
    exhibits: tuple[Exhibit, ...]

    def number_of(self, sha256: str) -> int:
        """Return the number of an exhibit, from 1; raise `ValueError` when it is none."""
        return [exhibit.sha256 for exhibit in self.exhibits].index(sha256) + 1


def cited(statements: Sequence[Statement]) -> list[str]:
    """Return the hashes of the documents that statements rest on, as they are first cited."""
    said = (passage.sha256 for each in statements for passage in each.passages)
    return list(dict.fromkeys(said))


def exhibit_name(number: int, exhibit: Exhibit, ending: str = "", *, count: int = 1) -> str:
    """Return the name of an exhibit's file: its number, then its date and its title.

    ASCII letters, digits, `-` and `_`, one dot, 80 signs at most. Of `count` exhibits, so that
    their files stand in their order.
    """
    ending = ending or ENDINGS.get(exhibit.mime, "bin")
    dated = exhibit.dated if re.fullmatch(r"\d{4}(-\d\d){0,2}", exhibit.dated) else ""
    parts = (str(number).zfill(max(2, len(str(count)))), dated, plain(exhibit.title))
    room = LONGEST_NAME - len(ending) - 1
    return "-".join(part for part in parts if part)[:room].rstrip("-") + f".{ending}"


def plain(text: str) -> str:
    """Fold a text to signs that every file system and court's platform bears."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def flowing(text: str) -> str:
    """Return words of a page on one line, without the signs that no font has."""
    shown = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) != "Cc")
    return " ".join(shown.split())


def pages_shown(passage: Passage) -> list[int]:
    """Return the pages of which a picture stands beside a passage: those that it is on."""
    return list(range(passage.page_from, passage.page_to + 1))

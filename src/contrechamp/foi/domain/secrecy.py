"""A request must not betray a source: no words in a row from a private text.

Six words in a row, read without accents, case or punctuation, are quoted wording: such a draft is
not sent until it is reworded. The sentences of our own letters and catalogue are the same for
everybody and are not counted. Source: design/foi.md §6.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

WORDS = 6
"""Common words in a row from which a draft quotes."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
Word = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that a draft shares with a private text."""

    words: str
    """As the draft writes them."""
    start: int
    end: int
    """Their place in the draft, in characters."""
    count: int


def _folded(text: str) -> str:
    """Return a text without accents, case or ligatures; its length may change."""
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    marks = "".join(sign for sign in set(plain) if unicodedata.combining(sign))
    bare = re.sub(f"[{marks}]", "", plain) if marks else plain
    return bare.replace("œ", "oe").replace("æ", "ae")


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return _WORD.findall(_folded(text))


def _placed(text: str) -> list[Word]:
    """Return the words of a text with the place of each; a word may fold into several."""
    found: list[Word] = []
    for chunk in re.finditer(r"\S+", text):
        # Word by word inside a chunk where places are exact, else the chunk as one place.
        inner = [
            (word, chunk.start() + each.start(), chunk.start() + each.end())
            for each in re.finditer(r"[^\W_]+", chunk.group())
            for word in words_of(each.group())
        ]
        whole = words_of(chunk.group())
        if [word for word, _, _ in inner] == whole:
            found += inner
        else:
            found += [(word, chunk.start(), chunk.end()) for word in whole]
    return found


def _shingles(words: list[str], size: int) -> Iterable[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(size)), strict=False)


@lru_cache(maxsize=4)
def _said_by_us(ours: tuple[str, ...], size: int) -> frozenset[tuple[str, ...]]:
    return frozenset(shingle for each in ours for shingle in _shingles(words_of(each), size))


def _readings(text: str) -> list[list[str]]:
    """Return the words of a text as it is and, when lines break words, with these mended."""
    mended = _BROKEN.sub("", text)
    return [words_of(text)] if mended == text else [words_of(text), words_of(mended)]


def shared_runs(
    text: str, other: str, words: int = WORDS, *, ours: Iterable[str] = ()
) -> tuple[Run, ...]:
    """Return the runs of `words` words or more that a draft shares with a private text.

    Runs are in order and do not touch. What is in one of `ours` (see `boilerplate`) is not
    counted. Time is linear in the lengths. Raise `ValueError` when `words` is not positive.
    """
    if words < 1:
        raise ValueError("a run has at least one word")
    placed = _placed(text)
    drafted = list(_shingles([word for word, _, _ in placed], words))
    wanted = set(drafted)
    wanted -= _said_by_us(tuple(ours), words)
    shared: set[tuple[str, ...]] = set()
    for reading in _readings(other):
        shared.update(wanted.intersection(_shingles(reading, words)))
    if not shared:
        return ()
    starts = [at for at, shingle in enumerate(drafted) if shingle in shared]
    return tuple(_run(text, placed, first, last + words) for first, last in _rows(starts, words))


def _rows(starts: list[int], words: int) -> list[tuple[int, int]]:
    """Join starts whose runs overlap; return the first and last start of each row."""
    rows: list[tuple[int, int]] = []
    for at in starts:
        if rows and at < rows[-1][1] + words:
            rows[-1] = (rows[-1][0], at)
        else:
            rows.append((at, at))
    return rows


def _run(text: str, placed: list[Word], first: int, end: int) -> Run:
    start, stop = placed[first][1], placed[end - 1][2]
    return Run(words=text[start:stop], start=start, end=stop, count=end - first)


def fingerprint(text: str, words: int = WORDS) -> frozenset[int]:
    """Return a number of 32 bits for each run of `words` words of a text, in each of its readings.

    Two texts that share such a run share its number; the converse is for `shared_runs` to say.
    """
    return frozenset(
        crc32(" ".join(shingle).encode())
        for reading in _readings(text)
        for shingle in _shingles(reading, words)
    )

"""Where in a text stands what was sought: marks, and the passage worth showing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from .letters import in_place, in_two, initials, spans, spelt
from .query import Atom, Clause, Parsed
from .words import STOPWORDS, slips, stem

PASSAGE = 240
MOST_LETTERS = 150_000
"""A page of more than this is marked in its beginning only."""
MOST_WEIGHED, MOST_TOGETHER = 200, 30
"""Of the places found in a text, those from which a passage may begin, and those within it."""

Place = tuple[int, int, str]
"""Where something sought begins and ends, and what it answers to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What to mark: stems, beginnings, words in order, and words with a slip in them."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    openings: tuple[tuple[str, ...], ...] = ()
    """Words in order of which the last is only a beginning."""
    near: tuple[str, ...] = ()

    @classmethod
    def of(cls, parsed: Parsed, *, typed_only: bool = False, fuzzy: bool = False) -> Sought:
        """Return what a query seeks; what it excludes is not marked."""
        atoms = [
            atom
            for clause in parsed.clauses
            if not clause.is_negated
            for atom in clause.atoms
            if atom.typed or not typed_only
        ]
        loose = [word for atom in atoms if _loose(atom) for word in _telling(atom)]
        return cls(
            frozenset(map(stem, loose)),
            tuple(atom.words[0] for atom in atoms if atom.prefix and len(atom.words) == 1),
            tuple(atom.words for atom in atoms if atom.exact and not atom.prefix),
            tuple(atom.words for atom in atoms if atom.prefix and len(atom.words) > 1),
            tuple(filter(slips, loose)) if fuzzy else (),
        )

    @classmethod
    def of_clause(cls, clause: Clause, *, fuzzy: bool = False) -> Sought:
        """Return what one clause seeks."""
        return cls.of(Parsed((clause,)), fuzzy=fuzzy)

    def __bool__(self) -> bool:
        return bool(self.stems or self.prefixes or self.phrases or self.openings or self.near)


def _loose(atom: Atom) -> bool:
    return not atom.exact and not atom.prefix


def _telling(atom: Atom) -> tuple[str, ...]:
    kept = tuple(word for word in atom.words if word not in STOPWORDS)
    return kept or atom.words


def hits(text: str, sought: Sought) -> list[Place]:
    """Return where what is sought stands: start, end, and what it answers to."""
    if not sought:
        return []
    text = text[:MOST_LETTERS]
    plain = in_place(text)
    found = _one_by_one(text, sought) if plain is None else _at_once(f" {plain}", sought)
    return sorted(found)


def _at_once(plain: str, sought: Sought) -> Iterator[Place]:
    """Yield the places in a text that was folded in place, behind a first space.

    Words are not cut out: only those that begin as one that is sought are looked at.
    """
    for pattern in _beginning_alike(sought):
        for match in pattern.finditer(plain):
            word = match[0][1:]
            answer = _answer(word if word.isascii() else in_two(word), sought)
            if answer:
                yield match.start(), match.end() - 1, answer
    for word in set(_near(set(map(in_two, plain.split())), sought)) if sought.near else ():
        yield from _places(plain, (word,), word, is_open=False)
    for phrase in sought.phrases:
        yield from _places(plain, phrase, " ".join(phrase), is_open=False)
    for phrase in sought.openings:
        yield from _places(plain, phrase, " ".join(phrase), is_open=True)


@lru_cache(maxsize=256)
def _beginning_alike(sought: Sought) -> tuple[re.Pattern[str], ...]:
    """Return patterns of the words that may answer: a stem keeps the first letter of its word."""
    first = {each[0] for each in (*sought.stems, *sought.prefixes)}
    every = [f"[{each}]" if len(each) > 1 else re.escape(each) for each in map(initials, first)]
    return tuple(re.compile(f" {each}[^ ]*") for each in sorted(every))


@lru_cache(maxsize=256)
def _in_order(phrase: tuple[str, ...], is_open: bool) -> re.Pattern[str]:
    # Looked at ahead, so that "la la" is found twice in "la la la".
    words = " +".join(map(spelt, phrase))
    return re.compile(f" (?=({words}{'[^ ]*' if is_open else ''})(?: |$))")


def _places(plain: str, phrase: tuple[str, ...], answer: str, *, is_open: bool) -> Iterator[Place]:
    for match in _in_order(phrase, is_open).finditer(plain):
        yield match.start(1) - 1, match.end(1) - 1, answer


def _one_by_one(text: str, sought: Sought) -> Iterator[Place]:
    """Yield the places in any text."""
    places = list(spans(text))
    words = [word for _, _, word in places]
    near = set(_near(set(words), sought))
    for start, end, word in places:
        if answer := _answer(word, sought) or (word if word in near else ""):
            yield start, end, answer
    ordered = [(phrase, False) for phrase in sought.phrases]
    ordered += [(phrase, True) for phrase in sought.openings]
    for phrase, is_open in ordered:
        size = len(phrase)
        for at in range(len(words) - size + 1):
            *others, last = words[at : at + size]
            ends = last.startswith(phrase[-1]) if is_open else last == phrase[-1]
            if ends and tuple(others) == phrase[:-1]:
                yield places[at][0], places[at + size - 1][1], " ".join(phrase)


def _answer(word: str, sought: Sought) -> str:
    """Return what a word answers to; an empty text when it was not sought."""
    root = stem(word)
    if root in sought.stems:
        return root
    return next((each for each in sought.prefixes if word.startswith(each)), "")


def _near(words: Iterable[str], sought: Sought) -> Iterator[str]:
    """Yield the words that are like one that is sought."""
    for typed in sought.near:
        most = slips(typed)
        for word in words:
            slipped = 0 < OSA.distance(typed, word, score_cutoff=most) <= most
            if slipped and not _answer(word, sought):
                yield word


def mark(text: str, sought: Sought) -> list[Piece]:
    """Return the whole text in pieces, what is sought marked."""
    return _pieces(text, 0, len(text), hits(text, sought))


def excerpt(text: str, sought: Sought, size: int = PASSAGE) -> list[Piece]:
    """Return the passage in which most of what is sought stands, marked; else the beginning."""
    found = hits(text, sought)
    begin, end = _window(text, found, size)
    pieces = _pieces(text, begin, end, found)
    if begin > 0:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return _tidy(pieces)


def _window(text: str, found: list[Place], size: int) -> tuple[int, int]:
    best, begin = (0, 0), 0
    for at, (start, _, _) in enumerate(found[:MOST_WEIGHED]):
        last = start + size * 3 // 4
        inside = [each for each in found[at : at + MOST_TOGETHER] if each[1] <= last]
        worth = (len({answer for _, _, answer in inside}), len(inside))
        if worth > best:
            best, begin = worth, start
    begin = _after_space(text, max(begin - size // 4, 0)) if begin > size // 4 else 0
    return begin, _before_space(text, min(begin + size, len(text)), begin)


def _after_space(text: str, at: int) -> int:
    space = next((n for n in range(at, min(at + 25, len(text))) if text[n].isspace()), at - 1)
    return space + 1


def _before_space(text: str, at: int, begin: int) -> int:
    if at >= len(text):
        return len(text)
    return next((n for n in range(at, max(at - 25, begin), -1) if text[n].isspace()), at)


def _pieces(text: str, begin: int, end: int, found: list[Place]) -> list[Piece]:
    pieces, at = [], begin
    for start, stop, _ in found:
        if stop <= at or start >= end:
            continue
        start, stop = max(start, at), min(stop, end)
        pieces += [Piece(text[at:start]), Piece(text[start:stop], mark=True)]
        at = stop
    pieces.append(Piece(text[at:end]))
    return [piece for piece in pieces if piece.text]


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """Lines of a page run together: a passage is one paragraph."""
    return [Piece(" ".join(piece.text.split("\n")), piece.mark) for piece in pieces]

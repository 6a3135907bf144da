"""Where in a text stands what was sought: marks, and the passage worth showing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from .query import Atom, Clause, Parsed
from .words import STOPWORDS, folded, stem, word_pattern

PASSAGE = 240
MOST_WORDS = 20_000
"""A page of more words than this is marked in its beginning only."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What to mark: stems, beginnings, and words in order."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, parsed: Parsed, *, typed_only: bool = False) -> Sought:
        """Return what a query seeks; what it excludes is not marked."""
        atoms = [
            atom
            for clause in parsed.clauses
            if not clause.is_negated
            for atom in clause.atoms
            if atom.typed or not typed_only
        ]
        return cls(
            frozenset(stem(word) for atom in atoms if _loose(atom) for word in _telling(atom)),
            tuple(atom.words[-1] for atom in atoms if atom.prefix and len(atom.words) == 1),
            tuple(atom.words for atom in atoms if atom.exact),
        )

    @classmethod
    def of_clause(cls, clause: Clause) -> Sought:
        """Return what one clause seeks."""
        return cls.of(Parsed((clause,)))

    def __bool__(self) -> bool:
        return bool(self.stems or self.prefixes or self.phrases)


def _loose(atom: Atom) -> bool:
    return not atom.exact and not atom.prefix


def _telling(atom: Atom) -> tuple[str, ...]:
    kept = tuple(word for word in atom.words if word not in STOPWORDS)
    return kept or atom.words


def hits(text: str, sought: Sought) -> list[tuple[int, int, str]]:
    """Return where what is sought stands: start, end, and what it answers to."""
    if not sought:
        return []
    pattern = word_pattern(text)
    words = folded(pattern.findall(text)[:MOST_WORDS])
    unique = set(words)
    loose = {word for word in unique if _answers(word, sought)}
    phrases = [phrase for phrase in sought.phrases if unique.issuperset(phrase)]
    if not loose and not phrases:  # As for most texts of most lists: no places to compute.
        return []
    places = [match.span() for match in islice(pattern.finditer(text), MOST_WORDS)]
    found = [
        (*place, stem(word)) for word, place in zip(words, places, strict=True) if word in loose
    ]
    for phrase in phrases:
        size = len(phrase)
        for at, word in enumerate(words[: len(words) - size + 1]):
            if word == phrase[0] and tuple(words[at : at + size]) == phrase:
                found.append((places[at][0], places[at + size - 1][1], " ".join(phrase)))
    return sorted(found)


def _answers(word: str, sought: Sought) -> bool:
    return stem(word) in sought.stems or (
        bool(sought.prefixes) and word.startswith(sought.prefixes)
    )


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


def _window(text: str, found: list[tuple[int, int, str]], size: int) -> tuple[int, int]:
    best, begin = (0, 0), 0
    for at, (start, _, _) in enumerate(found[:500]):
        inside = [each for each in found[at : at + 50] if each[1] <= start + size * 3 // 4]
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


def _pieces(text: str, begin: int, end: int, found: list[tuple[int, int, str]]) -> list[Piece]:
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

"""Another word that was perhaps meant: one that the index knows and that is spelt nearly so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from rapidfuzz.distance import OSA

from contrechamp.foundation.plug import Entry
from contrechamp.search.domain import Atom, Clause, Parsed, fold, tokens
from contrechamp.search.domain.words import WORD
from contrechamp.search.engines import Engine, Found, Request

Written = Callable[[tuple[str, ...]], str]
"""How the list of synonyms writes a term: the index has no accents."""
FEW = 3
"""With fewer results than this we ask whether another word was meant."""
SHORTEST = 4
MOST_CORRECTIONS = 5


def suggestion(text: str, request: Request, found: Found, index: Engine, written: Written) -> str:
    """Return the query with words that the index knows, when few things answer."""
    if found.total >= FEW and not request.any_word and not request.fuzzy:
        return ""
    better_text = text
    for clause in filter(_may_be_misspelt, request.parsed.clauses):
        typed = clause.atoms[0].words[0]
        if better := _nearest(typed, request, index):
            better_text = _with_word(better_text, typed, written((better,)))
    return better_text if better_text != text else ""


def corrected(parsed: Parsed, entries: Iterable[Entry]) -> Parsed:
    """Add to each word the words of these entries that are spelt nearly so.

    The engine found the entries by such words: now they can be marked and told.
    """
    known: set[str] = set()
    for entry in entries:
        known.update(tokens(entry.title), tokens(entry.text), tokens(entry.also))

    def widened(clause: Clause) -> Clause:
        if not _may_be_misspelt(clause):
            return clause
        word = clause.atoms[0].words[0]
        most = most_letters(word)
        near = sorted(
            (distance, other)
            for other in known
            if abs(len(other) - len(word)) <= most
            and 0 < (distance := OSA.distance(word, other, score_cutoff=most)) <= most
        )
        added = (Atom((w,), typed=False, corrected=True) for _, w in near[:MOST_CORRECTIONS])
        return replace(clause, atoms=(*clause.atoms, *added))

    return replace(parsed, clauses=tuple(map(widened, parsed.clauses)))


def most_letters(word: str) -> int:
    """Return how many letters of a word may be wrong."""
    return 1 if len(word) < 6 else 2


def _with_word(text: str, typed: str, better: str) -> str:
    """Return what was typed with another word in place of one."""

    def change(match: re.Match[str]) -> str:
        return better if fold(match[0]) == typed else match[0]

    return WORD.sub(change, text)


def _may_be_misspelt(clause: Clause) -> bool:
    atom = clause.atoms[0]
    plain = not clause.is_negated and not atom.prefix and len(atom.words) == 1
    return plain and len(atom.words[0]) >= SHORTEST and atom.words[0].isalpha()


def _nearest(word: str, request: Request, index: Engine) -> str:
    def count(other: str) -> int:
        alone = Request(parsed=Parsed((Clause((Atom((other,)),)),)), hidden=request.hidden, limit=1)
        return index.find(alone).total

    if count(word) >= FEW:
        return ""
    most = most_letters(word)
    near = sorted(
        (distance, -times, other)
        for other, times in index.near(word[:1], limit=50_000)
        if abs(len(other) - len(word)) <= most
        and other.isalpha()
        and 0 < (distance := OSA.distance(word, other, score_cutoff=most)) <= most
    )
    # A word that only withdrawn things had is in the index until its next merge: count again.
    return next((other for _, _, other in near[:5] if count(other) > count(word)), "")

"""Other words for the same thing, from a list that anybody can read and correct."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .query import Atom, Clause, Parsed
from .words import STOPWORDS, stem, tokens

Key = tuple[str, ...]


class Synonyms:
    """Groups of terms that mean the same. A term may be of several words."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._groups: dict[Key, list[tuple[str, ...]]] = {}
        self._written: dict[tuple[str, ...], str] = {}
        for group in groups:
            terms = []
            for written in group:
                terms.append(words := tuple(tokens(written)))
                self._written.setdefault(words, written)
            for term in terms:
                others = self._groups.setdefault(_key(term), [])
                others += [other for other in terms if other != term and other not in others]
        self._longest = max(map(len, self._groups), default=0)

    def expand(self, parsed: Parsed) -> Parsed:
        """Add to what was typed the other words for it; what is quoted or excluded stays."""
        clauses: list[Clause] = []
        at = 0
        while at < len(parsed.clauses):
            size = self._match(parsed.clauses[at:])
            clauses.append(self._widened(parsed.clauses[at : at + max(size, 1)], bool(size)))
            at += max(size, 1)
        return replace(parsed, clauses=tuple(clauses))

    def written(self, words: tuple[str, ...]) -> str:
        """Return a term as the list writes it, with its accents and capitals."""
        return self._written.get(words, " ".join(words))

    def added(self, parsed: Parsed) -> list[tuple[str, list[str]]]:
        """Return what was typed for which other terms were added, and these, as one reads them."""
        return [
            (
                " ".join(clause.atoms[0].words),
                list(
                    dict.fromkeys(
                        self.written(atom.words)
                        for atom in clause.atoms[1:]
                        if not atom.typed and not atom.corrected
                    )
                ),
            )
            for clause in parsed.clauses
            if any(not atom.typed and not atom.corrected for atom in clause.atoms)
        ]

    def _match(self, clauses: tuple[Clause, ...]) -> int:
        """Return how many of the next clauses are one term of a group: the longest, or 0."""
        typed = []
        for clause in clauses[: self._longest]:
            if not _is_plain(clause):
                break
            typed.append(clause.atoms[0].words[0])
        for size in range(len(typed), 0, -1):
            if _key(tuple(typed[:size])) in self._groups:
                return size
        return 0

    def _widened(self, clauses: tuple[Clause, ...], known: bool) -> Clause:
        if not known:
            return clauses[0]
        typed = tuple(clause.atoms[0].words[0] for clause in clauses)
        others = tuple(
            Atom(words, exact=len(words) > 1, typed=False) for words in self._groups[_key(typed)]
        )
        return replace(clauses[0], atoms=(Atom(typed), *others))


def _is_plain(clause: Clause) -> bool:
    atom = clause.atoms[0]
    return not (
        clause.is_negated or clause.in_title or atom.exact or atom.prefix or len(atom.words) > 1
    )


def _key(words: tuple[str, ...]) -> Key:
    """The stems that count: "lecture automatisée de plaques" is the same without its "de"."""
    return tuple(stem(word) for word in words if word not in STOPWORDS)

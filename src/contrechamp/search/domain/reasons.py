"""Why something answers a query: which words stand where, and how they answer what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from .passages import Sought, hits
from .query import Atom, Clause, Parsed
from .words import STOPWORDS, fold, stem

Found = dict[str, str]
"""By what it answers to (a stem, a phrase): the words as they stand there."""

TITLE, TEXT, NAME = "title", "text", "name"


@dataclass(frozen=True, slots=True)
class Reason:
    """How one part of a query is answered by one thing."""

    typed: str
    how: str
    """typed, form (another form of the word), synonym, corrected or begins."""
    found: str
    """The words as they stand there first."""
    where: tuple[str, ...]
    """title, text, name (other names, numbers): where they stand."""


def reasons_for(parsed: Parsed, *, title: str, text: str, also: str) -> tuple[Reason, ...]:
    """Return for each part of a query how it is answered; a part that is not answered is left out.

    `parsed` holds synonyms and corrected words as atoms that were not typed.
    """
    sought = Sought.of(parsed)
    places = {
        name: _found(where, sought) for name, where in ((TITLE, title), (TEXT, text), (NAME, also))
    }
    reasons = (_reason(clause, places) for clause in parsed.clauses if not clause.is_negated)
    return tuple(reason for reason in reasons if reason)


def _found(text: str, sought: Sought) -> Found:
    found: Found = {}
    for start, end, answer in hits(text, sought):
        found.setdefault(answer, text[start:end])
    return found


def _reason(clause: Clause, places: dict[str, Found]) -> Reason | None:
    typed = " ".join(clause.atoms[0].words) + ("*" if clause.atoms[0].prefix else "")
    for atom in clause.atoms:
        where = {name: words for name, found in places.items() if (words := _stands(atom, found))}
        if where:
            shown = next(iter(where.values()))
            return Reason(typed, _how(atom, shown), shown, tuple(where))
    return None


def _how(atom: Atom, shown: str) -> str:
    if atom.corrected:
        return "corrected"
    if not atom.typed:
        return "synonym"
    if atom.prefix:
        return "begins"
    same = " ".join(fold(word) for word in shown.split()) == " ".join(atom.words)
    return "typed" if atom.exact or same or len(atom.words) > 1 else "form"


def _stands(atom: Atom, found: Found) -> str:
    """Return the words that answer an atom, as they stand there; empty when they do not."""
    if atom.exact:
        return found.get(" ".join(atom.words), "")
    if atom.prefix:
        begun = (each for each in found.values() if fold(each).startswith(atom.words[-1]))
        return next(begun, "")
    wanted = [stem(word) for word in atom.words if word not in STOPWORDS] or list(atom.words)
    if not all(each in found for each in wanted):
        return ""
    return " ".join(dict.fromkeys(found[each] for each in wanted))

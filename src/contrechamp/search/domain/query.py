"""What a person typed, read as a query. Nothing that can be typed is an error.

caméras drones          both words, whatever their plural or accents
"lecture automatisée"   these words in this order
-privé                  without this word
vidéo*                  words that begin so
titre:Nice              in the title
type:projet lieu:06088 année:2021 statut:verified technologie:tec-…    as the facets do
date:2021..2024 depuis:2024-03 avant:2022 montant:>50000              see `ranges`
document:<hash> collection:<slug>                                      within these alone
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from contrechamp.kernel.errors import Refused

from .ranges import NOT_EXCLUDED, Bounds, Problem, read_amounts, read_days
from .words import STOPWORDS, WORD, fold, tokens

LONGEST_TEXT = 500
MOST_CLAUSES = 32
SHORTEST_PREFIX = 2

FIELDS = {
    "type": "kind",
    "kind": "kind",
    "lieu": "place",
    "place": "place",
    "in": "place",
    "annee": "year",
    "year": "year",
    "statut": "status",
    "status": "status",
    "technologie": "technology",
    "techno": "technology",
    "technology": "technology",
    "titre": "title",
    "title": "title",
    "document": "document",
    "collection": "collection",
    "date": "date",
    "periode": "date",
    "depuis": "since",
    "since": "since",
    "apres": "after",
    "after": "after",
    "avant": "before",
    "before": "before",
    "jusque": "until",
    "until": "until",
    "montant": "amount",
    "amount": "amount",
}
"""What may stand before a colon, folded, and what it means."""

RANGES = frozenset({"date", "since", "after", "before", "until", "amount"})

KINDS = {
    "projet": "project",
    "acteur": "actor",
    "technologie": "technology",
    "contrat": "contract",
    "marche": "contract",
    "lieu": "place",
    "commune": "place",
    "fait": "fact",
    "document": "page",
}
STATUSES = {
    "allegue": "alleged",
    "documente": "documented",
    "verifie": "verified",
    "contredit": "contradicted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All that a person asks at once: words, facets chosen, order, and from where on."""

    text: str = ""
    kind: tuple[str, ...] = ()
    technology: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    """Hashes of documents (or their beginnings) to search in, no others."""
    collection: tuple[str, ...] = ()
    """Slugs of collections to search in, no others."""
    since: str = ""
    until: str = ""
    least: str = ""
    most: str = ""
    """Bounds of dates and of amounts in euros, as typed into the form."""
    exactly: bool = False
    """Whether the words are sought as typed: no synonyms, no other forms, no near spellings."""
    sort: str = "relevance"
    """relevance, date (the newest first) or new (what became public last first)."""
    limit: int = 20
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Atom:
    """One way to say something: words that are all there, or (exact) there in this order."""

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    """Whether the last word is only a beginning."""
    typed: bool = True
    """False for a synonym that we added."""
    corrected: bool = False
    """Whether it is a word of the index that is spelt nearly as what was typed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that must be there (or must not): any one of its atoms will do."""

    atoms: tuple[Atom, ...]
    is_negated: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet's value that a thing must have (or must not)."""

    field: str
    value: str
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as read."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    bounds: tuple[Bounds, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def words(self) -> str:
        """What was sought, as plain words: for names of places and for suggestions."""
        return " ".join(
            word
            for clause in self.clauses
            if not clause.is_negated
            for atom in clause.atoms[:1]
            for word in atom.words
        )


_TERM = re.compile(
    r"""(?P<minus>[-\u2212](?=[^\s\-\u2212]))?
        (?:(?P<field>[^\W\d_]{2,12}):(?=\S))?
        (?:"(?P<straight>[^"]*)"|«(?P<french>[^«»]*)»|“(?P<curly>[^“”]*)”|(?P<bare>[^\s"«»“”]+)
           |(?P<lone>["«»“”]))""",
    re.VERBOSE,
)


def parse(text: str) -> Parsed:
    """Read what was typed. Signs that mean nothing where they stand are passed over."""
    clauses: list[Clause] = []
    filters: list[Filter] = []
    bounds: list[Bounds] = []
    problems: list[Problem] = []
    for match in _TERM.finditer(text[:LONGEST_TEXT]):
        field = FIELDS.get(fold(match["field"] or ""), "")
        quoted = match["straight"] or match["french"] or match["curly"]
        value = quoted or match["bare"] or ""
        if match["field"] and not field and not quoted:
            value = f"{match['field']} {value}"
        negated = bool(match["minus"])
        if field in RANGES:
            try:
                bounds.append(_bounds(field, value.strip(" ,;"), match[0]))
            except Refused as why:
                problems.append(Problem("", why.sentence, match[0][:60]))
        elif field and field != "title":
            filters.append(Filter(field, _value(field, value.strip(" ,;.")), negated))
        else:
            clauses += _clauses(value, bool(quoted), negated, field == "title")
    return Parsed(
        _without_stopwords(clauses)[:MOST_CLAUSES], tuple(filters), tuple(bounds), tuple(problems)
    )


def as_typed(text: str, words: Iterable[str]) -> str:
    """Return folded words of a query as they were typed, with their accents and capitals."""
    written = {fold(word): word for word in WORD.findall(text[:LONGEST_TEXT])}
    return " ".join(written.get(word, word) for word in words)


def literally(parsed: Parsed) -> Parsed:
    """Return the query with each word sought as it was typed, not its other forms."""

    def strict(clause: Clause) -> Clause:
        return replace(
            clause,
            atoms=tuple(
                atom if atom.prefix else replace(atom, exact=True) for atom in clause.atoms
            ),
        )

    return replace(parsed, clauses=tuple(map(strict, parsed.clauses)))


def _bounds(field: str, value: str, written: str) -> Bounds:
    if written.startswith(("-", "\u2212")):
        raise Refused(NOT_EXCLUDED)
    return read_amounts(value) if field == "amount" else read_days(field, value)


def _value(field: str, value: str) -> str:
    plain = fold(value).removesuffix("s")
    if field == "kind":
        return KINDS.get(plain, value.lower())
    return STATUSES.get(plain, value.lower()) if field == "status" else value


def _clauses(value: str, quoted: bool, negated: bool, in_title: bool) -> list[Clause]:
    words = tokens(value)
    if not words:
        return []
    prefix = not quoted and value.endswith("*") and len(words[-1]) >= SHORTEST_PREFIX
    # A number in several pieces (an act's, a date's) means these pieces in this order, and what
    # is excluded is excluded as a whole.
    whole = quoted or (
        len(words) > 1 and (negated or prefix or any(word.isdigit() for word in words))
    )
    if whole or prefix:
        return [Clause((Atom(tuple(words), exact=whole, prefix=prefix),), negated, in_title)]
    return [Clause((Atom((word,)),), negated, in_title) for word in words]


def _without_stopwords(clauses: list[Clause]) -> tuple[Clause, ...]:
    def says_something(clause: Clause) -> bool:
        atom = clause.atoms[0]
        return clause.is_negated or atom.exact or atom.prefix or atom.words[0] not in STOPWORDS

    kept = tuple(filter(says_something, clauses))
    return kept if any(not clause.is_negated for clause in kept) else tuple(clauses)

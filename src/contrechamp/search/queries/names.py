"""What somebody may mean who begins to type: places, records, terms of the field.

Suggested is what has a page of its own here, and words of our vocabulary that something public
holds. Never a word of a document (it may be somebody's name), never what others typed: that is
not kept (decision 14).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.census import published
from contrechamp.foundation import vocabulary
from contrechamp.kernel import names
from contrechamp.places import queries as places
from contrechamp.search.domain import Clause, parse, tokens
from contrechamp.search.engines import Request

from .index import engine, hidden_refs
from .index import shown as entries_of

KINDS = ("project", "actor", "technology", "contract")
SHORTEST = 2
LONGEST = 80
MOST, MOST_PLACES, MOST_RECORDS, MOST_TERMS, MOST_ACTIONS = 9, 4, 4, 3, 2
SMALL = 5_000
"""Inhabitants of a commune that is likely not meant before its name is written out."""
TERM_LISTS = ("synonyms", "technologies", "purposes", "legal_bases", "document_types")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecord:
    """A public record, as a name leads to it."""

    id: str
    name: str
    kind: str
    type: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One line under the field, and where it leads."""

    label: str
    note: str
    """What it is, and what tells it from others of the same name."""
    kind: str
    """place, project, actor, technology, contract, action or term."""
    url: str


def suggest(text: str) -> list[Suggested]:
    """Return what somebody may mean who typed this much, the likeliest first.

    A place whose name is only begun comes last when few people live there.
    """
    typed = " ".join(text.split())[:LONGEST]
    if len(names.fold(typed)) < SHORTEST:
        return []
    near, far = _places(typed)
    found = [*near, *_terms(typed), *_records(typed), *far][:MOST]
    return [*found, *(_actions(typed) if len(found) < MOST else ())][:MOST]


def records_named(text: str, *, limit: int) -> tuple[NamedRecord, ...]:
    """Return the public records whose name begins so, then those with a word that does."""
    folded = names.fold(text)
    if len(folded) < SHORTEST:
        return ()
    found = {record.id: record for record in published.named(folded, kinds=KINDS, limit=limit)}
    if len(found) < limit:
        more = [key for key in _with_word(text, limit) if key not in found]
        found |= published.find_records(more[: limit - len(found)])
    return tuple(
        NamedRecord(id=each.id, name=each.name, kind=each.kind, type=each.type, url=each.url)
        for each in found.values()
    )


def _with_word(text: str, limit: int) -> list[str]:
    """Return records that have these words in their name, the last of them only begun."""
    return [ref.rpartition(":")[2] for ref in _titled(text, KINDS, limit * 2)]


def _actions(typed: str) -> list[Suggested]:
    """Return the court actions that have these words in their title, the last of them begun."""
    refs = _titled(typed, ("action",), MOST_ACTIONS)
    found = entries_of(refs) if refs else {}
    return [
        Suggested(label=each.title, note=gettext("action en justice"), kind=each.kind, url=each.url)
        for each in (found[ref] for ref in refs if ref in found)
    ]


def _titled(text: str, kinds: tuple[str, ...], limit: int) -> list[str]:
    """Return the refs of things of these kinds with these words in their title."""
    parsed = parse(text.rstrip(" *") + "*")
    clauses = tuple(
        Clause(clause.atoms, in_title=True) for clause in parsed.clauses if not clause.is_negated
    )
    if not clauses or len(clauses) != len(parsed.clauses):
        return []
    request = Request(
        parsed=type(parsed)(clauses),
        filters=(("kind", kinds),),
        hidden=hidden_refs(),
        limit=limit,
    )
    return [hit.ref for hit in engine().find(request).hits]


def _places(typed: str) -> tuple[list[Suggested], list[Suggested]]:
    """Return the places that are likely meant, and those that may be."""
    near: list[Suggested] = []
    far: list[Suggested] = []
    whole = names.fold(typed)
    for each in places.search_territories(typed, limit=MOST_PLACES, near=False):
        line = Suggested(
            label=each.name,
            note=_where(each.get_kind_display(), each.departement, each.population),
            kind="place",
            url=each.get_absolute_url(),
        )
        is_likely = each.folded == whole or whole.isdecimal() or (each.population or 0) >= SMALL
        (near if is_likely else far).append(line)
    return near, far


def _where(kind: str, departement: str, population: int | None) -> str:
    parts = [f"{kind} ({departement})" if departement else kind]
    if population:
        shown = f"{population:,}".replace(",", "\u202f")
        parts.append(gettext("{number} habitants").format(number=shown))
    return ", ".join(parts)


def _records(typed: str) -> list[Suggested]:
    found = records_named(typed, limit=MOST_RECORDS)
    return [
        Suggested(
            label=each.name,
            note=vocabulary.label("entity_types", each.type),
            kind=each.kind,
            url=each.url,
        )
        for each in found
    ]


def _terms(typed: str) -> list[Suggested]:
    begun = tokens(typed)
    if not begun:
        return []
    hidden = hidden_refs()
    shown: list[Suggested] = []
    for words, term in _vocabulary():
        if len(shown) == MOST_TERMS:
            break
        if _begins(words, begun) and _occurs(words, hidden):
            url = f"{reverse('search:search')}?{urlencode({'q': term})}"
            shown.append(Suggested(label=term, note=gettext("mot"), kind="term", url=url))
    return shown


def _begins(words: tuple[str, ...], begun: list[str]) -> bool:
    """Answer whether a term holds what was typed, from the beginning of one of its words."""
    size = len(begun)
    return any(
        list(words[at : at + size - 1]) == begun[:-1] and words[at + size - 1].startswith(begun[-1])
        for at in range(len(words) - size + 1)
    )


def _occurs(words: tuple[str, ...], hidden: list[str]) -> bool:
    request = Request(parsed=parse('"' + " ".join(words) + '"'), hidden=hidden, limit=1)
    return engine().find(request).total > 0


@cache
def _vocabulary() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the terms of the vocabulary, each once, the shortest first."""
    found: dict[tuple[str, ...], str] = {}
    for name in TERM_LISTS:
        for row in vocabulary.terms(name).values():
            label = row.get("label") or {}
            for term in (*row.get("terms", ()), label.get("fr", ""), *row.get("aliases", ())):
                if words := tuple(tokens(term)):
                    found.setdefault(words, term)
    return tuple(sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0])))

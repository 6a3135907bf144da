"""What the census offers to search and to the pages of documents: read from `published` only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import log2

from contrechamp.documents.domain import QuoteAction, QuoteUse, QuoteUses
from contrechamp.foundation.plug import Entry, Findable, MenuItem, Shortcuts
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places

from . import published

ENTITY, FACT = "census:entity:", "census:fact:"
PART = 500
LONGEST = 20_000


def all_entities() -> Iterator[Entry]:
    """Yield every public record."""
    rows = published.records()
    while part := list(islice(rows, PART)):
        yield from _entities(part)


def some_entities(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the records that are public."""
    keys = [ref.removeprefix(ENTITY) for ref in refs]
    yield from _entities(list(published.find_records(keys).values()))


def all_facts() -> Iterator[Entry]:
    """Yield every public fact."""
    rows = published.facts()
    while part := list(islice(rows, PART)):
        yield from _facts(part)


def some_facts(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the facts that are public."""
    keys = [ref.removeprefix(FACT) for ref in refs]
    yield from _facts(list(published.find_facts(keys).values()))


def _entities(records: Sequence[published.Record]) -> Iterator[Entry]:
    ids = [record.id for record in records]
    facts = published.facts_of_many(ids)
    territories, technologies = published.places_of(ids), published.technologies_of(ids)
    known: dict[str, list[str]] = {}
    for record in records:
        said = [_line(fact, record.id) for fact in facts[record.id]]
        days = [fact.earliest for fact in facts[record.id] if fact.earliest]
        yield Entry(
            ref=f"{ENTITY}{record.id}",
            kind=record.kind,
            title=record.name,
            text=". ".join(said)[:LONGEST],
            url=record.url,
            also=" ".join(
                [each.text for each in record.names if each.text != record.name]
                + [each.value for each in record.identifiers]
            ),
            places=_with_holders(territories[record.id], known),
            technologies=technologies[record.id],
            date=max(days, default=None),
            at=record.first_at,
            weight=1 + log2(1 + len(said)) / 4,
        )


def _facts(facts: Sequence[published.Fact]) -> Iterator[Entry]:
    ends = {end.id for fact in facts for end in (fact.subject, fact.target) if end}
    territories, technologies = published.places_of(ends), published.technologies_of(ends)
    known: dict[str, list[str]] = {}
    for fact in facts:
        both = [end.id for end in (fact.subject, fact.target) if end]
        yield Entry(
            ref=f"{FACT}{fact.id}",
            kind="fact",
            title=f"{fact.subject.name} : {_line(fact, fact.subject.id)}"[:300],
            text=" ".join(
                each.quote_text or each.title for each in fact.evidence if not each.rejected
            )[:LONGEST],
            url=fact.url,
            places=_with_holders({key for end in both for key in territories[end]}, known),
            technologies=tuple(sorted({key for end in both for key in technologies[end]})),
            status=fact.status.lower(),
            date=fact.earliest,
            at=fact.first_at,
            document=next((each.document for each in fact.evidence if each.document), ""),
        )


def _line(fact: published.Fact, seen_from: str) -> str:
    """Return a fact as a line of French or English, read from one of its ends."""
    attributes = [
        published.attribute_text(fact.property, name, value)[1]
        for name, value in fact.attributes.items()
    ]
    is_backward = fact.target is not None and seen_from == fact.target.id
    said = [
        fact.backward_label if is_backward else fact.label,
        fact.subject.name if is_backward else fact.value_text,
        *attributes,
        fact.dates_text,
    ]
    return " ".join(word for word in said if word)


def _with_holders(keys: Iterable[str], known: dict[str, list[str]]) -> tuple[str, ...]:
    """Return territories with those that hold them; `known` keeps what was asked before."""
    own = set(keys)
    for key in own - known.keys():
        known[key] = places.ancestors(key)
    return tuple(sorted(own | {above for key in own for above in known[key]}))


def quote_uses(quotes: Sequence[str]) -> list[QuoteUse]:
    """Return the public facts that rest on these quotes."""
    return [
        QuoteUse(
            quote=proof.quote,
            title=f"{fact.subject.name} : {fact.label} {fact.value_text}",
            url=fact.url,
        )
        for fact in published.facts_quoting(quotes)
        for proof in fact.evidence
        if proof.quote in quotes
    ]


PLUG = (
    Findable(prefix=ENTITY, entries=all_entities, some=some_entities),
    Findable(prefix=FACT, entries=all_facts, some=some_facts),
    QuoteUses(of=quote_uses),
    QuoteAction(label=gettext_noop("En faire un fait…"), url_name="census:claim-new"),
    MenuItem(label=gettext_noop("Projets"), url_name="census:projects", order=30, key="g p"),
    MenuItem(label=gettext_noop("Acteurs"), url_name="census:actors", order=32),
    MenuItem(label=gettext_noop("Techniques"), url_name="census:technologies", order=34),
    MenuItem(
        label=gettext_noop("Mes brouillons"),
        url_name="census:drafts",
        audience="members",
        order=60,
    ),
    MenuItem(
        label=gettext_noop("Relecture"), url_name="census:review", audience="editors", order=70
    ),
    MenuItem(label=gettext_noop("Fusions"), url_name="census:merges", audience="editors", order=72),
    MenuItem(
        label=gettext_noop("Imports"), url_name="census:imports", audience="editors", order=74
    ),
    Shortcuts(
        where=gettext_noop("Dans la relecture"),
        keys=(
            ("j", gettext_noop("suivant")),
            ("k", gettext_noop("précédent")),
            ("a", gettext_noop("accepter")),
            ("r", gettext_noop("renvoyer : écrire la raison, puis Entrée")),
            ("x", gettext_noop("cocher")),
        ),
        audience="editors",
        order=40,
    ),
)

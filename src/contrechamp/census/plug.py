"""What the census offers to search and to the pages of documents: read from `published` only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import log2

from contrechamp.documents.domain import QuoteAction, QuoteUse, QuoteUses
from contrechamp.foundation.plug import Copied, Entry, Findable, MenuItem, Shortcuts
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.ui.domain.share import Shareable

from . import published
from .personal import PERSONAL
from .shown import shares
from .shown.talk import SUBJECTS
from .shown.to_find import TO_FIND

ENTITY, FACT = "census:entity:", "census:fact:"
PART = 500
LONGEST = 20_000
SHOWN_FACTS = 40


def all_entities() -> Iterator[Entry]:
    """Yield every public record."""
    rows = published.records()
    while part := list(islice(rows, PART)):
        yield from _entities(part)


def some_entities(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the records that are public."""
    keys = [ref.removeprefix(ENTITY) for ref in refs]
    yield from _entities(list(published.find_records(keys).values()))


def shown_entities(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the records that are public, with some of what is said of each."""
    found = published.find_records(ref.removeprefix(ENTITY) for ref in refs)
    facts = published.some_facts_of_many(found, most=SHOWN_FACTS)
    territories, days = published.places_of(found), published.last_days(found)
    for record in found.values():
        said = facts[record.id]
        yield _entity(record, said, days.get(record.id), places=territories[record.id])


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
    held = _with_holders(territories)
    for record in records:
        said = facts[record.id]
        last = max((fact.earliest for fact in said if fact.earliest), default=None)
        yield _entity(
            record, said, last, places=held[record.id], technologies=technologies[record.id]
        )


def _entity(
    record: published.Record,
    facts: Sequence[published.Fact],
    last: date | None,
    *,
    places: tuple[str, ...],
    technologies: tuple[str, ...] = (),
) -> Entry:
    return Entry(
        ref=f"{ENTITY}{record.id}",
        kind=record.kind,
        title=record.name,
        text=". ".join(_line(fact, record.id) for fact in facts)[:LONGEST],
        url=record.url,
        also=" ".join(
            [each.text for each in record.names if each.text != record.name]
            + [each.value for each in record.identifiers]
        ),
        places=places,
        technologies=technologies,
        date=last,
        at=record.first_at,
        amount=_main_amount(facts) if record.kind == "contract" else None,
        weight=1 + log2(1 + len(facts)) / 4,
    )


def shown_facts(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the facts that are public, without what only facets need."""
    keys = [ref.removeprefix(FACT) for ref in refs]
    yield from _facts(list(published.find_facts(keys).values()), for_index=False)


def _facts(facts: Sequence[published.Fact], *, for_index: bool = True) -> Iterator[Entry]:
    ends = {end.id for fact in facts for end in (fact.subject, fact.target) if end}
    territories = published.places_of(ends)
    technologies = published.technologies_of(ends if for_index else ())
    held = _with_holders(territories) if for_index else territories
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
            places=tuple(sorted({key for end in both for key in held[end]})),
            technologies=tuple(sorted({key for end in both for key in technologies.get(end, ())})),
            status=fact.status.lower(),
            date=fact.earliest,
            at=fact.first_at,
            amount=_euros(fact),
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


def _with_holders(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return territories by record with those that hold them, with one question for all."""
    known = places.territories(key for keys in found.values() for key in keys)
    held = {key: (key, *places.holders(territory)) for key, territory in known.items()}
    return {
        record: tuple(sorted({each for key in keys for each in held.get(key, (key,))}))
        for record, keys in found.items()
    }


MAIN_KINDS = ("awarded", "maximum", "estimated", "paid", "subsidy_decided", "subsidy_paid")
"""Which amount a contract is found by: what was signed, else the most that it may cost."""


def _main_amount(facts: Iterable[published.Fact]) -> float | None:
    """Return the amount that stands for a contract; the largest of the first kind that is known."""
    amounts: dict[str, list[float]] = {}
    for fact in facts:
        if (euros := _euros(fact)) is not None:
            amounts.setdefault(fact.amount_kind, []).append(euros)
    first = next((kind for kind in MAIN_KINDS if kind in amounts), next(iter(amounts), ""))
    return max(amounts[first], default=None) if amounts else None


def _euros(fact: published.Fact) -> float | None:
    """Return the amount of a fact when it is in euros: others cannot be compared."""
    known = fact.amount is not None and fact.currency in {"", "EUR"}
    return float(fact.amount) if known and fact.amount is not None else None


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


SHARED_RECORDS = ("project", "actor", "technology", "contract", "place")
SHARED_LISTS = ("projects", "actors", "technologies", "contracts")
ON_THE_SITE = ("propose", "geojson", "jsonfeed", "state", "state-json", "history-json")
"""What a copy leaves to the site: forms, states of the past, and forms of the same facts."""
PLUG = (
    *PERSONAL,
    *SUBJECTS,
    *(Shareable(view_name=f"census:{name}", read=shares.read_record) for name in SHARED_RECORDS),
    Shareable(view_name="census:fact", read=shares.read_fact),
    *(Shareable(view_name=f"census:{name}", read=shares.read_list) for name in SHARED_LISTS),
    Findable(prefix=ENTITY, entries=all_entities, some=some_entities, shown=shown_entities),
    Findable(prefix=FACT, entries=all_facts, some=some_facts, shown=shown_facts),
    TO_FIND,
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
    *(
        Copied(
            url_name=f"census:{kind}s" if kind != "technology" else "census:technologies",
            questions=(("apres",), ("lettre",), ("apres", "lettre")),
        )
        for kind in ("project", "actor", "technology", "contract")
    ),
    *(
        copied
        for kind in ("project", "actor", "technology", "contract", "place")
        for copied in (
            Copied(url_name=f"census:{kind}", questions=(("partie",), ("tout",))),
            Copied(url_name=f"census:{kind}-history", questions=(("avant",),)),
            *(Copied(url_name=f"census:{kind}-{part}", is_live=True) for part in ON_THE_SITE),
        )
    ),
    *(
        Copied(url_name=f"census:{kind}-{part}", is_live=True)
        for kind in SHARED_LISTS
        for part in ("geojson", "jsonfeed")
    ),
    *(
        Copied(url_name=f"census:fact-{part}", is_live=True)
        for part in ("jsonfeed", "state", "state-json", "history-json")
    ),
    Copied(url_name="census:propose-fact", is_live=True),
    Copied(url_name="census:proposed", is_live=True),
)

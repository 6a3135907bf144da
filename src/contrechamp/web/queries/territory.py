"""All that visitors may know of a territory, gathered with few questions to the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from contrechamp.census import published
from contrechamp.census.published import Fact, Record, Ref
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label
from contrechamp.places import queries as places
from contrechamp.web.domain.money import Payment, Sums, sums
from contrechamp.web.domain.questions import Question, open_questions

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

CARDS = 24
"""Projects shown in full on one page; the rest is one search away."""
CARDS_ABOVE = 12
DOCUMENTS = 20
ACTS_SHOWN = 20
NEWS = 8
ACTS = ("authorising_act", "modifying_act", "refusing_act")
COUNTED = ("systems_authorised", "systems_modified", "systems_refused")
DAYS = ("notified_on", "signed_on", "published_on", "started_on")
"""Dates of a contract, the one that says best when the money was spent first."""
NEIGHBOURS = 8
"""Towns of similar size that a comparison shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCard:
    """A project in a few lines."""

    record: Record
    stage: Fact | None
    summary: Fact | None
    technologies: tuple[Fact, ...]
    leaders: tuple[Fact, ...]
    cameras: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """A contract in a line of a table."""

    record: Record
    object: Fact | None
    buyers: tuple[Fact, ...]
    winners: tuple[Fact, ...]
    amounts: tuple[Fact, ...]
    day: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What applies here because of a territory that holds this one."""

    territory: Territory
    projects: tuple[ProjectCard, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What an actor does in a project."""

    actor: Ref
    fact: Fact
    project: Ref
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of similar size in a comparison."""

    territory: Territory
    total: int
    per_thousand: Decimal
    share: int
    """Of the largest, in percent: the length of its bar."""
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cameras:
    """Cameras authorised, with the numbers that the sum is made of."""

    total: int
    lines: tuple[published.NumberLine, ...]
    per_thousand: Decimal | None
    towns: tuple[Town, ...]
    on_public_way: int | None = None
    """Of these, on the public way; nothing when no act says it."""
    smallest: int = 0
    largest: int = 0

    @property
    def main(self) -> published.NumberLine | None:
        """The one system that has more than half of them, if there are several."""
        first = self.lines[0]
        return first if len(self.lines) > 1 and first.value * 2 > self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocument:
    """A document that anybody may read."""

    title: str
    url: str
    type: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything of a territory page that comes from facts and documents."""

    projects: tuple[ProjectCard, ...]
    project_count: int
    levels: tuple[Level, ...]
    cameras: Cameras | None
    counted: tuple[Fact, ...]
    contracts: tuple[ContractLine, ...]
    money: tuple[Sums, ...]
    authorities: tuple[Record, ...]
    roles: tuple[Role, ...]
    acts: tuple[Fact, ...]
    documents: tuple[PublicDocument, ...]
    questions: tuple[Question, ...]
    news: tuple[Fact, ...]
    record_count: int
    act_count: int

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all is known of this very place."""
        return not (self.record_count or self.documents)


def dossier(territory: Territory) -> Dossier:
    """Gather what is known of a territory and of what holds it."""
    own = list(places.inside(territory.key).values_list("key", flat=True))
    here = _records(own, territory)
    above_keys = places.holders(territory)
    above = _above(above_keys, set(here))
    shown = _newest(here.values(), "project")[:CARDS]
    facts = published.facts_of_many(
        [
            *(record.id for record in shown),
            *(record.id for record in here.values() if _is_near(record, territory)),
            *(record.id for records in above.values() for record in records),
        ],
        without=ACTS,
    )
    every = _once(facts, here)
    acts, act_count = published.latest_facts(here, ACTS, ACTS_SHOWN)
    contracts = tuple(
        _contract(record, facts[record.id]) for record in _newest(here.values(), "contract")
    )
    project_count = sum(record.kind == "project" for record in here.values())
    return Dossier(
        record_count=len(here),
        projects=tuple(_card(record, facts[record.id]) for record in shown),
        project_count=project_count,
        levels=_levels(above_keys, places.territories(above_keys), above, facts),
        cameras=_cameras(territory, set(here)),
        counted=tuple(fact for fact in every if fact.property in COUNTED),
        contracts=contracts,
        money=sums(_payments(contracts)),
        authorities=_authorities(here, every, set(own), territory),
        roles=_roles(every, {record.id for record in shown}),
        acts=tuple(acts),
        act_count=act_count,
        documents=_documents(own, [*every, *acts]) if territory.kind != "country" else (),
        questions=open_questions(_properties(every), has_projects=project_count > 0),
        news=tuple(published.newest_facts(here, NEWS)),
    )


def _is_near(record: Record, territory: Territory) -> bool:
    """Say whether all facts of a record are wanted: of a town all, of a region its own only."""
    if record.kind == "contract" or territory.kind in ("commune", "arrondissement"):
        return record.kind != "project"
    return record.territory == territory.key or _bears(record, territory.siren)


def _bears(record: Record, siren: str) -> bool:
    return bool(siren) and any(
        number.scheme == "siren" and number.value == siren for number in record.identifiers
    )


def feed_facts(territory: Territory, limit: int) -> list[Fact]:
    """Return the newest facts of a territory, for its feed."""
    own = list(places.inside(territory.key).values_list("key", flat=True))
    return published.newest_facts(_records(own, territory), limit)


def _records(own: Sequence[str], territory: Territory) -> dict[str, Record]:
    found = {record.id: record for record in published.records_in(own)}
    if territory.siren:
        authority = published.find_by_identifier("siren", territory.siren)
        if authority is not None:
            found.setdefault(authority.id, authority)
    return found


def _above(keys: Sequence[str], here: set[str]) -> dict[str, list[Record]]:
    """Return the projects of each territory that holds this one, and of it alone."""
    found: dict[str, list[Record]] = defaultdict(list)
    projects = [r for r in published.records_in(keys, "project") if r.id not in here]
    where = published.places_of(record.id for record in projects)
    for record in projects:
        for key in keys:
            if key in where[record.id]:
                found[key].append(record)
                break
    return {key: _newest(records, "project")[:CARDS_ABOVE] for key, records in found.items()}


def _levels(
    keys: Sequence[str],
    known: Mapping[str, Territory],
    above: Mapping[str, list[Record]],
    facts: Mapping[str, list[Fact]],
) -> tuple[Level, ...]:
    return tuple(
        Level(
            territory=known[key],
            projects=tuple(_card(record, facts[record.id]) for record in above[key]),
            count=len(above[key]),
        )
        for key in keys
        if key in above and key in known
    )


def _newest(records: Iterable[Record], kind: str) -> list[Record]:
    own = [record for record in records if record.kind == kind]
    return sorted(own, key=lambda record: (record.at, record.id), reverse=True)


def _once(facts: Mapping[str, list[Fact]], of: Iterable[str]) -> list[Fact]:
    """Return the facts of these records, each once, in the order found."""
    return list({f.id: f for key in of for f in facts.get(key, ())}.values())


def _card(record: Record, facts: Sequence[Fact]) -> ProjectCard:
    said = [fact for fact in facts if fact.subject.id == record.id]
    return ProjectCard(
        record=record,
        stage=_last(said, "stage"),
        summary=_last(said, "summary"),
        technologies=tuple(f for f in said if f.property == "uses_technology"),
        leaders=tuple(
            f
            for f in facts
            if f.property == "participates_in" and f.attributes.get("role") == "commissioner"
        ),
        cameras=_last(said, "cameras_authorised") or _last(said, "cameras_count"),
    )


def _contract(record: Record, facts: Sequence[Fact]) -> ContractLine:
    day = next((f for name in DAYS if (f := _last(facts, name))), None)
    return ContractLine(
        record=record,
        object=_last(facts, "object"),
        buyers=tuple(f for f in facts if f.property == "buyer_of"),
        winners=tuple(f for f in facts if f.property == "awarded_to"),
        amounts=tuple(f for f in facts if f.amount is not None),
        day=day or next((f for f in facts if f.earliest), None),
    )


def _payments(contracts: Iterable[ContractLine]) -> list[Payment]:
    """Return the amounts of contracts; one said twice of a contract is one amount."""
    found: list[Payment] = []
    for line in contracts:
        seen: set[tuple[Decimal | None, str, str, str]] = set()
        for fact in line.amounts:
            key = (fact.amount, fact.amount_kind, fact.tax, fact.currency)
            if fact.amount is None or key in seen:
                continue
            seen.add(key)
            day = fact.earliest or (line.day.earliest if line.day else None)
            found.append(
                Payment(
                    amount=fact.amount,
                    kind=fact.amount_kind,
                    tax=fact.tax,
                    currency=fact.currency or "EUR",
                    year=day.year if day else None,
                )
            )
    return found


def _cameras(territory: Territory, here: set[str]) -> Cameras | None:
    """Add up the cameras authorised here, and put towns of similar size beside the sum."""
    lines = _latest(published.numbers("cameras_authorised"))
    used = sorted(
        (line for line in lines if line.record in here), key=lambda one: (-one.value, one.name)
    )
    if not used:
        return None
    total = int(sum(line.value for line in used))
    # Of a larger territory we know too few towns: a rate would be that of our gaps.
    is_town = territory.kind in ("commune", "arrondissement")
    rate = per_thousand(total, territory.population) if is_town else None
    similar = places.similar_towns(territory) if territory.kind == "commune" and rate else None
    outside = [
        line.value
        for line in _latest(published.numbers("cameras_public_way"))
        if line.record in here
    ]
    cameras = Cameras(
        total=total,
        lines=tuple(used),
        per_thousand=rate,
        towns=(),
        on_public_way=int(sum(outside)) if outside else None,
    )
    if similar is None or rate is None:
        return cameras
    sums_: dict[str, float] = defaultdict(float)
    for line in lines:
        for key in line.territories:
            sums_[key] += line.value
    known = places.territories(sums_.keys() - {territory.key})
    towns = [(town, int(sums_[town.key])) for town in similar.among(known.values())]
    towns.sort(key=lambda pair: (_distance(pair[0], territory), pair[0].key))
    return replace(
        cameras,
        towns=_compared([(territory, total), *towns[:NEIGHBOURS]], territory),
        smallest=similar.smallest,
        largest=similar.largest,
    )


def _compared(towns: Sequence[tuple[Territory, int]], here: Territory) -> tuple[Town, ...]:
    """Return a comparison, the highest rate first; nothing when there is none to compare with."""
    rated = [
        (town, total, rate)
        for town, total in towns
        if (rate := per_thousand(total, town.population)) is not None
    ]
    if len(rated) < 2:
        return ()
    highest = max(rate for _, _, rate in rated) or Decimal(1)
    rows = (
        Town(
            territory=town,
            total=total,
            per_thousand=rate,
            share=int(rate * 100 / highest),
            is_here=town.key == here.key,
        )
        for town, total, rate in rated
    )
    return tuple(sorted(rows, key=lambda row: (-row.per_thousand, row.territory.key)))


def _distance(town: Territory, here: Territory) -> int:
    return abs((town.population or 0) - (here.population or 0))


def _latest(lines: Iterable[published.NumberLine]) -> list[published.NumberLine]:
    """Return the most recent number of each record."""
    held: dict[str, published.NumberLine] = {}
    for line in lines:
        other = held.get(line.record)
        if other is None or _when(line) > _when(other):
            held[line.record] = line
    return list(held.values())


def _when(line: published.NumberLine) -> tuple[str, datetime, str]:
    return (line.earliest.isoformat() if line.earliest else "", line.at, line.claim)


def per_thousand(cameras: int, population: int | None) -> Decimal | None:
    """Return cameras per 1,000 inhabitants, to a tenth; nothing where nobody lives."""
    if not population:
        return None
    return (Decimal(cameras) * 1000 / population).quantize(Decimal("0.1"))


def _authorities(
    here: Mapping[str, Record], facts: Sequence[Fact], own: set[str], territory: Territory
) -> tuple[Record, ...]:
    """Return who administers the place: not, on the page of a region, all its towns."""
    administering = {
        fact.subject.id
        for fact in facts
        if fact.property == "administers" and fact.target and fact.target.territory in own
    }
    return tuple(
        record
        for key, record in here.items()
        if record.kind == "actor" and (key in administering or _bears(record, territory.siren))
    )


def _roles(facts: Sequence[Fact], projects: set[str]) -> tuple[Role, ...]:
    found = []
    for fact in facts:
        if fact.property == "participates_in" and fact.target and fact.target.id in projects:
            code = fact.attributes.get("role")
            words = published.attribute_text(fact.property, "role", code)[1] if code else fact.label
            found.append(Role(actor=fact.subject, fact=fact, project=fact.target, words=words))
    return tuple(sorted(found, key=lambda role: (role.actor.name.casefold(), role.project.name)))


def _documents(own: Sequence[str], facts: Sequence[Fact]) -> tuple[PublicDocument, ...]:
    cited = {proof.document for fact in facts for proof in fact.evidence if proof.document}
    placed = Q(versions__file__in=cited)
    for key in own[:50]:
        placed |= Q(place_codes__icontains=f'"{key}"')
    rows = (
        documents.public()
        .filter(placed, versions__file__area="OPEN")
        .order_by("-dated_earliest", "title", "versions__number")
        .values_list("pk", "title", "doc_type", "dated_text", "versions__file")
    )
    by_document = {
        pk: PublicDocument(
            title=title,
            url=f"/documents/{sha256}",
            type=label("document_types", kind),
            dated=dated,
        )
        for pk, title, kind, dated, sha256 in rows
    }
    return tuple(by_document.values())[:DOCUMENTS]


def _properties(facts: Sequence[Fact]) -> set[str]:
    """Return what is known, by property, relation and what they imply."""
    known = {fact.property for fact in facts}
    for fact in facts:
        if fact.property == "participates_in" and fact.attributes.get("role") == "software":
            known.add("software")
        if fact.property == "participates_in" and fact.attributes.get("role") == "supplier":
            known.add("supplies")
    return known


def _last(facts: Iterable[Fact], name: str) -> Fact | None:
    own = [fact for fact in facts if fact.property == name]
    return max(own, key=_day, default=None)


def _day(fact: Fact) -> tuple[str, datetime, str]:
    day = fact.earliest or fact.latest
    return (day.isoformat() if day else "", fact.at, fact.id)

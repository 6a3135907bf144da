"""All that visitors may know of a territory, gathered with few questions to the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from contrechamp.census import published
from contrechamp.census.published import Fact, Record, Ref
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label
from contrechamp.places import queries as places
from contrechamp.web.domain.money import Payment, Sums, sums
from contrechamp.web.domain.questions import Question, open_questions

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

CARDS = 9
"""Projects shown in full on one page."""
NAMED = 24
"""Projects named on it, those in full included; the rest is one search away."""
CARDS_ABOVE, NAMED_ABOVE = 3, 12
CONTRACTS = 12
FEW_RECORDS = 300
"""Of a territory with more records, news is looked for among the newest of each kind."""
DOCUMENTS = 20
ACTS_SHOWN = 12
NEWS = 8
ACTS = ("authorising_act", "modifying_act", "refusing_act")
ON_CARDS = (
    *("stage", "summary", "uses_technology", "participates_in"),
    *("cameras_authorised", "cameras_count"),
)
"""What a card says of a project: it may have a thousand facts more."""
NOT_IN_LINES = ("object", "procedure", "reference", "duration_months", "contract_of")
"""What a line of the table of contracts does not say, of what every contract has."""
COUNTED = ("systems_authorised", "systems_modified", "systems_refused")
DAYS = ("notified_on", "signed_on", "published_on", "started_on")
"""Dates of a contract, the one that says best when the money was spent first."""
IMPLIED = {"software": "software", "supplier": "supplies"}
"""What is known when somebody has a role in a project."""
NEIGHBOURS = 8
"""Towns of similar size that a comparison shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCard:
    """A project in a few lines."""

    record: Ref
    stage: Fact | None
    summary: Fact | None
    technologies: tuple[Fact, ...]
    leaders: tuple[Fact, ...]
    cameras: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """A contract in a line of a table."""

    record: Ref
    buyers: tuple[Fact, ...]
    winners: tuple[Fact, ...]
    amounts: tuple[Fact, ...]
    day: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What applies here because of a territory that holds this one."""

    territory: Territory
    projects: tuple[ProjectCard, ...]
    others: tuple[Ref, ...]


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
    others: tuple[Ref, ...]
    """Projects that are only named."""
    project_count: int
    levels: tuple[Level, ...]
    cameras: Cameras | None
    counted: tuple[Fact, ...]
    contracts: tuple[ContractLine, ...]
    contract_count: int
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

    @property
    def has_more_projects(self) -> bool:
        """Say whether there are projects that this page does not even name."""
        return self.project_count > len(self.projects) + len(self.others)


def dossier(territory: Territory) -> Dossier:
    """Gather what is known of a territory and of what holds it.

    Read is what the page shows; the rest is counted, however much there is.
    """
    here = published.ids_within(territory.key)
    within = published.keys_within(territory.key)
    word = published.edition()
    own = {territory.key, *places.inside(territory.key).values_list("key", flat=True)}
    authority = _authority(territory)
    shown = published.newest_in(territory.key, "project", NAMED)
    bought = published.newest_in(territory.key, "contract", CONTRACTS)
    above_keys = places.holders(territory)
    above = published.newest_alone(above_keys, "project", NAMED_ABOVE, without=here)
    near = _near(territory, here, authority)
    in_full = [*shown[:CARDS], *(one for row in above.values() for one in row[:CARDS_ABOVE])]
    facts = published.facts_of_many((one.id for one in in_full), only=ON_CARDS)
    facts |= published.facts_of_many((one.id for one in bought), without=NOT_IN_LINES)
    told = published.facts_of_many(near, only=(*COUNTED, "administers"))
    of_here = [*(one.id for one in (*shown, *bought)), *near]
    every = _once(facts | told, of_here)
    acts, act_count = published.latest_facts(within, ACTS, ACTS_SHOWN)
    project_count = sum(key.startswith("prj-") for key in here)
    return Dossier(
        record_count=len(here | ({authority.id} if authority else set())),
        projects=tuple(_card(record, facts[record.id]) for record in shown[:CARDS]),
        others=tuple(shown[CARDS:]),
        project_count=project_count,
        levels=_levels(above_keys, places.territories(above_keys), above, facts),
        cameras=_cameras(territory, within, word),
        counted=tuple(fact for fact in every if fact.property in COUNTED),
        contracts=tuple(_contract(record, facts[record.id]) for record in bought),
        contract_count=sum(key.startswith("ctr-") for key in here),
        money=sums(_payments(published.keys_within(territory.key, "contract"))),
        authorities=_authorities(every, own, authority),
        roles=_roles(every, {record.id for record in shown[:CARDS]}),
        acts=tuple(acts),
        act_count=act_count,
        documents=()
        if territory.kind == "country"
        else _documents(own, _cited(territory, here, [*every, *acts]), word),
        questions=open_questions(
            _properties([one.id for one in shown], of_here),
            has_projects=project_count > 0,
        ),
        news=tuple(published.newest_facts(_newest_ids(territory, here, [*shown, *bought]), NEWS)),
    )


def _near(territory: Territory, here: set[str], authority: Record | None) -> list[str]:
    """Return the records of which other facts are wanted: of a town its places and who leads it.

    Of a region only its own: not those of all its towns.
    """
    is_town = territory.kind in ("commune", "arrondissement")
    among = here if is_town else published.ids_in([territory.key])
    found = {key for key in among if key.startswith(("act-", "plc-"))}
    return sorted(found | ({authority.id} if authority else set()))


def _authority(territory: Territory) -> Record | None:
    """Return the record that bears the official number of a territory."""
    return published.find_by_identifier("siren", territory.siren) if territory.siren else None


def _newest_ids(territory: Territory, here: set[str], newest: Iterable[Ref]) -> Collection[str]:
    """Return records among which the newest facts of a territory are: of many, the newest.

    `newest` are those of its projects and contracts.
    """
    if len(here) <= FEW_RECORDS:
        return published.keys_within(territory.key)
    others = (published.newest_in(territory.key, kind, NAMED) for kind in ("actor", "place"))
    return [one.id for row in (newest, *others) for one in row]


def feed_facts(territory: Territory, limit: int) -> list[Fact]:
    """Return the newest facts of a territory, for its feed."""
    here = published.ids_within(territory.key)
    kinds = ("project", "contract") if len(here) > FEW_RECORDS else ()
    newest = [one for kind in kinds for one in published.newest_in(territory.key, kind, NAMED)]
    return published.newest_facts(_newest_ids(territory, here, newest), limit)


def _levels(
    keys: Sequence[str],
    known: Mapping[str, Territory],
    above: Mapping[str, list[Ref]],
    facts: Mapping[str, list[Fact]],
) -> tuple[Level, ...]:
    return tuple(
        Level(
            territory=known[key],
            projects=tuple(_card(one, facts[one.id]) for one in above[key][:CARDS_ABOVE]),
            others=tuple(above[key][CARDS_ABOVE:]),
        )
        for key in keys
        if key in above and key in known
    )


def _once(facts: Mapping[str, list[Fact]], of: Iterable[str]) -> list[Fact]:
    """Return the facts of these records, each once, in the order found."""
    return list({f.id: f for key in of for f in facts.get(key, ())}.values())


def _card(record: Ref, facts: Sequence[Fact]) -> ProjectCard:
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


def _contract(record: Ref, facts: Sequence[Fact]) -> ContractLine:
    day = next((f for name in DAYS if (f := _last(facts, name))), None)
    return ContractLine(
        record=record,
        buyers=tuple(f for f in facts if f.property == "buyer_of"),
        winners=tuple(f for f in facts if f.property == "awarded_to"),
        amounts=tuple(f for f in facts if f.amount is not None),
        day=day or next((f for f in facts if f.earliest), None),
    )


def _payments(contracts: Iterable[str]) -> list[Payment]:
    """Return the amounts of contracts; one said twice of a contract is one amount."""
    found: list[Payment] = []
    seen: set[tuple[str, Decimal, str, str, str]] = set()
    lines = published.amounts_of(contracts)
    undated = {line.record for line in lines if line.year is None}
    years = published.last_years(undated, (*DAYS, "awarded_to"))
    for line in lines:
        key = (line.record, line.raw_amount, line.amount_kind, line.tax, line.currency)
        if key in seen:
            continue
        seen.add(key)
        found.append(
            Payment(
                amount=line.raw_amount,
                kind=line.amount_kind,
                tax=line.tax,
                currency=line.currency or "EUR",
                year=line.year or years.get(line.record),
            )
        )
    return found


def _cameras(territory: Territory, here: Collection[str], word: str) -> Cameras | None:
    """Add up the cameras authorised here, and put towns of similar size beside the sum."""
    lines = published.latest_numbers("cameras_authorised", of=here)
    used = sorted(lines, key=lambda one: (-one.value, one.name))
    if not used:
        return None
    total = int(sum(line.value for line in used))
    # Of a larger territory we know too few towns: a rate would be that of our gaps.
    is_town = territory.kind in ("commune", "arrondissement")
    rate = per_thousand(total, territory.population) if is_town else None
    similar = places.similar_towns(territory) if territory.kind == "commune" and rate else None
    outside = [line.value for line in published.latest_numbers("cameras_public_way", of=here)]
    cameras = Cameras(
        total=total,
        lines=tuple(used),
        per_thousand=rate,
        towns=(),
        on_public_way=int(sum(outside)) if outside else None,
    )
    if similar is None or rate is None:
        return cameras
    sums_ = _sums_by_territory(word)
    known = places.territories(sums_.keys() - {territory.key})
    towns = [(town, int(sums_[town.key])) for town in similar.among(known.values())]
    towns.sort(key=lambda pair: (_distance(pair[0], territory), pair[0].key))
    return replace(
        cameras,
        towns=_compared([(territory, total), *towns[:NEIGHBOURS]], territory),
        smallest=similar.smallest,
        largest=similar.largest,
    )


@lru_cache(maxsize=1)
def _sums_by_territory(word: str) -> dict[str, float]:
    """Add up the cameras authorised in each territory, once for each word of the public edition."""
    found: dict[str, float] = defaultdict(float)
    for line in published.latest_numbers("cameras_authorised"):
        for key in line.territories:
            found[key] += line.value
    return dict(found)


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


def per_thousand(cameras: int, population: int | None) -> Decimal | None:
    """Return cameras per 1,000 inhabitants, to a tenth; nothing where nobody lives."""
    if not population:
        return None
    return (Decimal(cameras) * 1000 / population).quantize(Decimal("0.1"))


def _authorities(facts: Sequence[Fact], own: set[str], bearer: Record | None) -> tuple[Record, ...]:
    """Return who administers the place: not, on the page of a region, all its towns."""
    keys = {
        fact.subject.id
        for fact in facts
        if fact.property == "administers" and fact.target and fact.target.territory in own
    }
    found = published.find_records(sorted(keys | ({bearer.id} if bearer else set())))
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.id)))


def _roles(facts: Sequence[Fact], projects: set[str]) -> tuple[Role, ...]:
    found = []
    for fact in facts:
        if fact.property == "participates_in" and fact.target and fact.target.id in projects:
            code = fact.attributes.get("role")
            words = published.attribute_text(fact.property, "role", code)[1] if code else fact.label
            found.append(Role(actor=fact.subject, fact=fact, project=fact.target, words=words))
    return tuple(sorted(found, key=lambda role: (role.actor.name.casefold(), role.project.name)))


@lru_cache(maxsize=1)
def _documents_by_place(word: str) -> dict[str, list[str]]:
    """Return which public documents name each territory, once for each word of the edition."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = documents.public().exclude(place_codes=[])
    for pk, codes in rows.values_list("pk", "place_codes"):
        for code in codes:
            found[code].append(pk)
    return dict(found)


def _cited(territory: Territory, here: set[str], facts: Sequence[Fact]) -> set[str]:
    """Return the documents that facts of this place rest on: of a large one, those shown."""
    if len(here) <= FEW_RECORDS:
        return published.documents_cited(published.keys_within(territory.key))
    return {proof.document for fact in facts for proof in fact.evidence if proof.document}


def _documents(own: set[str], cited: set[str], word: str) -> tuple[PublicDocument, ...]:
    named = _documents_by_place(word)
    keys = {pk for key in own for pk in named.get(key, ())}
    keys.update(documents.public_with(cited))
    # Two steps: joined, the database would read every version of every document to sort a few.
    latest = documents.public().filter(pk__in=keys).order_by("-dated_earliest", "title", "pk")
    first = list(latest.values_list("pk", flat=True)[: DOCUMENTS * 2])
    rows = (
        documents.public()
        .filter(pk__in=first, versions__file__area="OPEN")
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


def _properties(projects: Sequence[str], of_here: Sequence[str]) -> set[str]:
    """Return what is known, by property, relation and what they imply."""
    known = published.properties_among(of_here)
    if "participates_in" in known:
        roles = published.attributes_among(projects, "participates_in", "role")
        known |= {code for role, code in IMPLIED.items() if role in roles}
    return known


def _last(facts: Iterable[Fact], name: str) -> Fact | None:
    own = [fact for fact in facts if fact.property == name]
    return max(own, key=_day, default=None)


def _day(fact: Fact) -> tuple[str, datetime, str]:
    day = fact.earliest or fact.latest
    return (day.isoformat() if day else "", fact.at, fact.id)

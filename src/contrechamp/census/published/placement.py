"""Where public records are, and what they use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from contrechamp.census.domain import Reach
from contrechamp.census.models import Published, PublishedCount, PublishedFact, PublishedPlace

from .record_reads import find_records, parts
from .values import Record


def projects_without(relation: str, most: int) -> list[str]:
    """Return identifiers of projects that no published relation of this sort leads to, in order."""
    known = PublishedFact.objects.filter(property=relation, target__isnull=False)
    rows = Published.objects.filter(kind="project").exclude(pk__in=known.values("target"))
    return list(rows.order_by("entity").values_list("entity", flat=True)[:most])


def records_in(territory_keys: Iterable[str], kind: str | None = None) -> list[Record]:
    """Return the records of these territories: there, or administering them, by name."""
    found = find_records(sorted(ids_in(territory_keys, kind))).values()
    return sorted(found, key=lambda record: (record.name.casefold(), record.id))


def ids_in(territory_keys: Iterable[str], kind: str | None = None) -> set[str]:
    """Return the identifiers of what is in these very territories.

    The places themselves, what is located in them, who administers them, and what those
    commission or buy unless it is located elsewhere.
    """
    return _ids(territory_keys, kind, most=Reach.OWN)


def ids_within(territory_key: str, kind: str | None = None) -> set[str]:
    """Return the identifiers of what is in a territory, or in one that it holds."""
    return _ids([territory_key], kind, most=Reach.SEAT)


def keys_within(territory_key: str, *kinds: str) -> Collection[str]:
    """Return the same as a question inside of other questions: the database finds them itself.

    For a place with thousands of records, whose identifiers one would else send with each question.
    """
    rows = PublishedPlace.objects.filter(territory=territory_key, reach__lte=Reach.SEAT)
    return (rows.filter(kind__in=kinds) if kinds else rows).values_list("record", flat=True)


def _ids(territory_keys: Iterable[str], kind: str | None, *, most: Reach) -> set[str]:
    found: set[str] = set()
    for part in parts(territory_keys):
        rows = PublishedPlace.objects.filter(
            territory__in=part, reach__lte=most, **({"kind": kind} if kind else {})
        )
        found.update(rows.values_list("record", flat=True))
    return found


def places_of(entity_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the territories of each record, by the same rule as `ids_in`."""
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, list[str]] = {key: [] for key in wanted}
    for part in parts(wanted):
        rows = PublishedPlace.objects.filter(record__in=part, reach=Reach.OWN)
        for key, territory in rows.values_list("record", "territory"):
            found[key].append(territory)
    return {key: tuple(sorted(keys)) for key, keys in found.items()}


def counts_in(kind: str, territory_keys: Iterable[str] | None = None) -> dict[str, int]:
    """Return how many records of a kind each territory has, with those that it holds.

    Of all territories, or of these; one without any is left out. A record that is in two
    territories counts in each, and once in what holds both.
    """
    rows = PublishedCount.objects.filter(sort=f"in:{kind}")
    if territory_keys is not None:
        rows = rows.filter(key__in=list(territory_keys))
    return dict(rows.values_list("key", "number"))


def counts_by(kind: str, level: str) -> dict[str, int]:
    """Return the same for all territories of one level: `departement`, `region`."""
    rows = PublishedCount.objects.filter(
        sort=f"in:{kind}", key__gte=f"{level}:", key__lt=f"{level};"
    )
    return dict(rows.values_list("key", "number"))


def technologies_of(entity_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the technologies that each record uses, offers or makes; a technology is its own."""
    wanted = list(dict.fromkeys(entity_ids))
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts(wanted):
        rows = PublishedFact.objects.filter(subject__in=part, target__kind="technology")
        for key, target in rows.values_list("subject", "target"):
            found[key].add(target or "")
        own = Published.objects.filter(pk__in=part, kind="technology")
        for key in own.values_list("pk", flat=True):
            found[key].add(key)
    return {key: tuple(sorted(found[key])) for key in wanted}


# For maps and comparisons: a few questions, however many rows there are


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project as a map counts it."""

    id: str
    name: str = ""
    type: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many facts there are of each status."""
    territories: tuple[str, ...]
    technologies: tuple[str, ...]
    years: frozenset[int]
    """Of the dates that its facts begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """A number that a fact gives for a record, with where the record is."""

    claim: str
    record: str
    name: str
    value: float
    earliest: date | None
    at: datetime
    territories: tuple[str, ...]


def project_lines() -> list[ProjectLine]:
    """Return where every project is, what it uses and when, by identifier."""
    # Joined by the database and not asked for part by part: there may be 50,000.
    projects = Published.objects.filter(kind="project").order_by("entity")
    rows = list(projects.values_list("pk", "name", "type", "record__counts"))
    places: dict[str, list[str]] = defaultdict(list)
    there = PublishedPlace.objects.filter(kind="project", reach=Reach.OWN)
    for key, territory in there.values_list("record", "territory"):
        places[key].append(territory)
    technologies: dict[str, set[str]] = defaultdict(set)
    used = PublishedFact.objects.filter(subject__kind="project", target__kind="technology")
    for key, target in used.values_list("subject", "target"):
        technologies[key].add(target or "")
    years: dict[str, set[int]] = defaultdict(set)
    dated = PublishedFact.objects.filter(subject__kind="project", earliest__isnull=False)
    for key, day in dated.values_list("subject", "earliest"):
        if day is not None:
            years[key].add(day.year)
    return [
        ProjectLine(
            id=key,
            name=name,
            type=type_,
            counts=counts or {},
            territories=tuple(sorted(places[key])),
            technologies=tuple(sorted(technologies[key])),
            years=frozenset(years[key]),
        )
        for key, name, type_, counts in rows
    ]


def numbers(property_: str, *, of: Iterable[str] | None = None) -> list[NumberLine]:
    """Return every number of one property, with the territories of its record, by fact.

    Of all records, or of these.
    """
    facts = PublishedFact.objects.filter(property=property_)
    named = ("pk", "subject", "subject__name", "value", "earliest", "at")
    if of is None:
        rows = list(facts.order_by("claim").values_list(*named))
    else:
        rows = sorted(
            row for p in parts(of) for row in facts.filter(subject__in=p).values_list(*named)
        )
    places = places_of(row[1] for row in rows)
    return [
        NumberLine(
            claim=claim,
            record=record,
            name=name,
            value=value,
            earliest=earliest,
            at=at,
            territories=places[record],
        )
        for claim, record, name, value, earliest, at in rows
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]


def latest_numbers(property_: str, *, of: Iterable[str] | None = None) -> list[NumberLine]:
    """Return the most recent number of each record: what `numbers` returns, once for each."""
    held: dict[str, NumberLine] = {}
    for line in numbers(property_, of=of):
        other = held.get(line.record)
        if other is None or _when(line) > _when(other):
            held[line.record] = line
    return list(held.values())


def _when(line: NumberLine) -> tuple[str, datetime, str]:
    return (line.earliest.isoformat() if line.earliest else "", line.at, line.claim)

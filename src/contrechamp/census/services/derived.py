"""What pages would else have to count and gather: numbers, sources, places and counts.

These tables hold nothing that `Published` and `PublishedFact` do not say. They are written in the
same transaction, by `projection` alone, and by the same rules whether a fact comes alone or all
are written anew: so they are the same after years as after `rebuild_derived`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, models, transaction

from contrechamp.census.domain import Reach
from contrechamp.census.models import (
    Published,
    PublishedChange,
    PublishedCount,
    PublishedFact,
    PublishedNumber,
    PublishedPlace,
    PublishedSource,
)
from contrechamp.places import queries as places

from .rating import chunks
from .writing import insert_rows

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

PART = 900
VERSION = "3"
"""Raise it when a rule here changes: `contrechamp init` then writes all anew."""
PLACED_BY = ("located_in", "administers")
LED_BY = ("buyer_of", "participates_in")
LEADERS = {"commissioner", "operator"}
KINDS = {
    "prj": "project",
    "act": "actor",
    "tec": "technology",
    "plc": "place",
    "ctr": "contract",
}
"""Kinds of records by the prefix of their identifier, which is given once."""


@dataclass(slots=True)
class Follow:
    """What of the public tables changed, noted while it is written."""

    facts: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    placing: set[str] = field(default_factory=set)
    """Records whose own place may be another now: so may be that of what hangs on them."""
    led: set[str] = field(default_factory=set)
    """Records that somebody else leads now, or no longer."""
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    sources: list[PublishedSource] = field(default_factory=list)

    def fact(self, old: PublishedFact | None, new: PublishedFact | None) -> None:
        """Note that a fact came, changed or went."""
        for fact, sign in ((old, -1), (new, 1)):
            if fact is None:
                continue
            self.facts.add(fact.pk)
            self.tally["status", fact.status] += sign
            if fact.day:
                self.tally[f"time:{fact.property}", bounds_key(fact)] += sign
            if fact.target_id and fact.target_id.startswith("tec-"):
                self.tally[f"technology:{kind_of(fact.subject_id)}", fact.target_id] += sign
            if fact.property in PLACED_BY:
                self.placing.add(fact.subject_id)
            elif fact.property in LED_BY and fact.target_id:
                self.led.add(fact.target_id)
        if new is not None:
            self.sources += _sources(new)

    def record(self, key: str, old: Published | None, new: Published | None) -> None:
        """Note that a record came, changed or went."""
        self.records.add(key)
        for row, sign in ((old, -1), (new, 1)):
            if row is not None:
                for sort, value in _sorts(row):
                    self.tally[sort, value] += sign
        if old is None or new is None or old.territory != new.territory:
            self.placing.add(key)

    def settle(self) -> None:
        """Write the sources noted so far."""
        for part in chunks(sorted(self.facts), PART):
            PublishedSource.objects.filter(fact__in=part).delete()
        insert_rows(self.sources, chosen_keys=False)
        self.facts.clear()
        self.sources.clear()

    def write(self) -> None:
        """Bring the derived tables up to date with what was noted."""
        self.settle()
        for part in chunks(sorted(self.records), PART):
            PublishedNumber.objects.filter(record__in=part).delete()
            rows = Published.objects.filter(pk__in=part).only("entity", "record")
            insert_rows([one for row in rows for one in _numbers(row)], chosen_keys=False)
        for part in chunks(sorted(self._moved()), PART):
            place_records(part, self.tally)
        add_counts(self.tally)

    def _moved(self) -> set[str]:
        """Return every record whose places may have changed.

        A site moves what is at it, and an authority what it buys: two steps at most.
        """
        found, step = set(self.placing), self.placing
        for _ in range(2):
            step = _hanging_on(step) - found
            found |= step
        return found | self.led


def bounds_key(fact: PublishedFact) -> str:
    """Return the bounds of a dated fact as one word: `2021-01-01/2021-12-31/`."""
    bounds = (fact.earliest, fact.begun, fact.latest)
    return "/".join(day.isoformat() if day else "" for day in bounds)


def kind_of(record: str) -> str:
    """Return the kind of a record by its identifier."""
    return KINDS.get(record.partition("-")[0], "")


def _hanging_on(records: Collection[str]) -> set[str]:
    """Return what is placed by these records: at them, or led by them."""
    found: set[str] = set()
    for part in chunks(sorted(records), PART):
        placed = PublishedFact.objects.filter(target__in=part, property__in=PLACED_BY)
        found.update(placed.values_list("subject", flat=True))
        led = PublishedFact.objects.filter(subject__in=part, property__in=LED_BY)
        found.update(key for key in led.values_list("target", flat=True) if key)
    return found


def _sorts(row: Published) -> Iterable[tuple[str, str]]:
    sign = row.folded[:1]
    yield "kind", row.kind
    yield f"type:{row.kind}", row.type
    yield f"letter:{row.kind}", sign if sign.isalpha() else "0"


def _sources(fact: PublishedFact) -> Iterable[PublishedSource]:
    said = {
        (document, each.get("quote", ""))
        for each in fact.data["evidence"]
        for document in (each.get("document"), each.get("archived"))
        if document
    }
    for document, quote in sorted(said):
        yield PublishedSource(fact=fact.pk, document=document, quote=quote)


def _numbers(row: Published) -> Iterable[PublishedNumber]:
    for each in row.record["identifiers"]:
        yield PublishedNumber(record=row.pk, scheme=each["scheme"], value=each["value"])


def add_counts(tally: Counter[tuple[str, str]]) -> None:
    """Add to the counts; one that falls to nothing goes."""
    table = connection.ops.quote_name(PublishedCount._meta.db_table)
    statement = (
        f"INSERT INTO {table} (sort, key, number) VALUES (%s, %s, %s) "  # noqa: S608
        f"ON CONFLICT (sort, key) DO UPDATE SET number = {table}.number + excluded.number"
    )
    rows = [(sort, key, number) for (sort, key), number in sorted(tally.items()) if number]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        PublishedCount.objects.filter(number=0).delete()


# Places


def place_records(ids: Sequence[str], tally: Counter[tuple[str, str]]) -> None:
    """Write anew in which territories these records are, and note what this does to counts."""
    own = _own_places(ids)
    known = places.territories({key for keys in own.values() for key in keys})
    there = PublishedPlace.objects.filter(record__in=ids)
    rows: list[PublishedPlace] = []
    for kind, territory in there.filter(reach__lte=Reach.HELD).values_list("kind", "territory"):
        tally[f"in:{kind}", territory] -= 1
    there.delete()
    for record, keys in own.items():
        reach: dict[str, Reach] = {}
        for key in keys:
            held = dict.fromkeys(places.holders(known[key]), Reach.HELD) if key in known else {}
            seat = dict.fromkeys(_seats(known[key]), Reach.SEAT) if key in known else {}
            for above, how in (*seat.items(), *held.items(), (key, Reach.OWN)):
                reach[above] = min(how, reach.get(above, how))
        rows += [
            PublishedPlace(record=record, kind=kind_of(record), territory=key, reach=how.value)
            for key, how in sorted(reach.items())
        ]
    for row in rows:
        if row.reach <= Reach.HELD:
            tally[f"in:{row.kind}", row.territory] += 1
    insert_rows(rows, chosen_keys=False)


def _seats(territory: Territory) -> tuple[str, ...]:
    if territory.kind == "epci" and territory.departement:
        return (f"departement:{territory.departement}",)
    return ()


def _own_places(ids: Sequence[str]) -> dict[str, set[str]]:
    """Return the territories of each record that is public: its own, or where it is, or its leader.

    A place has its territory; the rest is where it is located or what it administers, through a
    site if need be; what is located nowhere is where those are who buy or commission it.
    """
    found: dict[str, set[str]] = {}
    for key, territory in Published.objects.filter(pk__in=ids).values_list("pk", "territory"):
        found[key] = {territory} - {""}
    for key, territories in _placed(sorted(found)).items():
        found[key] |= territories
    _led([key for key in sorted(found) if not found[key]], found)
    return found


def _placed(ids: Sequence[str]) -> dict[str, set[str]]:
    """Return where records are located or what they administer, through a site if need be."""
    found: dict[str, set[str]] = defaultdict(set)
    sites: dict[str, set[str]] = defaultdict(set)
    rows = PublishedFact.objects.filter(property__in=PLACED_BY, subject__in=ids)
    for key, target, territory in rows.values_list("subject", "target", "target__territory"):
        if territory:
            found[key].add(territory)
        elif target:
            sites[target].add(key)
    for part in chunks(sorted(sites), PART):
        inner = PublishedFact.objects.filter(property="located_in", subject__in=part)
        for site, territory in inner.values_list("subject", "target__territory"):
            for key in sites[site]:
                found[key] |= {territory or ""} - {""}
    return found


def _led(homeless: Sequence[str], found: dict[str, set[str]]) -> None:
    """Give what is located nowhere the territories of who buys or commissions it."""
    led: dict[str, set[str]] = defaultdict(set)
    facts = PublishedFact.objects.filter(target__in=homeless, property__in=LED_BY)
    for actor, target, code, data in facts.values_list("subject", "target", "property", "data"):
        if code == "buyer_of" or data["attributes"].get("role") in LEADERS:
            led[actor].add(target or "")
    for part in chunks(sorted(led), PART):
        rows = PublishedFact.objects.filter(property="administers", subject__in=part)
        own = Published.objects.filter(pk__in=part)
        for actor, territory in (
            *rows.values_list("subject", "target__territory"),
            *own.values_list("pk", "territory"),
        ):
            for key in led[actor]:
                found[key] |= {territory or ""} - {""}


# All anew

MADE = "made"
"""The sort of the row that says by which rules the tables were written."""
TABLES: tuple[type[models.Model], ...] = (
    PublishedNumber,
    PublishedSource,
    PublishedPlace,
    PublishedCount,
)


def clear_derived() -> None:
    """Empty the derived tables."""
    for model in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def is_derived() -> bool:
    """Answer whether the tables were written by the rules of today, or nothing is public."""
    made = PublishedCount.objects.filter(sort=MADE, key=VERSION).exists()
    return made or not Published.objects.exists()


def mark_derived() -> None:
    """Remember by which rules the tables were written."""
    PublishedCount.objects.get_or_create(sort=MADE, key=VERSION, defaults={"number": 1})


@transaction.atomic
def rebuild_derived() -> None:
    """Write the derived tables anew from the public ones, a part at a time."""
    clear_derived()
    follow = Follow()
    for fact in PublishedFact.objects.order_by("pk").iterator(chunk_size=PART):
        follow.fact(None, fact)
        if len(follow.sources) >= PART:
            follow.settle()
    follow.settle()
    numbers: list[PublishedNumber] = []
    keys = []
    for row in Published.objects.order_by("pk").iterator(chunk_size=PART):
        follow.record(row.pk, None, row)
        keys.append(row.pk)
        numbers += _numbers(row)
    insert_rows(numbers, chosen_keys=False)
    for part in chunks(keys, PART):
        place_records(part, follow.tally)
    add_counts(follow.tally)
    mark_derived()
    _measure()


def _measure() -> None:
    """Tell the database how its rows are spread: else it guesses, and reads whole tables."""
    with connection.cursor() as cursor:
        models_: tuple[type[models.Model], ...] = (
            *TABLES,
            Published,
            PublishedFact,
            PublishedChange,
        )
        for model in models_:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")

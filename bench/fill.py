"""Fill a folder with a large observatory, for measuring: everything in it is invented.

    python -m bench.fill FOLDER [--entities 100000] [--claims 1000000] [--seed 1] [--public-only]

Writes what years of work would have written, in bulk: records, claims and sources in the working
tables, and beside them exactly what `services.projection` makes of these (a test fills a small
one, rebuilds, and compares). `--public-only` leaves the working tables out: half the time and
half the disk, enough for whatever measures what visitors get. The search index and the places of
the graph are derived: make them with `contrechamp rebuild index` and `rebuild layout`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.documents_made import Passage, Shelf
    from bench.invent import Made, Said, World
    from contrechamp.accounts.models import User
    from contrechamp.census.models import Claim, Entity, Evidence, EvidenceCheck, PublishedFact

BATCH = 4_000
BEGIN = datetime(2023, 1, 2, 8, tzinfo=UTC)
DAYS = 1_000
"""Over how many days the sittings are spread in which all was published."""


def main() -> int:
    """Fill the folder, and say how much there is."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--entities", type=int, default=100_000)
    asked.add_argument("--claims", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--public-only", action="store_true")
    given = asked.parse_args()
    if given.entities < 100 or given.claims < 1:
        asked.error("at least 100 records and one claim")
    if (given.folder / "contrechamp.sqlite3").exists():
        asked.error(f"{given.folder} holds an observatory already")
    os.environ["CONTRECHAMP_DATA"] = str(given.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    import django

    django.setup()
    from contrechamp.accounts.models import User
    from contrechamp.cli.commands import demo, init

    init.command.callback()  # type: ignore[misc]
    demo.open_accounts()
    author, reviewer = (User.objects.get(username=name) for name in ("marianne", "amina"))
    started = monotonic()
    _hurry()
    filled = fill(
        entities=given.entities,
        claims=given.claims,
        seed=given.seed,
        author=author,
        reviewer=reviewer,
        working=not given.public_only,
        progress=lambda done: print(f"\r{done:>9} facts", end="", file=sys.stderr, flush=True),
    )
    _settle()
    print(f"\r{filled}, in {monotonic() - started:.0f} s: {given.folder}")
    return 0


def _hurry() -> None:
    """Write without waiting for the disk: a fill that is cut is thrown away."""
    from django.db import connection

    with connection.cursor() as cursor:
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-2000000"):
            cursor.execute(f"PRAGMA {pragma}")


def _settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA journal_mode=WAL")


@dataclass(slots=True)
class Filled:
    """How much was written."""

    records: int
    facts: int
    documents: int

    def __str__(self) -> str:
        return f"{self.records} records, {self.facts} facts, {self.documents} documents"


def fill(
    *,
    entities: int,
    claims: int,
    seed: int,
    author: User,
    reviewer: User,
    working: bool = True,
    progress: Any = lambda done: None,
) -> Filled:
    """Write an invented observatory into empty tables."""
    from django.db import transaction

    from bench.documents_made import Shelf
    from bench.invent import World
    from contrechamp.census.services import note_edition, rebuild_derived
    from contrechamp.graph.services import note_change

    world = World(entities=entities, claims=claims, seed=seed)
    shelf = Shelf(world, count=max(entities // 25, 3), by=author, at=BEGIN)
    filling = _Filling(world, shelf, author, reviewer, working=working)
    with transaction.atomic():
        shelf.write()
        filling.write(progress)
        rebuild_derived()
        note_edition(["census:"])
        note_change()
    return Filled(len(filling.dates), filling.facts, len(shelf.hashes))


@dataclass(slots=True)
class _Dates:
    """When a record was published: by the history of both ends, and of what is said of it."""

    first: int
    own: set[int] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


class _Filling:
    """One fill: claims flow through it in batches, records are written last."""

    def __init__(
        self, world: World, shelf: Shelf, author: User, reviewer: User, *, working: bool
    ) -> None:
        self.world, self.shelf, self.working = world, shelf, working
        self.author, self.reviewer = author, reviewer
        self.dates: dict[str, _Dates] = {}
        self.facts = 0
        step = timedelta(days=DAYS) / world.sessions
        self.times = [BEGIN + step * n for n in range(world.sessions)]

    def write(self, progress: Any) -> None:
        rows: dict[type, list[Any]] = defaultdict(list)
        records = {one.id: one for one in (*self.world.technologies, *self.world.records())}
        if self.working:
            self._working_records(list(records.values()))
        for said in self.world.said():
            self._claim(said, rows)
            self.facts += 1
            if self.facts % BATCH == 0:
                _flush(rows)
                progress(self.facts)
        _flush(rows)
        self._published_records(records)

    # Facts

    def _claim(self, said: Said, rows: dict[type, list[Any]]) -> None:
        from contrechamp.census.models import Claim, Evidence, EvidenceCheck, PublishedFact
        from contrechamp.census.services.projection import fact_from

        at = self.times[said.session]
        evidence, checks = self._sources(at)
        claim = self._claim_row(said, at)
        for each in evidence:
            each.claim_id = claim.pk
        fact = fact_from(claim, claim.target_id, evidence, checks)
        if fact is None:
            raise RuntimeError(f"not publishable: {said}")
        fact.first_at = fact.at = at
        claim.status = fact.status
        rows[PublishedFact].append(fact)
        self._count(fact, said.session)
        self._news(said, fact, at, rows)
        if self.working:
            rows[Claim].append(claim)
            rows[Evidence] += evidence
            rows[EvidenceCheck] += [check for row in checks.values() for check in row]

    def _claim_row(self, said: Said, at: datetime) -> Claim:
        from contrechamp.census.models import Claim, State
        from contrechamp.census.services.review import snapshot

        first, last = _bounds(said.from_text), _bounds(said.to_text)
        claim = Claim(
            id=self.world.new_id("rel" if said.target else "clm"),
            subject_id=said.subject.id,
            property=said.property,
            value=said.value,
            target_id=said.target.id if said.target else None,
            attributes=said.attributes,
            from_text=said.from_text,
            from_earliest=first[0],
            from_latest=first[1],
            to_text=said.to_text,
            to_earliest=last[0],
            to_latest=last[1],
            amount=Decimal(said.amount) if said.amount else None,
            currency="EUR" if said.amount else "",
            tax="excl" if said.amount else "",
            amount_kind=said.amount_kind,
            state=State.PUBLISHED,
            published_as_alleged=True,
            made_by=self.author,
            made_at=at,
            submitted_at=at,
            reviewed_by=self.reviewer,
        )
        claim.published_as = snapshot(claim, self.reviewer, False, "")
        return claim

    def _sources(self, at: datetime) -> tuple[list[Evidence], dict[str, list[EvidenceCheck]]]:
        """Return what a claim rests on: mostly one address, act of a register or passage."""
        from contrechamp.census.models import EvidenceCheck

        chance = self.world.chance
        kind = chance.choices(("url", "register", "document", "reference"), (35, 25, 28, 12))[0]
        found = [self._source(kind, at)]
        if kind == "reference" and chance.random() < 0.6:
            found.append(self._source(kind, at))
        if chance.random() < 0.01:
            found.append(self._source("register", at, stance="CONTRADICTS"))
        found.sort(key=lambda each: each.pk)
        checks: dict[str, list[EvidenceCheck]] = {}
        if kind == "document" and chance.random() < 0.2:
            read = EvidenceCheck(evidence=found[0], by=self.reviewer, at=at, verdict="CONFIRMS")
            checks[found[0].pk] = [read]
        return found, checks

    def _source(self, kind: str, at: datetime, stance: str = "SUPPORTS") -> Evidence:
        from contrechamp.census.models import Evidence

        world, chance = self.world, self.world.chance
        more: dict[str, Any]
        if kind == "url":
            number = chance.randrange(world.claims)
            more = {
                "url": f"https://presse-{number % 300}.example/article/{number}",
                "publisher": chance.choice(_publishers()),
                "retrieved_on": at.date(),
            }
        elif kind == "register":
            code = chance.choice(("decp", "raa", "boamp"))
            more = {"register": code, "record_id": f"{chance.randrange(10**8):08d}"}
        elif kind == "reference":
            more = {
                "publication": f"{chance.choice(_publishers())}, n° {chance.randint(1, 999)}",
                "publisher": chance.choice(_publishers()),
                "dated_text": str(at.year),
            }
        else:
            passage: Passage = self.shelf.draw(chance)
            more = {
                "document": passage.document,
                "page": passage.page,
                "quote": passage.quote,
                "quote_text": passage.text,
            }
        return Evidence(
            id=world.new_id("evd"),
            stance=stance,
            kind=kind,
            is_public=True,
            added_by=self.author,
            added_at=at,
            **more,
        )

    def _count(self, fact: PublishedFact, session: int) -> None:
        for end in (fact.subject_id, fact.target_id):
            if end:
                dates = self.dates.setdefault(end, _Dates(session))
                dates.first = min(dates.first, session)
                dates.counts[fact.status] += 1
        self.dates[fact.subject_id].own.add(session)

    def _news(
        self, said: Said, fact: PublishedFact, at: datetime, rows: dict[type, list[Any]]
    ) -> None:
        from contrechamp.census.models import PublishedChange
        from contrechamp.census.services.projection import fact_note, fact_title

        rows[PublishedChange].append(
            PublishedChange(
                entity=fact.subject_id,
                claim=fact.claim,
                at=at,
                what="published",
                by=self.reviewer.get_username(),
                title=fact_title(fact, said.subject.name, said.target.name if said.target else ""),
                before=None,
                after=fact_note(fact),
            )
        )

    # Records

    def _working_records(self, records: Sequence[Made]) -> None:
        from contrechamp.census.models import Identifier, Name
        from contrechamp.census.services.writing import insert_rows
        from contrechamp.kernel.names import fold

        for part in _parts(records, BATCH):
            insert_rows([self._entity(one) for one in part])
            insert_rows(
                [
                    Name(entity_id=one.id, text=text, lang=lang, role=role, folded=fold(text)[:300])
                    for one in part
                    for text, lang, role in _names(one)
                ],
                chosen_keys=False,
            )
            insert_rows(
                [
                    Identifier(entity_id=one.id, scheme=scheme, value=value)
                    for one in part
                    for scheme, value in one.numbers
                ],
                chosen_keys=False,
            )

    def _entity(self, one: Made) -> Entity:
        from contrechamp.census.models import Entity, State

        return Entity(
            id=one.id,
            kind=one.kind,
            type=one.type,
            name=one.name,
            state=State.PUBLISHED,
            territory=one.territory,
            keys=one.keys,
            published_as={
                "kind": one.kind,
                "type": one.type,
                "name": one.name,
                "names": [{"text": t, "lang": g, "role": r} for t, g, r in _names(one)],
                "identifiers": [{"scheme": s, "value": v} for s, v in sorted(one.numbers)],
                "territory": one.territory,
                "keys": one.keys,
                "alone": False,
            },
            made_by=self.author,
            made_at=BEGIN,
        )

    def _published_records(self, records: dict[str, Made]) -> None:
        from contrechamp.census.models import PublishedChange
        from contrechamp.census.services.projection import (
            counted,
            record_from,
            record_note,
        )
        from contrechamp.census.services.writing import insert_rows

        for part in _parts(sorted(self.dates), BATCH):
            rows, notes = [], []
            for key in part:
                dates = self.dates[key]
                row = record_from(self._entity(records[key]), counted(dates.counts), [])
                said = dates.own | {dates.first}
                row.version, row.first_at = len(said), self.times[dates.first]
                row.at = self.times[max(said)]
                rows.append(row)
                notes.append(
                    PublishedChange(
                        entity=key,
                        at=row.first_at,
                        what="published",
                        by=self.reviewer.get_username(),
                        title=row.name,
                        before=None,
                        after=record_note(row),
                    )
                )
            insert_rows(rows)
            insert_rows(notes, chosen_keys=False)


@lru_cache(maxsize=10_000)
def _bounds(text: str) -> tuple[date | None, date | None]:
    from contrechamp.kernel import uncertain

    when = uncertain.parse(text)
    return when.earliest, when.latest


@lru_cache(maxsize=1)
def _publishers() -> tuple[str, ...]:
    from bench.invent import PUBLISHERS

    return PUBLISHERS


def _names(one: Made) -> list[tuple[str, str, str]]:
    """Return the names of a record in the order of its snapshot: role, then folded text."""
    from contrechamp.kernel.names import fold

    rows = [(name, "", "ALIAS") for name in dict.fromkeys(one.aliases) if name != one.name]
    rows.sort(key=lambda row: (fold(row[0])[:300], row[0]))
    return [*rows, (one.name, "", "MAIN")]


def _flush(rows: dict[type, list[Any]]) -> None:
    from contrechamp.census.models import Claim, Evidence, PublishedFact
    from contrechamp.census.services.writing import insert_rows

    for model in (Claim, Evidence, PublishedFact):
        insert_rows(rows.pop(model, []))
    for rest in rows.values():
        insert_rows(rest, chosen_keys=False)
    rows.clear()


def _parts(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


if __name__ == "__main__":
    sys.exit(main())

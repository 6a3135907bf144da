"""One act on the census: its rows, its history and what visitors get of it, written together.

Every verb writes through a `Recorder`, so that no change is without author, reason and lines. A
verb called inside `recording(...)` joins that act: an import of thousands of rows is one
`Change`, written in bulk, and its claims are rated and projected once at the end.

    with recording(actor=user, now=now, verb="import", run=run) as act:
        for row in rows:
            entity = add_entity(kind="actor", …, actor=user, now=now)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from contrechamp.census.models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    Identifier,
    ImportRun,
    Name,
)

from .projection import refresh
from .rating import rate, rate_claims
from .writing import insert_rows, update_rows

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

ORDER: tuple[type[models.Model], ...] = (Entity, Name, Identifier, Claim, Evidence, EvidenceCheck)
TABLES = {model._meta.model_name or "": model for model in ORDER}
"""Tables with a history, by the name that their lines carry."""
HIDDEN = {"published_as", "version", "authors", "folded", "status"}
"""Fields that follow from others, or only serve the house: no line of history."""
FULL = 5_000
"""Rows held before they are written: enough to be quick, few enough for memory."""

_current: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


class Recorder:
    """Gathers the rows of one act and writes them in bulk."""

    def __init__(
        self, *, actor: User, now: datetime, verb: str, reason: str, run: ImportRun | None
    ) -> None:
        self.actor, self.now, self.run = actor, now, run
        self.change = Change(at=now, by=actor, verb=verb, reason=reason, run=run)
        self.told: list[Claim] = []
        """Withdrawn claims of which the public history says so."""
        self.numbers: dict[tuple[str, str], Entity] = {}
        """Identifiers added in this act, perhaps not written yet."""
        self.places: dict[str, Entity] = {}
        self.names: set[tuple[str, str, str, str]] = set()
        self.sources: dict[tuple[str, str], Evidence] = {}
        self._bumped: dict[str, int] = {}
        self._new: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._fresh: set[tuple[type[models.Model], Any]] = set()
        self._dirty: dict[tuple[type[models.Model], Any], tuple[Any, set[str]]] = {}
        self._lines: list[ChangeLine] = []
        self._held = 0
        self._is_saved = False
        self._rated: dict[str, Claim] = {}
        self.shown_claims: set[str] = set()
        self.shown_entities: set[str] = set()

    def add(self, row: models.Model) -> None:
        """Write a new row at the next flush."""
        self._new[type(row)].append(row)
        if row.pk is not None:
            self._fresh.add((type(row), row.pk))
        self._held += 1
        if self._held >= FULL:
            self.flush()

    def is_new(self, row: models.Model) -> bool:
        """Answer whether the row was never written and has no key yet."""
        return row.pk is None

    def is_fresh(self, row: models.Model) -> bool:
        """Answer whether the row waits to be written for the first time."""
        return (type(row), row.pk) in self._fresh

    def change_row(self, row: models.Model, **fields: Any) -> bool:
        """Set fields of a row and note what they were. Answer whether any is different."""
        changed = {n: v for n, v in fields.items() if plain_field(row, n) != _plain(v)}
        if not changed:
            return False
        for name, value in changed.items():
            if name in HIDDEN or self.is_fresh(row):
                setattr(row, name, value)
                continue
            line = self._line(row, name, plain_field(row, name), _plain(value))
            self._lines.append(line)
            setattr(row, name, value)
            if (owner := _owner(row)) != line.entity:  # What moves is in the history of both.
                self.note(owner, line.table, line.row, name, line.before, line.after)
        if self.is_fresh(row):
            return True
        self._names_of(row).update(changed)
        self.bump(row)
        return True

    def bump(self, row: models.Model) -> None:
        """Raise the version of a record or claim, once in an act."""
        if not isinstance(row, Entity | Claim) or self.is_fresh(row):
            return
        if row.pk in self._bumped:  # Perhaps by another copy of the row.
            row.version = self._bumped[row.pk]
            return
        row.version += 1
        self._bumped[row.pk] = row.version
        self._names_of(row).add("version")

    def _names_of(self, row: models.Model) -> set[str]:
        """Return the names of the fields to write of a row."""
        self._held += 1
        known, names = self._dirty.setdefault((type(row), row.pk), (row, set()))
        if known is not row:  # Another copy: each writes what was changed on it, in turn.
            update_rows([(known, names)])
            names = set()
            self._dirty[type(row), row.pk] = (row, names)
        return names

    def note(self, entity: str, table: str, row: str, field: str, before: Any, after: Any) -> None:
        """Add a line to the history of what has its table elsewhere."""
        self._lines.append(
            ChangeLine(
                change=self.change,
                entity=entity,
                table=table,
                row=row,
                field=field,
                before=before,
                after=after,
            )
        )

    def remove(self, row: models.Model) -> None:
        """Delete a row. Its last state stays in the history."""
        self.flush()
        self._lines.append(self._line(row, "-", image(row), None))
        row.delete()

    def rate(self, claim: Claim) -> None:
        """Have the claim's status computed anew from its evidence, at the end of the act."""
        self._rated[claim.pk] = claim

    def show(self, *, claims: Iterable[str] = (), entities: Iterable[str] = ()) -> None:
        """Have what visitors get of these computed anew at the end of the act."""
        self.shown_claims.update(claims)
        self.shown_entities.update(entities)

    def flush(self) -> None:
        """Write what is held."""
        if not (self._held or self._lines):
            return
        self.ensure_change()
        self._rate_fresh()
        for model in ORDER:
            rows = self._new.pop(model, [])
            if isinstance(model._meta.pk, models.AutoField):
                model._default_manager.bulk_create(rows, batch_size=1_000)
            else:
                insert_rows(rows)
            self._lines += [self._line(row, "+", None, image(row)) for row in rows]
        update_rows(self._dirty.values())
        insert_rows(self._lines, chosen_keys=False)
        self._fresh.clear()
        self._dirty.clear()
        self._lines.clear()
        self._held = 0

    def ensure_change(self) -> None:
        """Write the act itself, for rows that refer to it."""
        if not self._is_saved:
            self.change.save(force_insert=True)
            self._is_saved = True

    def finish(self) -> None:
        """Write everything, rate the claims and refresh what visitors get."""
        self.flush()
        self._rate_written()
        self.flush()
        if self.shown_claims or self.shown_entities:
            refresh(
                claims=self.shown_claims,
                entities=self.shown_entities,
                now=self.now,
                by=self.actor.get_username(),
                reason=self.change.reason,
                told=self.told,
            )

    def _line(self, row: models.Model, field: str, before: Any, after: Any) -> ChangeLine:
        return ChangeLine(
            change=self.change,
            entity=_owner(row),
            table=type(row)._meta.model_name or "",
            row=str(row.pk),
            field=field,
            before=before,
            after=after,
        )

    def _rate_fresh(self) -> None:
        """Rate the claims that are not written yet by the evidence that waits beside them."""
        waiting: dict[str, list[Evidence]] = defaultdict(list)
        for evidence in self._new.get(Evidence, []):
            waiting[evidence.claim_id].append(evidence)
        for key, claim in list(self._rated.items()):
            if self.is_fresh(claim):
                claim.status = rate(waiting[key], {})
                del self._rated[key]

    def _rate_written(self) -> None:
        if self._rated:
            rate_claims(self._rated)
            self._rated.clear()


@contextmanager
def recording(
    *,
    actor: User,
    now: datetime,
    verb: str,
    reason: str = "",
    run: ImportRun | None = None,
) -> Iterator[Recorder]:
    """Open an act, or join the one that is open. All of it is written, or nothing is."""
    if (outer := _current.get()) is not None:
        yield outer
        return
    with transaction.atomic():
        recorder = Recorder(actor=actor, now=now, verb=verb, reason=reason, run=run)
        token = _current.set(recorder)
        try:
            yield recorder
            recorder.finish()
        finally:
            _current.reset(token)


def image(row: models.Model) -> dict[str, Any]:
    """Return a row as plain values, without what is empty or follows from other fields."""
    values = {f.name: plain_field(row, f.name) for f in row._meta.concrete_fields}
    return {n: v for n, v in values.items() if n not in HIDDEN and v not in (None, "", {}, [])}


def plain_field(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    return _plain(getattr(row, getattr(field, "attname", name)))


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Choices):
        return value.value
    return value


def _owner(row: models.Model) -> str:
    """Return the entity on whose history page a row stands."""
    if isinstance(row, Entity):
        return row.pk
    if isinstance(row, Name | Identifier):
        return row.entity_id
    if isinstance(row, Claim):
        return row.subject_id
    evidence = row.evidence if isinstance(row, EvidenceCheck) else row
    assert isinstance(evidence, Evidence)  # noqa: S101  the tables of ORDER end here
    return evidence.claim.subject_id


def authors_with(authors: Sequence[int], actor: User) -> list[int]:
    """Return the authors of what is not reviewed yet, with one more."""
    return sorted({*authors, actor.pk})

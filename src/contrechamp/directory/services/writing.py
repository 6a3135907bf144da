"""Writing lines of a list: bodies, names, addresses and keys, many at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contrechamp.directory.domain.identity import Known, said_of
from contrechamp.directory.domain.kinds import AddressKind, BodyKind
from contrechamp.directory.domain.lines import Line
from contrechamp.directory.domain.mailboxes import domain_of
from contrechamp.directory.domain.officers import needs_officer
from contrechamp.directory.domain.places import town_hall
from contrechamp.directory.models import Address, Body, BodyName, ExternalKey
from contrechamp.kernel.names import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Lines of one list with the bodies they are about, and their digests."""

    layout: str
    source: str
    seen_on: date
    now: datetime
    lines: list[tuple[Line, Known, str]]

    def origin(self, line: Line) -> str:
        """Return what addresses of a line carry, to be found again when it changes."""
        return f"{self.layout}:{line.key}"[:300]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many bodies are new, lines joined to a body, lines that changed."""

    added: int
    joined: int
    changed: int


def write(batch: Batch, identities: dict[str, str]) -> Written:
    """Write a batch; `identities` maps what is there to bodies, and learns what is new."""
    keys = {
        row.key: row
        for row in ExternalKey.objects.filter(
            layout=batch.layout, key__in=[line.key for line, _, _ in batch.lines]
        )
    }
    bodies: dict[str, Body] = {}
    owner: dict[str, str] = {}
    for line, known, _ in batch.lines:
        # A key that is known keeps its body, whatever its line says of the place now.
        pk = keys[line.key].body_id if line.key in keys else identities.get(known.identity)
        if pk is None:
            body = _body(line, known, batch.now)
            bodies[body.pk] = body
            identities[known.identity] = pk = body.pk
        owner[line.key] = pk
    Body.objects.bulk_create(bodies.values(), batch_size=500)
    BodyName.objects.bulk_create(
        _names(batch, owner, bodies), ignore_conflicts=True, batch_size=500
    )
    _write_addresses(batch, owner, changed=set(keys))
    _write_keys(batch, owner, keys)
    changed = sum(line.key in keys for line, _, _ in batch.lines)
    added = len(bodies)
    return Written(added=added, joined=len(batch.lines) - added - changed, changed=changed)


def _body(line: Line, known: Known, now: datetime) -> Body:
    place = known.place
    is_its = place is not None and place.key == known.identity
    own = place.name if place and is_its else line.own
    name = town_hall(own) if line.kind == BodyKind.COMMUNE else line.name
    return Body(
        name=name[:255],
        folded=fold(own)[:255],
        said=said_of(name),
        kind=line.kind,
        identity=known.identity,
        siren=known.siren,
        insee=known.insee,
        territory=place.key if place else "",
        departement=(place.departement if place else "") or known.departement,
        website=line.website,
        needs_access_officer=needs_officer(line.kind, population=known.population),
        made_at=now,
        changed_at=now,
    )


def _names(batch: Batch, owner: dict[str, str], bodies: dict[str, Body]) -> Iterator[BodyName]:
    for line, known, _ in batch.lines:
        pk = owner[line.key]
        folds: set[str] = set()
        for name in _said(line, known, bodies.get(pk)):
            folded = fold(name)[:255]
            if folded and folded not in folds:
                folds.add(folded)
                yield BodyName(body_id=pk, name=name[:255], folded=folded)


def _said(line: Line, known: Known, body: Body | None) -> Iterator[str]:
    """Yield the names that a line gives its body: for a commune without "Mairie", for all know it.

    What comes after the type too: `Pays de Gex` of `Communauté de communes - Pays de Gex`.
    """
    yield line.own
    if line.kind == BodyKind.COMMUNE:
        if known.place:
            yield known.place.name
        return
    yield line.name
    yield line.name.partition(" - ")[2]
    if body:
        yield body.name


def _write_addresses(batch: Batch, owner: dict[str, str], *, changed: set[str]) -> None:
    wanted = {
        (row.body_id, row.kind, row.value): row
        for line, known, _ in batch.lines
        for row in _addresses(batch, line, known, owner[line.key])
    }
    if changed:
        _supersede(batch, set(wanted), changed)
    Address.objects.bulk_create(wanted.values(), ignore_conflicts=True, batch_size=500)


def _supersede(batch: Batch, wanted: set[tuple[str, str, str]], changed: set[str]) -> None:
    """Set aside what changed lines gave before and give no more."""
    origins = [batch.origin(line) for line, _, _ in batch.lines if line.key in changed]
    given = Address.objects.filter(origin__in=origins)
    rows = list(given.values_list("pk", "superseded_at", "body_id", "kind", "value"))
    gone = [pk for pk, ended, *at in rows if not ended and tuple(at) not in wanted]
    back = [pk for pk, ended, *at in rows if ended and tuple(at) in wanted]
    Address.objects.filter(pk__in=gone).update(superseded_at=batch.now)
    Address.objects.filter(pk__in=back).update(superseded_at=None, seen_on=batch.seen_on)


def _addresses(batch: Batch, line: Line, known: Known, body: str) -> Iterator[Address]:
    label = line.name if _is_part(line, known) else ""
    common: dict[str, Any] = {
        "body_id": body,
        "label": label[:255],
        "source": batch.source,
        "origin": batch.origin(line),
        "seen_on": batch.seen_on,
        "made_at": batch.now,
    }
    if line.page:
        # A contact form is no service opened for requests (article L112-9): a mailbox is better.
        yield Address(kind=AddressKind.FORM, value=line.page, **common)
    if line.mail:
        yield Address(
            kind=AddressKind.GENERAL,
            value=line.mail,
            domain=domain_of(line.mail)[:255],
            is_personal=line.is_personal,
            **common,
        )
    if line.postal and batch.layout == "bodies":
        yield Address(kind=AddressKind.POST, value=line.postal, phone=line.phone, **common)


def _is_part(line: Line, known: Known) -> bool:
    """Answer whether a line is about a part of a commune: delegated, or of another name."""
    if line.kind != BodyKind.COMMUNE or known.place is None:
        return False
    return line.is_delegated or fold(line.own) != fold(known.place.name)


def _write_keys(batch: Batch, owner: dict[str, str], keys: dict[str, ExternalKey]) -> None:
    new, old = [], []
    for line, _, digest in batch.lines:
        row = keys.get(line.key)
        if row is None:
            new.append(
                ExternalKey(
                    body_id=owner[line.key], layout=batch.layout, key=line.key, digest=digest
                )
            )
        else:
            row.digest = digest
            old.append(row)
    ExternalKey.objects.bulk_create(new, batch_size=500)
    ExternalKey.objects.bulk_update(old, ["digest"], batch_size=500)

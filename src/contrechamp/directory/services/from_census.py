"""Bodies taken from the census: public authorities that it knows, without any address of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from contrechamp.census import published as census
from contrechamp.directory.domain.kinds import AddressKind, BodyKind
from contrechamp.directory.domain.tags import kind_of
from contrechamp.directory.models import Address, Body, ExternalKey
from contrechamp.kernel.names import fold
from contrechamp.kernel.numbers import is_siren
from contrechamp.places import queries as places

from .bodies import NewBody, create_body, identity_of

LAYOUT = "census"
TYPES = ("authority", "court", "regulator")
MADE_UP = "adresse inventée pour la démonstration : elle ne mène nulle part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many bodies are new, and how many were there."""

    added: int
    there: int


@transaction.atomic
def from_census(*, now: datetime, made_up: bool = False) -> Taken:
    """Add the public authorities of the census that the directory has not. Again: nothing changes.

    `made_up`: give those that have no address one that leads nowhere (`.invalid`), for a demo.
    """
    added = there = 0
    for record in census.records("actor"):
        if record.type not in TYPES:
            continue
        body = _find(record)
        if body is None:
            body = _add(record, now)
            added += 1
        else:
            there += 1
        ExternalKey.objects.get_or_create(
            layout=LAYOUT, key=record.id, defaults={"body": body, "digest": ""}
        )
        if made_up and not body.addresses.exists():
            _make_up(body, now)
    return Taken(added=added, there=there)


def _siren(record: census.Record) -> str:
    numbers = (one.value for one in record.identifiers if one.scheme == "siren")
    return next((number for number in numbers if is_siren(number)), "")


def _find(record: census.Record) -> Body | None:
    key = ExternalKey.objects.filter(layout=LAYOUT, key=record.id).select_related("body").first()
    if key:
        return key.body
    siren = _siren(record)
    found = Body.objects.filter(siren=siren).first() if siren else None
    if found:
        return found
    identity = identity_of(_new(record), siren)
    return Body.objects.filter(identity=identity).first() if identity else None


def _add(record: census.Record, now: datetime) -> Body:
    new, siren = _new(record), _siren(record)
    return create_body(
        new, name=record.name[:255], siren=siren, identity=identity_of(new, siren), now=now
    )


def _new(record: census.Record) -> NewBody:
    """Return an authority of the census as a body: its place by its own number, else as said."""
    place = places.siren_owner(_siren(record))
    kind = BodyKind(place.kind) if place and place.kind in set(BodyKind) else None
    kind = kind or kind_of("", record.name) or _of_type(record.type)
    territory = place.key if place else record.territory
    return NewBody(name=record.name, kind=kind, siren=_siren(record), territory=territory)


def _of_type(type_: str) -> BodyKind:
    return {"court": BodyKind.JUSTICE, "regulator": BodyKind.AUTHORITY}.get(type_, BodyKind.OTHER)


def _make_up(body: Body, now: datetime) -> None:
    domain = f"{fold(body.name)[:50]}.invalid"
    Address.objects.create(
        body=body,
        kind=AddressKind.GENERAL,
        value=f"contact@{domain}",
        domain=domain,
        source=MADE_UP,
        origin=f"{LAYOUT}:demo",
        seen_on=now.date(),
        made_at=now,
    )

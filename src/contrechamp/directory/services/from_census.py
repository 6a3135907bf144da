"""Bodies taken from the census: public authorities that it knows, without any address of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from contrechamp.census import published as census
from contrechamp.directory.domain.identity import Gazetteer, find_region
from contrechamp.directory.domain.kinds import AddressKind, BodyKind
from contrechamp.directory.domain.tags import kind_of
from contrechamp.directory.models import Address, Body, ExternalKey
from contrechamp.kernel.names import fold
from contrechamp.kernel.numbers import is_siren
from contrechamp.places import queries as places

from .bodies import NewBody, create_body, identity_of
from .gazetteer import read_gazetteer
from .telling import tell_changed

LAYOUT = "census"
TYPES = ("authority", "court", "regulator")
ELSEWHERE = ("unioneuropeenne", "commissioneuropeenne", "parlementeuropeen")
"""Under another law of access (regulation (EC) 1049/2001), so not in this directory."""
MADE_UP = "adresse inventée pour la démonstration : elle ne mène nulle part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many bodies are new, and how many were there."""

    added: int
    there: int


@transaction.atomic
def from_census(*, now: datetime, made_up: bool = False) -> Taken:
    """Add the public authorities of the census that the directory has not, and the prefectures.

    Again: nothing changes.
    `made_up`: give those that have no address one that leads nowhere (`.invalid`), for a demo.
    """
    added = there = 0
    known = read_gazetteer()
    for record in census.records("actor"):
        if record.type not in TYPES or fold(record.name) in ELSEWHERE:
            continue
        body = _find(record, known)
        if body is None:
            body = _add(record, known, now)
            added += 1
        else:
            there += 1
        ExternalKey.objects.get_or_create(
            layout=LAYOUT, key=record.id, defaults={"body": body, "digest": ""}
        )
        if made_up and not body.addresses.exists():
            _make_up(body, now)
    added += _prefectures(known, now=now, made_up=made_up)
    if added:
        tell_changed(*Body.objects.filter(made_at=now).values_list("pk", flat=True))
    return Taken(added=added, there=there)


def _siren(record: census.Record) -> str:
    numbers = (one.value for one in record.identifiers if one.scheme == "siren")
    return next((number for number in numbers if is_siren(number)), "")


def _find(record: census.Record, known: Gazetteer) -> Body | None:
    key = ExternalKey.objects.filter(layout=LAYOUT, key=record.id).select_related("body").first()
    if key:
        return key.body
    siren = _siren(record)
    found = Body.objects.filter(siren=siren).first() if siren else None
    if found:
        return found
    identity = identity_of(_new(record, known), siren)
    return Body.objects.filter(identity=identity).first() if identity else None


def _add(record: census.Record, known: Gazetteer, now: datetime) -> Body:
    new, siren = _new(record, known), _siren(record)
    return create_body(
        new, name=record.name[:255], siren=siren, identity=identity_of(new, siren), now=now
    )


def _new(record: census.Record, known: Gazetteer) -> NewBody:
    """Return an authority of the census as a body: its place by its own number, else as said."""
    place = places.siren_owner(_siren(record))
    kind = BodyKind(place.kind) if place and place.kind in set(BodyKind) else None
    kind = kind or kind_of("", record.name) or _of_type(record.type)
    territory = place.key if place else record.territory or _named_place(record.name, kind, known)
    return NewBody(name=record.name, kind=kind, siren=_siren(record), territory=territory)


def _named_place(name: str, kind: BodyKind, known: Gazetteer) -> str:
    """Return the region or département that ends a body's name: its SIREN is not the place's."""
    if kind == BodyKind.REGION:
        place = find_region(name, known)
        return place.key if place else ""
    if kind in (BodyKind.DEPARTEMENT, BodyKind.PREFECTURE):
        ends = [one for one in known.departements.values() if fold(name).endswith(fold(one.name))]
        return max(ends, key=lambda one: len(one.name)).key if ends else ""
    return ""


def _prefectures(known: Gazetteer, *, now: datetime, made_up: bool) -> int:
    """Add the prefecture of each département where the directory has a body; return how many."""
    codes = Body.objects.exclude(departement="").values_list("departement", flat=True).distinct()
    added = 0
    for code in sorted(set(codes)):
        place = known.departements.get(code)
        if place is None or Body.objects.filter(identity=f"prefecture:{code}").exists():
            continue
        name = f"Préfecture - {place.name}"
        new = NewBody(name=name, kind=BodyKind.PREFECTURE, territory=place.key)
        body = create_body(new, name=name, siren="", identity=f"prefecture:{code}", now=now)
        if made_up:
            _make_up(body, now)
        added += 1
    return added


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

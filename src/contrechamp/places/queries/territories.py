"""Reads of the gazetteer. It is public reference data: everybody may see all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contrechamp.places.models import Territory

Kind = Territory.Kind
COUNTRY = "country:FR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Between how many and how many inhabitants a commune is of similar size."""

    smallest: int
    largest: int

    def among(self, found: Iterable[Territory]) -> list[Territory]:
        """Return those of some territories that are communes of that size today."""
        return [
            one
            for one in found
            if one.kind == Kind.COMMUNE
            and not one.successor
            and self.smallest <= (one.population or 0) <= self.largest
        ]


def find_territory(key: str) -> Territory | None:
    """Return the territory of a key such as `commune:06088`, or nothing."""
    return Territory.objects.filter(key=key).first()


def find_by_code(kind: str, code: str) -> Territory | None:
    """Return the territory of that kind and code; an old INSEE code leads to today's commune."""
    found = Territory.objects.filter(kind=kind, code=code).first()
    if found or kind != Kind.COMMUNE or not code:
        return found
    return Territory.objects.filter(former_codes__contains=f" {code} ").first()


def find_by_slug(kind: str, slug: str) -> Territory | None:
    """Return the territory that an address such as `06088-nice` names by its beginning."""
    code = slug.partition("-")[0].upper()
    if kind == Kind.COMMUNE:
        return (
            Territory.objects.filter(kind__in=(Kind.COMMUNE, Kind.ARRONDISSEMENT), code=code)
            .order_by("kind")
            .first()
        )
    return Territory.objects.filter(kind=kind, code=code).first()


def territories(keys: Iterable[str]) -> dict[str, Territory]:
    """Return the territories of these keys, by key; unknown keys are left out."""
    return Territory.objects.in_bulk(list(set(keys)))


def everything() -> QuerySet[Territory]:
    """Return all territories of today, for an index."""
    return Territory.objects.filter(successor="")


def ancestors(key: str) -> list[str]:
    """Return the keys of what holds a territory, from the nearest to the country.

    Of an arrondissement the commune; of a commune the EPCI, the département, the region and
    the country. A commune that became part of another is held by that one too.
    """
    found = find_territory(key)
    return holders(found) if found else []


def holders(territory: Territory) -> list[str]:
    """Return the keys of what holds a territory at hand, without asking the database."""
    if territory.kind == Kind.COUNTRY:
        return []
    own = (
        territory.successor,
        territory.parent,
        territory.epci and territory.kind != Kind.EPCI and f"epci:{territory.epci}",
        territory.departement
        and territory.kind not in (Kind.DEPARTEMENT, Kind.EPCI)
        and f"departement:{territory.departement}",
        territory.region and territory.kind != Kind.REGION and f"region:{territory.region}",
        COUNTRY,
    )
    return [key for key in own if key]


def communes_of(key: str) -> QuerySet[Territory]:
    """Return the communes of today of an EPCI, département, region or country, by name.

    Of Paris, Lyon and Marseille: the arrondissements.
    """
    kind, _, code = key.partition(":")
    communes = Territory.objects.filter(kind=Kind.COMMUNE, successor="").order_by("folded", "key")
    match kind:
        case Kind.COMMUNE:
            return Territory.objects.filter(parent=key).order_by("code")
        case Kind.EPCI:
            return communes.filter(epci=code)
        case Kind.DEPARTEMENT:
            return communes.filter(departement=code)
        case Kind.REGION:
            return communes.filter(region=code)
        case Kind.COUNTRY:
            return communes
        case _:
            return communes.none()


def inside(key: str) -> QuerySet[Territory]:
    """Return every territory whose facts belong on the page of this one, itself included."""
    kind, _, code = key.partition(":")
    below = {
        Kind.EPCI: Q(epci=code),
        Kind.DEPARTEMENT: Q(departement=code),
        Kind.REGION: Q(region=code),
    }.get(Kind(kind), Q(parent=key) | Q(successor=key))
    if kind == Kind.COUNTRY:
        return Territory.objects.all()
    return Territory.objects.filter(Q(key=key) | below)


def epcis_of(departement: str) -> QuerySet[Territory]:
    """Return the EPCI that have a commune in this département, most populous first."""
    codes = (
        Territory.objects.filter(kind=Kind.COMMUNE, departement=departement, successor="")
        .exclude(epci="")
        .values("epci")
    )
    return Territory.objects.filter(kind=Kind.EPCI, code__in=codes).order_by("-population", "key")


def departements_of(region: str) -> QuerySet[Territory]:
    """Return the départements of a region, by code."""
    return Territory.objects.filter(kind=Kind.DEPARTEMENT, region=region).order_by("code")


def departements() -> QuerySet[Territory]:
    """Return all départements and the overseas territories, by code."""
    return Territory.objects.filter(kind=Kind.DEPARTEMENT).order_by("code")


def regions() -> QuerySet[Territory]:
    """Return all regions, by name."""
    return Territory.objects.filter(kind=Kind.REGION).order_by("folded")


def became_part_of(key: str) -> QuerySet[Territory]:
    """Return the former communes that became part of this commune, by name."""
    return Territory.objects.filter(successor=key).order_by("folded")


def siren_owner(siren: str) -> Territory | None:
    """Return the commune or EPCI that has this SIREN, or nothing."""
    return Territory.objects.filter(siren=siren).first() if siren else None


def similar_towns(territory: Territory) -> Similar | None:
    """Return the sizes between two thirds and one and a half times that of a commune."""
    if not territory.population:
        return None
    return Similar(smallest=territory.population * 2 // 3, largest=territory.population * 3 // 2)

"""Reads of the gazetteer. It is public reference data: everybody may see all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from rapidfuzz.distance import OSA

from .domain import Resolution, Town, Typed, read_typed, spellings
from .domain import resolve_town as _resolve_town
from .domain import split_towns as _split_towns
from .models import PostalCode, Territory

Kind = Territory.Kind
COUNTRY = "country:FR"
TYPO_ALLOWED = {4: 1, 8: 2}
"""From so many letters on, so many may differ when nothing else was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Communes of about the same size, to compare with."""

    smallest: int
    largest: int
    keys: tuple[str, ...]


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


def similar_towns(territory: Territory, limit: int = 2000) -> Similar | None:
    """Return the communes of between two thirds and one and a half times as many inhabitants."""
    if not territory.population:
        return None
    smallest, largest = territory.population * 2 // 3, territory.population * 3 // 2
    keys = (
        Territory.objects.filter(
            kind=Kind.COMMUNE, successor="", population__range=(smallest, largest)
        )
        .exclude(key=territory.key)
        .order_by("key")
        .values_list("key", flat=True)[:limit]
    )
    return Similar(smallest=smallest, largest=largest, keys=tuple(keys))


def resolve_town(name: str) -> Resolution:
    """Say which commune a name such as "ville du Havre" means; see `domain.resolve`."""
    return _resolve_town(name, [town for _, town in _towns(spellings(name))])


def resolve_towns(names: Sequence[str]) -> dict[str, Resolution]:
    """Say it of many names, with few questions to the database."""
    asked = {name: spellings(name) for name in names}
    towns = _towns(sorted({folded for folds in asked.values() for folded in folds}))
    by_folded: dict[str, list[Town]] = {}
    for folded, town in towns:
        by_folded.setdefault(folded, []).append(town)
    return {
        name: _resolve_town(name, [t for fold in folds for t in by_folded.get(fold, [])])
        for name, folds in asked.items()
    }


def split_towns(names: Sequence[str]) -> list[tuple[str, str, Town]]:
    """Find pairs of names that are the two halves of one hyphenated commune."""
    asked = [spellings(name)[0] for name in names]
    joined = {a + b for a in asked for b in asked if a != b and a and b}
    return _split_towns(names, [town for _, town in _towns(sorted(joined))])


def search_territories(text: str, limit: int = 20) -> list[Territory]:
    """Return what somebody may mean who typed this, the likeliest first.

    A postal code, an INSEE code, a name or its beginning, with or without accents and hyphens,
    the département after it or not; if nothing has that name, the names one or two letters away.
    """
    typed = read_typed(text)
    found: list[Territory] = []
    if typed.code:
        found = _by_code(typed)
    if not found and typed.folded:
        found = _by_name(typed, limit)
    if not found and typed.departement:  # "Bourg 01" where the number was part of the name.
        found = _by_name(read_typed(text.replace(typed.departement, "")), limit)
    return found[:limit]


def _by_code(typed: Typed) -> list[Territory]:
    posted = PostalCode.objects.filter(code=typed.code).values("territory")
    by_post = Territory.objects.filter(key__in=posted)
    by_insee = Territory.objects.filter(
        Q(code=typed.code, kind__in=(Kind.COMMUNE, Kind.ARRONDISSEMENT))
    )
    found = list((by_post | by_insee).order_by(F("population").desc(nulls_last=True), "key"))
    if not found and (successor := find_by_code(Kind.COMMUNE, typed.code)):
        found = [successor]
    if typed.folded:
        named = [one for one in found if one.folded.startswith(typed.folded)]
        found = named or found
    return found


def _by_name(typed: Typed, limit: int) -> list[Territory]:
    rank = Case(
        When(folded=typed.folded, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Territory.objects.exclude(kind=Kind.COUNTRY)
    if typed.departement:
        rows = rows.filter(departement=typed.departement)
    # A range uses the index on the folded name; LIKE on SQLite would read the whole table.
    starting = rows.filter(folded__gte=typed.folded, folded__lt=typed.folded + "\U0010ffff")
    order = (F("successor").asc(), F("population").desc(nulls_last=True), "key")
    found = list(starting.annotate(rank=rank).order_by("rank", *order)[:limit])
    if found or len(typed.folded) < min(TYPO_ALLOWED):
        return found
    return _by_near_name(typed.folded, rows, limit)


def _by_near_name(folded: str, rows: QuerySet[Territory], limit: int) -> list[Territory]:
    """Find names a letter or two away that begin with the same letter."""
    most = max(allowed for length, allowed in TYPO_ALLOWED.items() if len(folded) >= length)
    names = rows.filter(successor="", folded__gte=folded[0], folded__lt=folded[0] + "\U0010ffff")
    near = []
    for key, name, population in names.values_list("key", "folded", "population"):
        if abs(len(name) - len(folded)) <= most:
            distance = OSA.distance(folded, name, score_cutoff=most)
            if distance <= most:
                near.append((distance, -(population or 0), key))
    best = [key for _, _, key in sorted(near)[:limit]]
    by_key = territories(best)
    return [by_key[key] for key in best]


def _towns(folds: Sequence[str]) -> list[tuple[str, Town]]:
    towns: list[tuple[str, Town]] = []
    for start in range(0, len(folds), 500):
        rows = Territory.objects.filter(
            kind=Kind.COMMUNE, successor="", folded__in=folds[start : start + 500]
        )
        towns += [
            (
                row.folded,
                Town(
                    key=row.key,
                    name=row.name,
                    departement=row.departement,
                    population=row.population,
                ),
            )
            for row in rows
        ]
    return towns

"""The gazetteer as the rules of the directory want it, read once for an import."""

from __future__ import annotations

from contrechamp.directory.domain.identity import Gazetteer, Place, bare
from contrechamp.kernel.names import fold
from contrechamp.places import queries as places

FIELDS = ("key", "kind", "code", "name", "siren", "departement", "population", "epci", "folded")


def read_gazetteer() -> Gazetteer:
    """Return every place of today, by code and by name."""
    communes: dict[str, Place] = {}
    towns: dict[tuple[str, str], list[Place]] = {}
    epcis: dict[tuple[str, str], dict[str, Place]] = {}
    by_siren: dict[str, Place] = {}
    where: dict[str, set[str]] = {}
    departements: dict[str, Place] = {}
    regions: dict[str, Place] = {}
    rows = places.everything().values_list(*FIELDS)
    for key, kind, code, name, siren, departement, population, epci, folded in rows.iterator():
        place = Place(
            key=key, name=name, siren=siren, departement=departement, population=population
        )
        if kind in ("commune", "arrondissement"):
            communes[code] = place
            towns.setdefault((departement, folded), []).append(place)
            if epci:
                where.setdefault(epci, set()).add(departement)
        elif kind == "epci":
            by_siren[code] = place
        elif kind == "departement":
            departements[code] = place
        elif kind == "region":
            regions[fold(name)] = place
    for code, place in by_siren.items():
        for departement in where.get(code, set()) | {place.departement}:
            epcis.setdefault((departement, bare(place.name)), {})[place.key] = place
    return Gazetteer(
        communes=communes,
        towns={at: found[0] for at, found in towns.items() if len(found) == 1},
        epcis={at: next(iter(found.values())) for at, found in epcis.items() if len(found) == 1},
        departements=departements,
        regions=regions,
    )


def former_commune(insee: str) -> Place | None:
    """Return the commune of an old INSEE code: its own row, else the one it became part of."""
    found = places.find_by_code("commune", insee)
    if found is None:
        return None
    return Place(
        key=found.key,
        name=found.name,
        siren=found.siren,
        departement=found.departement,
        population=found.population,
    )

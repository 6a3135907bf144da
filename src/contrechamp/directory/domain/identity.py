"""What makes two lines one body: its official number, else its kind, place and name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from contrechamp.kernel.names import fold, words

from .kinds import BodyKind
from .lines import Line

_TYPE_WORDS = """
    communaute communautes commune communes agglomeration urbaine metropole cc ca cu ville pays
    intercommunalite
"""
_TYPES = frozenset(_TYPE_WORDS.split())
_LINK_WORDS = "de du des d la le les l et a au aux en sur"
_LINKS = frozenset(_LINK_WORDS.split())
MIN_BARE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer, as far as the directory needs it."""

    key: str
    name: str
    siren: str = ""
    departement: str = ""
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The places that lines are set against, each found by what a line has."""

    communes: Mapping[str, Place] = field(default_factory=dict)
    """By INSEE code, arrondissements too; former codes as well."""
    towns: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Communes by département and folded name, where there is one of that name."""
    epcis: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """By département and bare name, where there is one of that name."""
    departements: Mapping[str, Place] = field(default_factory=dict)
    regions: Mapping[str, Place] = field(default_factory=dict)
    """By folded name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the gazetteer adds to a line: which body it is, and where."""

    identity: str
    place: Place | None
    departement: str
    siren: str = ""
    insee: str = ""
    population: int | None = None
    """Of the place that it is responsible for; None for one that it only sits in."""


def bare(name: str) -> str:
    """Return the distinguishing letters of an EPCI's name: type and small words left out."""
    return "".join(word for word in words(name) if word not in _TYPES and word not in _LINKS)


def said_of(name: str) -> str:
    """Return the words of a name for `Body.said`: ` commissariat de police de nice `."""
    return f" {' '.join(words(name))} "[:500]


def departement_of(insee: str) -> str:
    """Return the département of an INSEE code: `2A` of `2A004`, `974` of `97411`."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def identify(line: Line, known: Gazetteer) -> Known:
    """Say which body a line is about."""
    departement = departement_of(line.insee)
    match line.kind:
        case BodyKind.COMMUNE if line.insee:
            place = known.communes.get(line.insee)
            return _at(f"commune:{line.insee}", place, departement, insee=line.insee)
        case BodyKind.EPCI:
            return _epci(line.name, departement, line.insee, known)
        case BodyKind.DEPARTEMENT if departement:
            place = known.departements.get(departement)
            return _at(f"departement:{departement}", place, departement, insee=line.insee)
        case BodyKind.PREFECTURE if line.tag == "prefecture" and _is_main(line.name):
            place = known.departements.get(departement)
            identity = f"prefecture:{departement}"
            # Its own SIREN is not the département's.
            return Known(identity=identity, place=place, departement=departement, insee=line.insee)
        case BodyKind.REGION:
            return _region(line.name, departement, line.insee, known)
    place = known.communes.get(line.insee)
    identity = f"{line.tag or line.kind}:{line.insee}:{fold(line.name)}"[:300]
    return Known(identity=identity, place=place, departement=departement, insee=line.insee)


def _at(identity: str, place: Place | None, departement: str, *, insee: str = "") -> Known:
    siren = place.siren if place else ""
    return Known(
        identity=identity,
        place=place,
        departement=departement,
        siren=siren,
        insee=insee,
        population=place.population if place else None,
    )


def _is_main(name: str) -> bool:
    return re.match(r"(?i)préfecture(?! de région| de police)", name) is not None


def _epci(name: str, departement: str, insee: str, known: Gazetteer) -> Known:
    """Find an EPCI by its name within the département, with or without the town after it."""
    place = find_epci(name, departement, known)
    if place:
        return _at(f"epci:{place.siren}", place, departement, insee=insee)
    short = name.rsplit(" - ", 1)[0] if name.count(" - ") > 1 else name
    identity = f"epci:{departement}:{bare(short)}"[:300]
    seat = known.communes.get(insee)
    return Known(identity=identity, place=seat, departement=departement, insee=insee)


def find_epci(name: str, departement: str, known: Gazetteer) -> Place | None:
    """Return the EPCI that a name means within a département, or None."""
    for spelled in (name, name.rsplit(" - ", 1)[0]):
        letters = bare(spelled)
        if len(letters) >= MIN_BARE and (found := known.epcis.get((departement, letters))):
            return found
    return None


def _region(name: str, departement: str, insee: str, known: Gazetteer) -> Known:
    place = find_region(name, known)
    identity = place.key if place else f"region:{fold(name)}"[:300]
    place = place or known.communes.get(insee)
    return Known(identity=identity, place=place, departement=departement, insee=insee)


def find_region(name: str, known: Gazetteer) -> Place | None:
    """Return the region whose name ends a body's: `Collectivité de Corse`."""
    folded = fold(name)
    ends = [
        place for end, place in known.regions.items() if folded.endswith(end.removeprefix("la"))
    ]
    return max(ends, key=lambda place: len(place.name), default=None)

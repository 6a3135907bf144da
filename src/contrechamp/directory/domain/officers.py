"""Who must name a person responsible for access to documents (PRADA)."""

from __future__ import annotations

from .kinds import BodyKind, Known

INHABITANTS = 10_000
STAFF = 200
_ALWAYS = (BodyKind.MINISTERE, BodyKind.PREFECTURE, BodyKind.DEPARTEMENT, BodyKind.REGION)
_BY_PEOPLE = (BodyKind.COMMUNE, BodyKind.EPCI)


def needs_officer(
    kind: BodyKind, *, population: int | None = None, staff: int | None = None
) -> Known:
    """Return whether a body must name one (article R330-2 of the CRPA).

    Ministers, prefects, départements, regions; communes and inter-communal bodies of 10,000
    inhabitants or more; others with 200 members of staff or more. UNKNOWN without the number.
    """
    if kind in _ALWAYS:
        return Known.YES
    if kind in _BY_PEOPLE:
        number, least = population, INHABITANTS
    else:
        number, least = staff, STAFF
    if number is None:
        return Known.UNKNOWN
    return Known.YES if number >= least else Known.NO


def is_missing(needs: str, has: str) -> bool:
    """Answer whether a PRADA is compulsory and known not to be: a finding (`foi.md` §8)."""
    return needs == Known.YES and has == Known.NO

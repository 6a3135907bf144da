"""Which kinds of bodies hold the documents of a holder type of the catalogue (`foi.md` §6)."""

from __future__ import annotations

from .kinds import BodyKind

HOLDERS: dict[str, tuple[BodyKind, ...]] = {
    "T": (BodyKind.COMMUNE, BodyKind.EPCI, BodyKind.DEPARTEMENT, BodyKind.REGION),
    "P": (BodyKind.PREFECTURE,),
    "M": (BodyKind.MINISTERE,),
    "O": (BodyKind.OPERATOR,),
    "S": (BodyKind.SCHOOL, BodyKind.TRANSPORT),
}


def kinds_of(code: str) -> tuple[BodyKind, ...]:
    """Return the kinds of bodies behind a holder type T, P, M, O or S; none for another."""
    return HOLDERS.get(code, ())

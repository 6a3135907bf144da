"""Which bodies could hold a document about a place (`foi.md` §6: T, P, M, O, S)."""

from __future__ import annotations

from contrechamp.directory.domain.holding import kinds_of
from contrechamp.directory.models import Body
from contrechamp.places import queries as places

from .bodies import living


def holders(code: str, territory: str = "", *, limit: int = 50) -> list[Body]:
    """Return the bodies that could hold a document of a holder type for a place.

    `code`: T town or inter-communality, P prefecture, M ministry, O operator, S school or
    transport body. `territory`: key of a place (`commune:06088`); for M it does not matter.
    The nearest first: the commune, its EPCI, then the département's and the region's.
    """
    kinds = kinds_of(code)
    rows = living().filter(kind__in=kinds)
    if code == "M":
        return list(rows.order_by("folded", "pk")[:limit])
    around = [territory, *places.ancestors(territory)]
    nearness = {key: rank for rank, key in enumerate(around)}
    found = list(rows.filter(territory__in=around).order_by("folded", "pk")[:1000])
    found.sort(key=lambda body: (nearness[body.territory], body.folded))
    return found[:limit]

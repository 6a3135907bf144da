"""The money of an action, added up by what it is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from contrechamp.cases.models import Cost


def sums_of(costs: Iterable[Cost]) -> list[tuple[str, Decimal]]:
    """Return the name and the sum of each kind of money that there is, in the order of kinds."""
    every = list(costs)
    return [
        (str(kind.label), sum((cost.amount for cost in every if cost.kind == kind), Decimal(0)))
        for kind in Cost.Kind
        if any(cost.kind == kind for cost in every)
    ]

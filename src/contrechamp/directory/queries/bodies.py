"""Which bodies there are."""

from __future__ import annotations

from django.db.models import QuerySet

from contrechamp.directory.models import Body, BodyName
from contrechamp.kernel.names import fold

AFTER = "\U0010ffff"


def get(pk: str) -> Body:
    """Return one body; raise `Body.DoesNotExist`."""
    return Body.objects.get(pk=pk)


def living() -> QuerySet[Body]:
    """Return the bodies that can be asked today: neither closed nor merged into another."""
    return Body.objects.filter(is_closed=False, merged_into=None)


def find(
    text: str = "",
    *,
    territory: str = "",
    kind: str = "",
    departement: str = "",
    limit: int = 20,
) -> list[Body]:
    """Return the bodies that somebody may mean, the likeliest first."""
    rows = living()
    if territory:
        rows = rows.filter(territory=territory)
    if kind:
        rows = rows.filter(kind=kind)
    if departement:
        rows = rows.filter(departement=departement)
    if folded := fold(text):
        named = BodyName.objects.filter(folded__gte=folded, folded__lt=folded + AFTER)
        rows = rows.filter(pk__in=named.values("body"))
    return list(rows.order_by("folded", "pk")[:limit])

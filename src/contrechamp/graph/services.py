"""Keep the picture of the public graph: note that it changed, lay it out."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from .domain import lay_out
from .models import Position, Stamp
from .queries import load, positions

ONLY = 1
"""The one row of `Stamp`."""


def note_change() -> None:
    """Remember that the public graph changed. Call it in the transaction that changes it."""
    if not Stamp.objects.filter(pk=ONLY).update(number=F("number") + 1):
        Stamp.objects.get_or_create(pk=ONLY, defaults={"number": 1})


def is_laid_out() -> bool:
    """Answer whether the positions are those of the graph as it is now."""
    stamp = Stamp.objects.filter(pk=ONLY).first()
    return stamp is None or stamp.laid_out == stamp.number


def rebuild_layout(*, anew: bool = False) -> int:
    """Compute the positions; return how many nodes there are.

    Who has a place keeps it, and newcomers find one near their neighbours, unless all is to be
    laid out anew. Computed outside of the transaction: it may take seconds.
    """
    stamp = Stamp.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0
    network = load()
    spots = lay_out(network, {} if anew else positions())
    with transaction.atomic():
        Position.objects.exclude(pk__in=[]).delete()
        Position.objects.bulk_create(
            (
                Position(entity=node, x=spot.x, y=spot.y, community=spot.community)
                for node, spot in spots.items()
            ),
            batch_size=500,
        )
        Stamp.objects.update_or_create(pk=ONLY, defaults={"laid_out": stamp})
    return len(spots)

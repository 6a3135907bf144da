"""Keep the picture of the public graph: note that it changed, lay it out."""

from __future__ import annotations

import secrets

from django.db import transaction

from .domain import lay_out
from .models import Position, Stamp
from .queries import load, positions, stamp

ONLY = 1
"""The one row of `Stamp`."""


def note_change() -> None:
    """Remember that the public graph changed. Call it in the transaction that changes it."""
    word = secrets.token_hex(8)
    if not Stamp.objects.filter(pk=ONLY).update(word=word):
        Stamp.objects.update_or_create(pk=ONLY, defaults={"word": word})


def is_laid_out() -> bool:
    """Answer whether the positions are those of the graph as it is now."""
    row = Stamp.objects.filter(pk=ONLY).first()
    return row is None or row.laid_out == row.word


def rebuild_layout(*, anew: bool = False) -> int:
    """Compute the positions; return how many nodes there are.

    Who has a place keeps it, and newcomers find one near their neighbours, unless all is to be
    laid out anew. Computed outside of the transaction: it may take seconds.
    """
    word = stamp()
    network = load()
    spots = lay_out(network, {} if anew else positions())
    with transaction.atomic():
        Position.objects.all().delete()
        Position.objects.bulk_create(
            (
                Position(entity=node, x=spot.x, y=spot.y, community=spot.community)
                for node, spot in spots.items()
            ),
            batch_size=500,
        )
        Stamp.objects.update_or_create(
            pk=ONLY, defaults={"laid_out": word, "placed": secrets.token_hex(8)}
        )
    return len(spots)

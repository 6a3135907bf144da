"""What the index does not know yet. The index itself can be made again from the database."""

from __future__ import annotations

from django.db import models


class Dirty(models.Model):
    """Something that changed for visitors, written in the transaction that changed it.

    The row goes after the index was committed: a writer that is killed loses nothing.
    """

    ref = models.CharField(max_length=200)
    """`room:kind:key`, as in the plugs."""

    def __str__(self) -> str:
        return self.ref

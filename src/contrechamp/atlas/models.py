"""When what the map shows last changed."""

from __future__ import annotations

from django.db import models


class Stamp(models.Model):
    """A word that is another one after each transaction that changes what the map shows.

    Random and not a count, so that a database that was put back to an earlier state is never
    taken for the later one that had the same count.
    """

    word = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.word

"""Where the nodes of the public graph stand, and when it last changed."""

from __future__ import annotations

from django.db import models


class Position(models.Model):
    """The place of a published record in the picture, kept so that it is found again there."""

    entity = models.CharField(primary_key=True, max_length=20)
    x = models.FloatField()
    y = models.FloatField()
    community = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.entity


class Stamp(models.Model):
    """A word that is another one after each transaction that changes the public graph.

    Random and not a count, so that a database that was put back to an earlier state is never
    taken for the later one that had the same count.
    """

    word = models.CharField(max_length=16, blank=True)
    laid_out = models.CharField(max_length=16, blank=True)
    """The word for which the positions were computed."""
    placed = models.CharField(max_length=16, blank=True)
    """Another word after each time that the positions were written."""

    def __str__(self) -> str:
        return self.word

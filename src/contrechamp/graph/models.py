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
    """A number that is raised in each transaction that changes the public graph."""

    number = models.PositiveBigIntegerField(default=0)
    laid_out = models.PositiveBigIntegerField(default=0)
    """The number for which the positions were computed."""

    def __str__(self) -> str:
        return str(self.number)

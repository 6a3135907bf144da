"""What pages of several rooms keep: results of one's own tables, and only when it is asked for."""

from __future__ import annotations

from secrets import token_urlsafe

from django.conf import settings
from django.db import models


def new_key() -> str:
    """Return the name of a kept result: who does not know it finds nothing."""
    return token_urlsafe(16).replace("-", "x").replace("_", "y")


class KeptAudit(models.Model):
    """What a table said of a machine, without any row of it, until a day that somebody chose."""

    key = models.CharField(primary_key=True, max_length=24, default=new_key)
    content = models.JSONField()
    """As `lab.own.keeping` packs it: no group under 50, no cell under 5."""
    kept_on = models.DateField()
    until = models.DateField(db_index=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    """The member who asked; nobody when a visitor did."""

    def __str__(self) -> str:
        return self.key

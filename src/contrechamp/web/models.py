from __future__ import annotations

from django.db import models


class Edition(models.Model):
    """One row: a word that is another one after each change of what visitors can get."""

    word = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.word

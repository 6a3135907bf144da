"""When the public site last changed, so that what is dear to count is counted once."""

from __future__ import annotations

from django.db import models


class Stamp(models.Model):
    """One row: a word that is another one after each change of what visitors can get."""

    word = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.word

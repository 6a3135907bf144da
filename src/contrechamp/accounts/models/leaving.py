"""Who leaves, who is soon forgotten, and who was erased: what a restored copy must do again."""

from __future__ import annotations

from django.db import models

from .users import User


class Erasure(models.Model):
    """One account that leaves. The row stays when the account is empty: it names nobody."""

    user = models.OneToOneField(User, models.CASCADE, related_name="erasure")
    with_texts = models.BooleanField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    is_idle = models.BooleanField(default=False)
    """Nobody asked: nobody used the account for a year (`services.idle`)."""

    def __str__(self) -> str:
        return self.user.public_id

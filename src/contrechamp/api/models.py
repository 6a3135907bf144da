"""Tokens of members, and the answers to writes that a program may send twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Token(models.Model):
    """A key that a member gave a program. Of the key itself only a digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    """What its owner calls it."""
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    """Values of `domain.Scope`."""
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    """The last day on which it was shown: the day and no more."""

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What a write was answered, so that the same one sent again is not done again."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    """The `Idempotency-Key` that the program chose."""
    asked = models.CharField(max_length=64)
    """SHA-256 of method, address and body: the same key with another question is a mistake."""
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    location = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["token", "key"], name="api_one_answer_each"),
        )

    def __str__(self) -> str:
        return f"{self.key[:20]} {self.status}"

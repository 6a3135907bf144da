"""Errands, and who did them. Visitors see none of it but two numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Errand(models.Model):
    """One question about one public thing, for two people."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("à faire")
        AGREED = "AGREED", _("deux réponses pareilles")
        DISPUTED = "DISPUTED", _("réponses différentes")
        UNCLEAR = "UNCLEAR", _("personne ne peut dire")
        SETTLED = "SETTLED", _("traitée")

    kind = models.CharField(max_length=30)
    """Code of an offer (`foundation.plug.Errands`)."""
    ref = models.CharField(max_length=120)
    """What it is about: `watch:act:wf-…`, `census:entity:prj-…`, `cameras:camera:cam-…`."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    choice = models.CharField(max_length=30, blank=True)
    """What was agreed."""
    value = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_note = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "ref"], name="errand_once"),)
        indexes = (models.Index(fields=["state", "made_at"]),)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Turn(models.Model):
    """One person's turn at an errand: handed, then answered or left."""

    errand = models.ForeignKey(Errand, models.CASCADE, related_name="turns")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    handed_at = models.DateTimeField()
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    choice = models.CharField(max_length=30, blank=True)
    value = models.CharField(max_length=1000, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["errand", "account"], name="errand_turn_once"),
        )

    def __str__(self) -> str:
        return f"{self.errand_id} {self.account_id}"

"""Dossiers that members keep, and those that are being composed for somebody who waits."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id


def new_dossier_id() -> str:
    return new_id("dos")


class Dossier(models.Model):
    """A dossier with a name: its owner's alone until a second person has read it."""

    class State(models.TextChoices):
        PRIVATE = "PRIVATE", _("privé")
        SUBMITTED = "SUBMITTED", _("à relire")
        PUBLISHED = "PUBLISHED", _("public")

    id = models.CharField(primary_key=True, max_length=20, default=new_dossier_id)
    title = models.CharField(max_length=160)
    author = models.CharField(max_length=80, blank=True)
    """The name on the cover, if one is wanted."""
    introduction = models.TextField(blank=True, max_length=2000)
    language = models.CharField(max_length=8, default="fr")
    state = models.CharField(max_length=10, choices=State, default=State.PRIVATE)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class DossierItem(models.Model):
    """One thing of a dossier; taken out, it stays to be put back with its text."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    ref = models.CharField(max_length=200)
    """`f:clm-…`, `q:q-…`, `d:<sha256>`, `a:<slug>`."""
    note = models.TextField(blank=True, max_length=2000)
    is_out = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dossier", "ref"], name="dossiers_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.order} {self.ref}"


class Preparation(models.Model):
    """A file that takes too long for a page to wait for. Nothing says for whom it is."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("en attente")
        FAILED = "FAILED", _("échec")

    key = models.CharField(primary_key=True, max_length=64)
    """The hash of all that goes into the file: who asks for the same gets the same."""
    form = models.CharField(max_length=10)
    ask = models.JSONField()
    """What the dossier holds and how it is named, as plain values."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    message = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key[:12]} {self.form}"

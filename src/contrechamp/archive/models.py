"""One row for each outside page that a claim rests on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Copy(models.Model):
    """What we kept of an outside page when it was entered, and whether it is still there.

    One for each evidence, not for each address: what is kept of a draft's source must not show in
    what is public of another.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("à copier")
        ALIVE = "alive", _("répond")
        GONE = "gone", _("n'existe plus")
        UNREACHED = "unreached", _("ne répond pas")
        REFUSED = "refused", _("refuse les copies")

    evidence = models.CharField(primary_key=True, max_length=20)
    claim = models.CharField(max_length=20)
    url = models.CharField(max_length=2000)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the bytes, in this room's own store; empty while there is no copy."""
    bytes = models.BigIntegerField(default=0)
    mime = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)
    dead_since = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.evidence} {self.state}"

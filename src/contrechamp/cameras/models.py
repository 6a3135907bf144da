"""Cameras that somebody put on a map: from open maps, official lists, and people who looked.

Visitors read rows of state SHOWN alone. A camera of a person's home is never one: what a
contributor proposes is looked at by somebody else first.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id


def new_camera_id() -> str:
    return new_id("cam")


class Dataset(models.Model):
    """Where cameras come from: who made it, under which licence, and of which day it is."""

    class Kind(models.TextChoices):
        OSM = "osm", _("OpenStreetMap")
        LIST = "list", _("liste d'un organisme public")
        VOLUNTEERS = "volunteers", _("relevé de bénévoles")

    slug = models.SlugField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    licence = models.CharField(max_length=100, blank=True)
    notice = models.CharField(max_length=300, blank=True)
    """What the licence asks to be printed beside each use."""
    url = models.URLField(max_length=1000, blank=True)
    as_of = models.DateField(null=True, blank=True)
    """The day of the data, not of its import."""
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the file that was imported last."""
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    report = models.JSONField(default=dict)
    """Of the last import: read, new, changed, gone, unread by code."""

    def __str__(self) -> str:
        return self.title


class Camera(models.Model):
    """One camera of one data set, as it is now."""

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("proposée")
        SHOWN = "SHOWN", _("montrée")
        GONE = "GONE", _("n'est plus dans la source")
        REFUSED = "REFUSED", _("écartée")

    id = models.CharField(primary_key=True, max_length=20, default=new_camera_id)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="cameras")
    key = models.CharField(max_length=80)
    """Of the source: `osm:457121367`."""
    lon = models.FloatField()
    lat = models.FloatField()
    commune = models.CharField(max_length=5, blank=True)
    """INSEE code; empty where no outline holds it."""
    near_border = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, default="unknown")
    scope = models.CharField(max_length=20, default="unknown")
    zone = models.CharField(max_length=30, blank=True)
    direction = models.FloatField(null=True, blank=True)
    angle = models.FloatField(null=True, blank=True)
    height = models.FloatField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    site = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    first_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dataset", "key"], name="camera_once"),)
        indexes = (models.Index(fields=["commune", "state"]),)

    def __str__(self) -> str:
        return self.key

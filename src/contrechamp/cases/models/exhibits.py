"""Around the exhibits of an action: what cites them, who let a source's document in, bundles.

Its team's alone, whether the action is public or not.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id


def new_argument_id() -> str:
    return new_id("arg")


def new_decision_id() -> str:
    return new_id("dec")


def new_bundle_id() -> str:
    return new_id("bun")


class Argument(models.Model):
    """A ground that an action rests on; its exhibits are rows of `Support`."""

    id = models.CharField(primary_key=True, max_length=20, default=new_argument_id)
    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="arguments")
    ground = models.CharField(max_length=60, blank=True)
    """A code of the library of arguments; empty: in the team's own words."""
    title = models.CharField(max_length=300)
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("position", "made_at", "pk")

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """An exhibit that an argument cites, the page, and the claim that is read there."""

    argument = models.ForeignKey(Argument, models.CASCADE, related_name="supports")
    exhibit = models.ForeignKey("cases.Exhibit", models.CASCADE, related_name="supports")
    claim = models.CharField(max_length=20, blank=True)
    """`clm-…`, published in the census."""
    page = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["argument", "exhibit", "claim", "page"],
                name="cases_support_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.argument_id} {self.exhibit_id}"


class SourceDecision(models.Model):
    """Whether a document that a source gave may be shown to a court: two people decide.

    Answers are codes of `domain.protection`; there is no field in which a source could be named.
    """

    id = models.CharField(primary_key=True, max_length=20, default=new_decision_id)
    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="source_decisions")
    sha256 = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who took it back: a proposal given up, or a decision revoked."""
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="cases_two_people_decide",
            ),
            models.UniqueConstraint(
                fields=["action", "sha256"],
                condition=Q(ended_at=None),
                name="cases_one_decision_stands",
            ),
        )

    def __str__(self) -> str:
        return self.pk


class Bundle(models.Model):
    """A bundle that was asked for: how far it is, then its files in the room's own folder."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("en attente")
        RUNNING = "RUNNING", _("en train de s'assembler")
        DONE = "DONE", _("assemblé")
        FAILED = "FAILED", _("pas assemblé")
        GONE = "GONE", _("fichiers effacés")

    id = models.CharField(primary_key=True, max_length=20, default=new_bundle_id)
    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="bundles")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)
    """Why it is made though the window is over."""
    message = models.TextField(blank=True)
    """What forbade it: its sentence in French and its values apart, as JSON."""
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    """Of all that goes into it: the same again gives the same bytes."""
    numbers = models.JSONField(default=dict, blank=True)
    """The number of each exhibit in it, by key."""
    is_draft = models.BooleanField(default=True)
    pages = models.PositiveIntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    held_by = models.CharField(max_length=200, blank=True)
    """The process that makes it (`foundation.lease`)."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    """When it was first downloaded: from then on it may be at the court."""

    class Meta:
        indexes = (models.Index(fields=["action", "-asked_at"], name="cases_bundles"),)

    def __str__(self) -> str:
        return self.pk

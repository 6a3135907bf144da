"""Papers of an action that are being written: what was chosen, and what was written by hand.

Nothing is overwritten: choices and texts are appended with who made them and when; the last one
stands, and an undo appends the former one again. Its team's alone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id


def new_draft_id() -> str:
    return new_id("ppr")


class Draft(models.Model):
    """A paper of an action. Its words follow the facts until somebody writes them."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("brouillon")
        FINAL = "FINAL", _("final")

    id = models.CharField(primary_key=True, max_length=20, default=new_draft_id)
    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=20)
    """A kind of `domain.papers`."""
    state = models.CharField(max_length=5, choices=State, default=State.DRAFT)
    frozen = models.JSONField(default=dict, blank=True)
    """What a final paper says, by section, so that no later fact changes it; empty for a draft."""
    final_document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the version written elsewhere that is the final one, in the library."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DraftVersion(models.Model):
    """What a paper was to be made of from a moment on: grounds, facts, what is asked."""

    class What(models.TextChoices):
        MADE = "MADE", _("a commencé l'écrit")
        CHOSEN = "CHOSEN", _("a choisi moyens et faits")
        ASKED = "ASKED", _("a changé ce qui est demandé")
        ADDED = "ADDED", _("a ajouté un moyen")
        WITHDRAWN = "WITHDRAWN", _("a retiré un moyen")
        MOVED = "MOVED", _("a déplacé un moyen")
        UNDONE = "UNDONE", _("est revenu à un choix d'avant")
        FINAL = "FINAL", _("a déclaré l'écrit final")
        REOPENED = "REOPENED", _("a rouvert l'écrit")
        ATTACHED = "ATTACHED", _("a joint la version finale")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=What)
    about = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=500, blank=True)
    choices = models.JSONField()
    """As `domain.drafting.Choices` says it."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "number"], name="cases_draft_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"


class DraftText(models.Model):
    """One section as somebody wrote it, or gave it back to the facts."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="texts")
    section = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    """From 1, in its section."""
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=60_000, blank=True)
    is_own = models.BooleanField(default=True)
    """False: from here on the section follows the facts again."""
    basis = models.CharField(max_length=64, blank=True)
    """SHA-256 of the computed text that its writer had before them."""
    restores = models.PositiveIntegerField(null=True, blank=True)
    """Which number it takes up again."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["draft", "section", "number"], name="cases_draft_text_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.draft_id} {self.section} {self.number}"

"""Who mandated, who is reminded of what, what editors made of judgments: none is a visitor's."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Mandate(models.Model):
    """Who mandated an association for a collective complaint. Its lead's and its counsel's alone.

    Never in a page, a feed, an export, a log, a search of anybody else. Erased on request: the
    number is kept, nothing else.
    """

    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="mandates")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True, blank=True)
    scope = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    """What shows it and where that is kept: the signed paper is never in the library."""
    revoked_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["action", "number"], name="cases_mandate_number"),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.number}"


class Reminding(models.Model):
    """How somebody wants to be reminded of their actions; without it: by mail, titles told."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by_mail = models.BooleanField(default=True)
    hides_titles = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="fr", choices=settings.LANGUAGES)

    def __str__(self) -> str:
        return str(self.owner_id)


class Reminder(models.Model):
    """What somebody of a team was reminded of: each once."""

    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="reminders")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    """The task, its safe day, the days before."""
    day = models.DateField()
    sentence = models.TextField()
    """In its owner's language."""
    is_red = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["action", "owner", "key"], name="cases_reminder_once"),
        )
        indexes = (models.Index(fields=["sent_at", "day"], name="cases_reminders_due"),)

    def __str__(self) -> str:
        return f"{self.action_id} {self.key}"


class Sequel(models.Model):
    """What an editor made of a judgment for a record of the census: a fact proposed, or nothing."""

    action = models.ForeignKey("cases.Action", models.CASCADE, related_name="sequels")
    source = models.CharField(max_length=30)
    """The fact that tells the judgment, `fct-…`, or the row of its court, `instance-12`."""
    record = models.CharField(max_length=40)
    """The record that it changes: `prj-…`."""
    claim = models.CharField(max_length=20, blank=True)
    """The fact of the census that was proposed: `clm-…`; empty: the editor wanted none."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "record"], name="cases_sequel_once"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.record}"

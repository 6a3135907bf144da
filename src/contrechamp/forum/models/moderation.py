"""What is reported, what moderators did of it, and what was objected."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Flag(models.Model):
    """Somebody says that a post breaks a rule: a member, or anybody by the notice form."""

    class State(models.TextChoices):
        OPEN = "OPEN"
        UPHELD = "UPHELD"
        DISMISSED = "DISMISSED"
        ABUSIVE = "ABUSIVE"

    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="flags")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    notice = models.JSONField(default=dict, blank=True)
    """The elements of art. 16 of Regulation (EU) 2022/2065, where no account sent it."""
    category = models.CharField(max_length=30)
    note = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    receipt = models.CharField(max_length=64, blank=True)
    """Digest of the code by which a notice is followed without account."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["post", "by"], name="forum_flag_once"),)
        indexes = (models.Index(fields=["state", "made_at"], name="forum_flag_open"),)

    def __str__(self) -> str:
        return f"{self.post} {self.category}"


class Action(models.Model):
    """One decision of a moderator: a line of the public journal, never changed but for undoing."""

    number = models.PositiveIntegerField(unique=True)
    verb = models.CharField(max_length=20)
    post = models.ForeignKey(
        "forum.Post", models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    thread = models.ForeignKey(
        "forum.Thread", models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    board = models.ForeignKey(
        "forum.Board", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """Whom it concerns: the author, or who is silenced."""
    reason = models.CharField(max_length=30, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    """To the author; never public."""
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    """Whether the journal has a line of it."""

    class Meta:
        indexes = (models.Index(fields=["-at"], name="forum_action_newest"),)

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class Appeal(models.Model):
    """The person concerned objects; somebody who did not act decides."""

    class State(models.TextChoices):
        OPEN = "OPEN"
        UPHELD = "UPHELD"
        """The decision stands."""
        GRANTED = "GRANTED"
        """It is undone."""

    action = models.OneToOneField(Action, models.CASCADE, related_name="appeal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(max_length=4000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=4000, blank=True)

    def __str__(self) -> str:
        return f"{self.action} {self.state}"

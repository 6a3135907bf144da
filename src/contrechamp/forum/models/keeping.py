"""What moderators write to each other, emergencies, and what takes two people."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class QueueNote(models.Model):
    """What a moderator tells the others about a post. Never shown to anybody else."""

    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(max_length=2000)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post} {self.at:%Y-%m-%d}"


class Assignment(models.Model):
    """Who has taken a post of the queue, so that two do not read it at once."""

    post = models.OneToOneField("forum.Post", models.CASCADE, related_name="assignment")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.post} {self.user}"


class Emergency(models.Model):
    """A time of at most 72 hours in which newcomers need an invitation or an answer."""

    since = models.DateTimeField()
    until = models.DateTimeField()
    everybody_waits = models.BooleanField(default=False)
    """Whether the posts of confirmed members wait too."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["-until"], name="forum_emergency_until"),)

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}"


class BanProposal(models.Model):
    """One moderator wants to close an account for good; another one must want it too."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=30)
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(decided_at__isnull=True),
                name="forum_ban_proposed_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"


class LabelClaim(models.Model):
    """A member says that a name of an imported forum was theirs, and proves it by a code there."""

    class State(models.TextChoices):
        OPEN = "OPEN"
        GRANTED = "GRANTED"
        REFUSED = "REFUSED"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    origin = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    """What the member publishes on the old forum under the old name."""
    proof = models.CharField(max_length=300, blank=True)
    """The address where it stands."""
    wants_removal = models.BooleanField(default=False)
    """Not to have the posts, but that they are erased."""
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "origin", "label"],
                condition=models.Q(state="OPEN"),
                name="forum_label_claimed_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.state}"

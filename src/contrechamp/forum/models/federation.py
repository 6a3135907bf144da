"""Who follows us from elsewhere, what was told them, and what waits to be delivered."""

from __future__ import annotations

from django.db import models


class Follower(models.Model):
    """An account elsewhere that follows one of our actors. The page tells their number alone."""

    actor = models.CharField(max_length=64)
    remote = models.CharField(max_length=500)
    inbox = models.CharField(max_length=500)
    """The shared one of its server where there is one."""
    follow = models.JSONField(default=dict)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["actor", "remote"], name="forum_follower_once"),
        )

    def __str__(self) -> str:
        return f"{self.actor} {self.remote}"


class Told(models.Model):
    """What an actor said: so that a change updates it, and a withdrawal deletes it elsewhere."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    """Of what was said last."""
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="forum_told_once"),)
        indexes = (models.Index(fields=["actor", "-at"], name="forum_told_newest"),)

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"


class Delivery(models.Model):
    """One message for one inbox, until it is delivered or given up."""

    actor = models.CharField(max_length=64)
    inbox = models.CharField(max_length=500)
    body = models.TextField()
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    made_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["not_before"],
                condition=models.Q(given_up_at__isnull=True),
                name="forum_delivery_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.inbox} {self.made_at:%Y-%m-%d %H:%M}"

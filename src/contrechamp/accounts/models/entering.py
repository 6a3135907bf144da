"""How people come in by themselves: links of members, answers that are read, the switch."""

from __future__ import annotations

from django.db import models

from .groups import Group
from .users import User


class Welcome(models.Model):
    """A link by which a member or a group vouches for newcomers.

    Who used it is written nowhere: its maker sees how often it was used.
    """

    inviter = models.ForeignKey(User, models.CASCADE, related_name="welcomes")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="welcomes")
    digest = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=100, blank=True)
    """For its maker: whom it is for."""
    uses = models.PositiveSmallIntegerField(default=0)
    uses_left = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.inviter} {self.pk}"


class Answer(models.Model):
    """What a newcomer wrote when too many came at once. Gone once it was decided on."""

    user = models.OneToOneField(User, models.CASCADE, related_name="answer")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.user.username


class Door(models.Model):
    """The one row that says whether newcomers need an invitation or an answer for a while."""

    invitation_only_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.invitation_only_until or ''}"

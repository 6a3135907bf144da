"""Local groups: who meets where, and who looks after it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from contrechamp.kernel.ids import new_id

from .users import User


def new_meeting_id() -> str:
    """Return what names a meeting in calendars, for ever."""
    return new_id("mtg")


class Group(models.Model):
    """People who act together somewhere. Its page is public; its members show only if they wish."""

    class Entry(models.TextChoices):
        OPEN = "OPEN", _("entre qui veut")
        ASKED = "ASKED", _("on demande à entrer")
        INVITED = "INVITED", _("sur invitation")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80, unique=True)
    territory = models.CharField(max_length=40, blank=True)
    """A key of a territory, `commune:42218`."""
    text = models.TextField(max_length=5000, blank=True)
    entry = models.CharField(max_length=8, choices=Entry, default=Entry.ASKED)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody in a group, or at its door."""

    class State(models.TextChoices):
        ASKED = "ASKED", _("demande à entrer")
        IN = "IN", _("membre")

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=6, choices=State, default=State.IN)
    moderates = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=False)
    """Whether the public reads the name on the group's page."""
    since = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["group", "user"], name="once_in_a_group"),)

    def __str__(self) -> str:
        return f"{self.group} {self.user}"


class Meeting(models.Model):
    """Where and when a group meets."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    public_id = models.CharField(max_length=16, unique=True, default=new_meeting_id)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=0)
    """How often it was changed: calendars take the highest."""
    cancelled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title

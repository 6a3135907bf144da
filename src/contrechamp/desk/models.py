"""What the desk's own database holds: readers, sealed files by name, two-person acts, deeds.

Nothing here can be read by whoever lacks the readers' keys: no text is stored but sealed ones, no
name of a file but the door's, no moment of a dossier but its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from .domain.states import Priority
from .domain.states import State as SheetState
from .domain.two import Act, Proposal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as _StrPromise

STATES: list[tuple[str, _StrPromise]] = [
    (SheetState.NEW, _("nouveau")),
    (SheetState.COLLECTED, _("relevé")),
    (SheetState.READING, _("en lecture")),
    (SheetState.KEPT, _("gardé")),
    (SheetState.ANSWERED, _("répondu")),
    (SheetState.PROMOTED, _("document transmis")),
    (SheetState.TO_DESTROY, _("à détruire")),
    (SheetState.DESTROYED, _("détruit")),
]
PRIORITIES = [
    (Priority.NONE, _("ordinaire")),
    (Priority.SOON, _("bientôt")),
    (Priority.NOW, _("tout de suite")),
]
ACTS: list[tuple[str, _StrPromise]] = [
    (Act.DESTROY, _("détruire")),
    (Act.PROMOTE, _("transmettre un document")),
]


class Reader(AbstractBaseUser):
    """A person who reads: a code, a passphrase, a generator of codes (RFC 6238). No address."""

    code = models.CharField(_("nom de code"), max_length=40, unique=True)
    seed = models.CharField(max_length=64)
    """Base32, of the generator."""
    last_step = models.BigIntegerField(default=0)
    """The last interval of the generator that was used: none serves twice."""
    failures = models.PositiveSmallIntegerField(default=0)
    shut_until = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    key = models.CharField(max_length=70, blank=True)
    """The age recipient of the person, for the daily notice."""
    address = models.CharField(max_length=200, blank=True)
    """Where the daily notice goes; empty: it is written as a file."""
    last_login = None

    USERNAME_FIELD = "code"

    def __str__(self) -> str:
        return self.code


class Sheet(models.Model):
    """What is known of one sealed file: what a list of the folder tells, and fixed words."""

    file = models.CharField(primary_key=True, max_length=40)
    """Its name in `store/`; once destroyed, a number of ours instead."""
    day = models.DateField()
    size = models.BigIntegerField()
    bucket = models.BigIntegerField(null=True, blank=True)
    keys = models.PositiveSmallIntegerField(default=0)
    """For how many readers it is sealed; 0: not told by the file."""
    state = models.CharField(max_length=12, choices=STATES, default=SheetState.NEW)
    priority = models.CharField(max_length=6, choices=PRIORITIES, default=Priority.NONE)
    is_spam = models.BooleanField(default=False)
    wants_second = models.BooleanField(default=False)
    """Somebody asks that another person read it too."""
    assignee = models.ForeignKey(Reader, models.SET_NULL, null=True, blank=True, related_name="+")
    is_damaged = models.BooleanField(default=False)
    """No known profile, or not of a length that the door makes."""

    class Meta:
        indexes = (models.Index(fields=["state", "day"], name="desk_by_state"),)

    def __str__(self) -> str:
        return self.file


class Note(models.Model):
    """A note between readers, sealed before it came here: the server sees its number and size."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="notes")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    day = models.DateField()
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sheet", "number"], name="desk_note_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.number}"


class Paired(models.Model):
    """What one reader proposed of a dossier, and what another said."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="paired")
    act = models.CharField(max_length=8, choices=ACTS)
    digest = models.CharField(max_length=64, blank=True)
    """Of the bundle that is to be handed to the house: both looked at the same."""
    proposed_by = models.ForeignKey(Reader, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        Reader, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(Reader, models.PROTECT, null=True, blank=True, related_name="+")
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["sheet", "act"],
                condition=models.Q(is_done=False, stopped_by=None),
                name="desk_one_open_proposal",
            ),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.sheet_id}"

    @property
    def value(self) -> Proposal:
        """The proposal as the rules read it."""
        return Proposal(
            act=Act(self.act),
            proposed_by=self.proposed_by.code,
            confirmed_by=self.confirmed_by.code if self.confirmed_by else "",
            confirmed_at=self.confirmed_at,
            stopped_by=self.stopped_by.code if self.stopped_by else "",
            is_spam=self.sheet.is_spam,
            is_done=self.is_done,
        )


class Deed(models.Model):
    """Who did what, to the day. Of a dossier that was destroyed no name is left here."""

    day = models.DateField()
    what = models.CharField(max_length=30)
    reader = models.CharField(max_length=40)
    file = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["-day", "-id"], name="desk_deeds_by_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.what}"

"""Public bodies, their names, how to write to them, and what people corrected."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contrechamp.directory.domain.kinds import (
    ADDRESS_KINDS,
    BODY_KINDS,
    KNOWN,
    PROPOSAL_KINDS,
    BodyKind,
    Known,
)
from contrechamp.kernel.ids import new_id

LIVING = models.Q(is_closed=False, merged_into=None)
"""A body that can be asked today."""


class Body(models.Model):
    """A public body, or a private one with a public mission, that can be asked for documents."""

    id = models.CharField(primary_key=True, max_length=20, default=partial(new_id, "bod"))
    name = models.CharField(max_length=255)
    folded = models.CharField(max_length=255, db_index=True)
    """The name by `kernel.names.fold`; of `Mairie - Nice` what makes it one's own: `nice`."""
    said = models.CharField(max_length=500, blank=True)
    """The words of its name, folded, with a space around each: looked through for any of them."""
    kind = models.CharField(max_length=20, choices=list(BODY_KINDS.items()), default=BodyKind.OTHER)
    identity = models.CharField(max_length=300, unique=True, null=True, blank=True)
    """What makes it one body in every list: `commune:06088`, `epci:200030195`; by rule."""
    siren = models.CharField(max_length=9, blank=True, db_index=True)
    insee = models.CharField(max_length=5, blank=True, db_index=True)
    """Of the commune that it is, or where it sits."""
    territory = models.CharField(max_length=30, blank=True, db_index=True)
    """Key of the place that it is responsible for, or where it sits: `commune:06088`."""
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    website = models.CharField(max_length=500, blank=True)
    is_subject_to_access = models.BooleanField(default=True)
    """Article L300-2: State, local authorities, and whoever has a public-service mission."""
    has_access_officer = models.CharField(
        max_length=7, choices=list(KNOWN.items()), default=Known.UNKNOWN
    )
    needs_access_officer = models.CharField(
        max_length=7, choices=list(KNOWN.items()), default=Known.UNKNOWN
    )
    """Whether article R330-2 obliges it to have one; written by services from the rule."""
    staff_count = models.PositiveIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    is_closed = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        # Of the living alone, in the order of the list: nearly all rows are, and an index on
        # what is empty in nearly all of them would tempt SQLite to read them all.
        indexes = (
            models.Index(fields=["folded", "id"], condition=LIVING, name="body_by_name"),
            models.Index(fields=["kind", "folded", "id"], condition=LIVING, name="body_by_kind"),
            models.Index(
                fields=["departement", "folded", "id"], condition=LIVING, name="body_by_place"
            ),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="body_merged",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("directory:body", args=[self.pk])


class BodyName(models.Model):
    """A name by which a body is looked for: its own, an old one, that of a merged commune."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="names")
    name = models.CharField(max_length=255)
    folded = models.CharField(max_length=255, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["body", "folded"], name="body_name_once"),)

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """One way to write to a body. Never overwritten: a better one supersedes it."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=20, choices=list(ADDRESS_KINDS.items()))
    value = models.CharField(max_length=500)
    """A mail address, the address of a page, or lines of a postal address."""
    domain = models.CharField(max_length=255, blank=True, db_index=True)
    """Of a mail address what stands after the at sign, in lower case."""
    label = models.CharField(max_length=255, blank=True)
    """Which service or delegated commune reads it."""
    phone = models.CharField(max_length=40, blank=True)
    is_personal = models.BooleanField(default=False)
    """It may be one person's own mailbox: its value never reaches a visitor."""
    source = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, blank=True, db_index=True)
    """Layout and key of the line of a list that gave it: `bodies:mairie-06088-01`."""
    seen_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    last_success_on = models.DateField(null=True, blank=True)
    last_bounce_on = models.DateField(null=True, blank=True)
    quarantined_at = models.DateTimeField(null=True, blank=True)
    quarantine_reason = models.CharField(max_length=300, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["body", "kind", "value"], name="address_once"),
        )
        indexes = (models.Index(fields=["value"]),)

    def __str__(self) -> str:
        return f"{self.body_id} {self.kind}"


class ExternalKey(models.Model):
    """The key under which an import knows a body, and a hash of what it said of it last."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="keys")
    layout = models.CharField(max_length=20)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["layout", "key"], name="body_key_once"),)

    def __str__(self) -> str:
        return f"{self.layout}:{self.key}"


class Proposal(models.Model):
    """A correction that a member proposes with its source; an editor decides; all can read it."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("à décider")
        ACCEPTED = "ACCEPTED", _("acceptée")
        REFUSED = "REFUSED", _("refusée")

    id = models.CharField(primary_key=True, max_length=20, default=partial(new_id, "cor"))
    body = models.ForeignKey(Body, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20, choices=list(PROPOSAL_KINDS.items()))
    address_kind = models.CharField(max_length=20, choices=list(ADDRESS_KINDS.items()), blank=True)
    value = models.CharField(max_length=500, blank=True)
    is_personal = models.BooleanField(default=False)
    """The value may be one person's own mailbox: visitors do not get it."""
    address = models.ForeignKey(Address, models.SET_NULL, null=True, related_name="+")
    """The address that is wrong."""
    source = models.CharField(max_length=500)
    comment = models.TextField(blank=True)
    """For editors only."""
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "proposed_at"]),)

    def __str__(self) -> str:
        return self.pk


class Merge(models.Model):
    """That one body is now part of another, and whether somebody took that back."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="merges")
    into = models.ForeignKey(Body, models.CASCADE, related_name="merges_in")
    reason = models.CharField(max_length=500)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.body_id} → {self.into_id}"


class Change(models.Model):
    """One thing that somebody did to a body, for its public history: who did it is not shown."""

    class Verb(models.TextChoices):
        ADDED = "ADDED", _("organisme ajouté à la main")
        CORRECTED = "CORRECTED", _("correction acceptée")
        QUARANTINED = "QUARANTINED", _("adresse mise de côté")
        RELEASED = "RELEASED", _("adresse remise en service")
        MERGED = "MERGED", _("réuni à un autre organisme")
        PARTED = "PARTED", _("réunion annulée")

    body = models.ForeignKey(Body, models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=12, choices=Verb)
    detail = models.CharField(max_length=500, blank=True)
    """Public: never the value of a mailbox."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.body_id} {self.verb}"


class ImportRun(models.Model):
    """One reading of a file into the directory, and what came of it."""

    layout = models.CharField(max_length=20)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    lines = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    """Lines that gave a body that was there another address or key."""
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    """Lines refused or doubtful: number of the line, code, sentence."""

    def __str__(self) -> str:
        return f"{self.layout} {self.file_name}"

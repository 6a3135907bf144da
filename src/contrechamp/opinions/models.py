"""Opinions as the CADA published them, the runs that brought them in, and what they concern.

All of it is public: the CADA publishes it. Names after a civil title are masked when it is shown
(`domain/masking.py`); the text is kept as published, so that its hash can be checked.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One import of a file."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """Empty while it runs, and when it was cut: the same file again completes it."""
    report = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.began_at:%Y-%m-%d}"


class Opinion(models.Model):
    """One opinion, as it stands in the newest file."""

    class Kind(models.TextChoices):
        AVIS = "AVIS", _("avis")
        CONSEIL = "CONSEIL", _("conseil")
        SANCTION = "SANCTION", _("sanction")

    number = models.CharField(primary_key=True, max_length=8)
    entry = models.BigIntegerField(unique=True)
    """Its line in the index of words: another one for each version."""
    administration = models.CharField(max_length=300, blank=True)
    body = models.CharField(max_length=12, blank=True)
    """Which sort of body that is, by its name; a guess."""
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.AVIS)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    session_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=15)
    """One of `domain.Outcome`."""
    motives = models.JSONField(default=list)
    is_surveillance = models.BooleanField(default=False)
    subject = models.TextField(blank=True)
    """What was asked for; read in the opinion where the object was not published."""
    is_subject_read = models.BooleanField(default=False)
    themes = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    senses = models.TextField(blank=True)
    part = models.CharField(max_length=3, blank=True)
    is_cited = models.BooleanField(default=False)
    """Known by a citation: no file has brought it yet."""
    row_sha256 = models.CharField(max_length=64, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="opinions")
    first_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["is_surveillance", "session_on"], name="opinion_on_surveillance"),
            models.Index(fields=["session_on", "number"], name="opinion_by_session"),
            # All that is counted of what the index of words finds: the rows need not be read.
            models.Index(
                fields=["entry", "is_surveillance", "outcome", "session_on"],
                name="opinion_of_entry",
            ),
        )

    def __str__(self) -> str:
        return self.number


class Wording(models.Model):
    """The text of an opinion, apart: lists never read it."""

    opinion = models.OneToOneField(
        Opinion, models.CASCADE, primary_key=True, related_name="wording"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class Earlier(models.Model):
    """That an opinion had other words before: their hash, and when they were replaced."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="earlier")
    text_sha256 = models.CharField(max_length=64)
    row_sha256 = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.replaced_at:%Y-%m-%d}"


class Match(models.Model):
    """That an opinion concerns a kind of document of the catalogue."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="matches", db_index=False)
    kind = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["opinion", "kind"], name="opinion_kind_once"),
        )
        indexes = (models.Index(fields=["kind", "opinion"], name="opinion_of_kind"),)

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.kind}"


class Term(models.Model):
    """A word of what was asked for, and in how many opinions: what a misspelt one is mended by."""

    term = models.CharField(primary_key=True, max_length=80)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.term


class Edition(models.Model):
    """By which queries the matches were made."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kinds = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.kinds

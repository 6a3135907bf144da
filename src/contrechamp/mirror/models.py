"""Copies of the site that an administrator has made known."""

from __future__ import annotations

from django.db import models


class KnownMirror(models.Model):
    """A copy that somebody keeps, and what was found the last time it was looked at."""

    address = models.URLField(unique=True, max_length=300)
    operator = models.CharField(max_length=120)
    key = models.TextField(blank=True)
    """The public key (PEM) that its manifest is signed with; empty: this site's own."""
    added_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    """When it was last found whole and signed."""
    copy_day = models.DateField(null=True)
    """The day that the copy told which was verified last."""
    trouble = models.CharField(max_length=300, blank=True)
    """What was wrong when it was checked last; empty if nothing."""

    def __str__(self) -> str:
        return self.address

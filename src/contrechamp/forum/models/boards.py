"""Boards, and old addresses that lead somewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


class Board(models.Model):
    """A place for threads that hang on no object, or on any: general, help, one per group."""

    slug = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    """What it is for, in a sentence or two."""
    text_en = models.TextField(max_length=1000, blank=True)
    position = models.PositiveIntegerField(default=100)
    place = models.CharField(max_length=60, blank=True)
    """Key of a territory (`commune:06088`), or empty."""
    group = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001
    """Key of the local group whose board it is; null: nobody's own."""
    read_only = models.BooleanField(default=False)
    members_only = models.BooleanField(default=False)
    """Only who is signed in reads it: never in feeds, search, dumps or counts of visitors."""
    origin = models.CharField(max_length=80, blank=True)
    """Where it was imported from, and its number there (`nodebb:forum.example:12`)."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["origin"],
                condition=~models.Q(origin=""),
                name="forum_board_imported_once",
            ),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        return (get_language() == "en" and self.title_en) or self.title

    @property
    def about(self) -> str:
        return (get_language() == "en" and self.text_en) or self.text


class Redirect(models.Model):
    """An old address of an imported forum, or of a merged thread, and where it is now."""

    old_path = models.CharField(max_length=300, unique=True)
    new_path = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.old_path

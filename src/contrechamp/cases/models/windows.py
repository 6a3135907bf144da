"""The public list of windows: a projection of what rooms publish."""

from __future__ import annotations

from django.db import models


class Window(models.Model):
    """One line of the public list of windows: a projection of what rooms publish, nothing else.

    `services.windows` writes it. Its status is not here: it follows from its days and the day on
    which it is read.
    """

    id = models.CharField(primary_key=True, max_length=32)
    sort = models.CharField(max_length=8)
    title = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    act_by_safe = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=20, blank=True)
    court = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    technology = models.CharField(max_length=40, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    record = models.CharField(max_length=20, blank=True, db_index=True)
    rank = models.PositiveSmallIntegerField(default=0)
    shown_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    """How often its words or days changed: a calendar takes what is newer."""
    gone_at = models.DateTimeField(null=True, blank=True)
    """Overtaken by a fact: calendars cancel it, lists do not have it."""

    class Meta:
        indexes = (
            # What a list leaves out is told by the index alone: no row is read for it.
            models.Index(
                fields=["rank", "act_by_safe", "id", "last_day", "sort", "dated_on", "gone_at"],
                name="cases_windows_in_order",
            ),
            models.Index(
                fields=[
                    *("departement", "gone_at", "technology", "sort", "act_by_safe", "last_day"),
                    *("why", "dated_on"),
                ],
                name="cases_windows_counted",
            ),
            models.Index(
                fields=["departement", "rank", "act_by_safe", "id"], name="cases_windows_by_dep"
            ),
            models.Index(fields=["sort", "id"], name="cases_windows_by_sort"),
        )

    def __str__(self) -> str:
        return self.title


class WindowPlace(models.Model):
    """A territory of a window, or one that holds it."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="places")
    territory = models.CharField(max_length=30, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["window", "territory"], name="cases_place_once"),
        )

    def __str__(self) -> str:
        return self.territory

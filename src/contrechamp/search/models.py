"""What the index does not know yet, and the searches that people keep for themselves.

The index itself can be made again from the database.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from contrechamp.kernel.ids import new_id


def _new_key() -> str:
    return new_id("rch")


class Dirty(models.Model):
    """Something that changed for visitors, written in the transaction that changed it.

    The row goes after the index was committed: a writer that is killed loses nothing.
    """

    ref = models.CharField(max_length=200)
    """`room:kind:key`, as in the plugs."""

    def __str__(self) -> str:
        return self.ref


class SavedSearch(models.Model):
    """A search that a person keeps under a name. It concerns nobody else.

    What was removed can be taken back for a day, and is then deleted with the next act.
    """

    id = models.CharField(primary_key=True, max_length=20, default=_new_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=2000)
    """As in the address of its results, without place and order."""
    saved_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """What became public later is new to the owner."""
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "query"],
                condition=models.Q(removed_at=None),
                name="search_saved_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:saved-search", args=[self.pk])

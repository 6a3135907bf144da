"""Searches that a person keeps: save, rename, mark as seen, remove, take back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.search.models import SavedSearch

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_SAVED = 50
LONGEST_QUERY = 2_000
KEPT_AFTER = timedelta(days=1)
"""So long a removed search can be taken back."""


@transaction.atomic
def save_search(*, owner: User, name: str, query: str, now: datetime) -> SavedSearch:
    """Keep a search. The same search saved again takes the new name."""
    _forget_removed(owner, now)
    if len(query) > LONGEST_QUERY:
        raise Refused(gettext_noop("Cette recherche est trop longue pour être enregistrée."))
    mine = SavedSearch.objects.filter(owner=owner.pk, removed_at=None)
    known = mine.filter(query=query).first()
    if known:
        return rename_search(known, name=name)
    if not query:
        raise Refused(gettext_noop("Cette recherche ne demande rien : écrivez d'abord un mot."))
    if mine.count() >= MOST_SAVED:
        raise Refused(
            gettext_noop(
                "Vous avez {most} recherches enregistrées, c'est le plus que l'on peut garder. "
                "Supprimez-en une."
            ),
            most=MOST_SAVED,
        )
    return SavedSearch.objects.create(
        owner_id=owner.pk, name=_named(name), query=query, saved_at=now, seen_at=now
    )


@transaction.atomic
def rename_search(saved: SavedSearch, *, name: str) -> SavedSearch:
    """Give a search another name."""
    saved.name = _named(name)
    saved.save(update_fields=["name"])
    return saved


def mark_seen(saved: SavedSearch, *, now: datetime) -> None:
    """Remember that the owner has seen all that became public until now."""
    SavedSearch.objects.filter(pk=saved.pk, seen_at__lt=now).update(seen_at=now)


@transaction.atomic
def remove_search(saved: SavedSearch, *, now: datetime) -> None:
    """Remove a search; it can be taken back for a day."""
    SavedSearch.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=now)


@transaction.atomic
def restore_search(saved: SavedSearch) -> SavedSearch:
    """Take back a search that was removed; the same one saved since stands in its place."""
    twin = SavedSearch.objects.filter(
        owner=saved.owner_id, query=saved.query, removed_at=None
    ).first()
    if twin:
        return twin
    SavedSearch.objects.filter(pk=saved.pk).update(removed_at=None)
    return saved


def _named(name: str) -> str:
    named = " ".join(name.split())[:120]
    if not named:
        raise Refused(gettext_noop("Donnez un nom à cette recherche."))
    return named


def _forget_removed(owner: User, now: datetime) -> None:
    SavedSearch.objects.filter(owner=owner.pk, removed_at__lt=now - KEPT_AFTER).delete()

"""The searches that a person saved. Nobody else learns that they are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.search.domain import Query
from contrechamp.search.models import SavedSearch

from .asking import read
from .index import engine, hidden_refs, shown

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_NEWS = 20
"""Of each search so many new things are counted; beyond, there are "more than"."""


def saved_of(user: User) -> QuerySet[SavedSearch]:
    """Return what a person saved, by name."""
    return SavedSearch.objects.filter(owner=user.pk, removed_at=None).order_by("name", "pk")


def saved_name(key: str, owner: int) -> str | None:
    """Return the name that an account gave to a search, None when it has none such."""
    rows = SavedSearch.objects.filter(owner=owner, pk=key, removed_at=None)
    return rows.values_list("name", flat=True).first()


def saved_query(key: str, owner: int) -> str | None:
    """Return what a search that an account saved asks, as in the address of its results."""
    rows = SavedSearch.objects.filter(owner=owner, pk=key, removed_at=None)
    return rows.values_list("query", flat=True).first()


def find_saved(key: str, user: User) -> SavedSearch | None:
    """Return the search of that identifier if this person saved it, or None."""
    return saved_of(user).filter(pk=key).first()


def find_removed(key: str, user: User) -> SavedSearch | None:
    """Return a search that this person removed and may still take back, or None."""
    return SavedSearch.objects.filter(owner=user.pk, pk=key).exclude(removed_at=None).first()


def news_of(searches: Sequence[tuple[Query, datetime]]) -> list[int]:
    """Return how many results of each became public after a moment, up to `MOST_NEWS` + 1.

    The results of all are looked up together.
    """
    hidden = hidden_refs()
    hits: list[list[str]] = []
    for query, _ in searches:
        newest = replace(query, sort="new", cursor="", limit=MOST_NEWS + 1)
        request = replace(read(newest, hidden).request, facets=())
        hits.append([hit.ref for hit in engine().find(request).hits])
    entries = shown(list(dict.fromkeys(ref for refs in hits for ref in refs)))
    return [
        sum(
            1
            for ref in refs
            if ref in entries and (at := entries[ref].at) is not None and at > since
        )
        for refs, (_, since) in zip(hits, searches, strict=True)
    ]

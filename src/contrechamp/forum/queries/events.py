"""What the observatory told of things: beside a thread, and to who watches the dossier."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.forum.models import Event, Thread

from .access import visible_threads
from .subjects import kinds

if TYPE_CHECKING:
    from .access import Reader

BEFORE = 20
"""Events shown above a thread, the last ones."""


def before(thread: Thread) -> list[Event]:
    """Return what was told of what a thread is about and is no post, the oldest first.

    The thread was read through `visible_threads`: who reads it may see what it is about.
    """
    if not thread.subject_kind:
        return []
    rows = standing().filter(
        subject_kind=thread.subject_kind, subject_id=thread.subject_id, has_post=False
    )
    return list(rows.order_by("-day", "-pk")[:BEFORE])[::-1]


def standing() -> QuerySet[Event]:
    """Return the events that were not taken back."""
    return Event.objects.filter(withdrawn_at=None)


def readable(ids: Collection[int], user: Reader) -> list[Event]:
    """Return those of some events that somebody may read: whose subject they may see."""
    rows = list(standing().filter(pk__in=ids))
    seen = visible_subjects({(row.subject_kind, row.subject_id) for row in rows}, user)
    return [row for row in rows if (row.subject_kind, row.subject_id) in seen]


def visible_subjects(pairs: Iterable[tuple[str, str]], user: Reader) -> set[tuple[str, str]]:
    """Return those of some things that somebody may see (None: everybody): a query each kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in pairs:
        by_kind.setdefault(kind, set()).add(key)
    found: set[tuple[str, str]] = set()
    for kind, keys in by_kind.items():
        offer = kinds().get(kind)
        if offer is None:
            continue
        rows = offer.visible(user)
        if rows is None:
            found |= {(kind, key) for key in keys}
            continue
        there = rows.filter(**{f"{offer.key}__in": sorted(keys)}).values_list(offer.key, flat=True)
        found |= {(kind, str(key)) for key in there}
    return found


def open_threads(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], Thread]:
    """Return of things that are talked of the thread that moved last and that all may read.

    One of a group alone is not it: what happened would be hidden there.
    """
    rows = visible_threads(None).filter(
        subject_kind__in={kind for kind, _ in pairs},
        subject_id__in={key for _, key in pairs},
        moved_to=None,
        locked=False,
    )
    return {(one.subject_kind, one.subject_id): one for one in rows.order_by("last_post_at", "pk")}

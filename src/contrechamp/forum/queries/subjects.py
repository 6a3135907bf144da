"""What threads are about, read through the offers of rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from contrechamp.forum.domain.subjects import SubjectCard, SubjectKind
from contrechamp.foundation.plug import offered

if TYPE_CHECKING:
    from contrechamp.forum.models import Thread


@cache
def kinds() -> dict[str, SubjectKind]:
    """Return the kinds that can be talked about, by their code."""
    found = sorted(offered(SubjectKind), key=lambda kind: kind.order)
    return {kind.kind: kind for kind in found}


def cards(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], SubjectCard]:
    """Return the cards of some subjects: one query for each kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in wanted:
        if kind:
            by_kind.setdefault(kind, set()).add(key)
    return {
        (kind, key): card
        for kind, keys in by_kind.items()
        if kind in kinds()
        for key, card in kinds()[kind].cards(sorted(keys)).items()
    }


def card_of(thread: Thread) -> SubjectCard | None:
    """Return the card of what a thread is about; plain words where its room is not here."""
    if not thread.subject_kind:
        return None
    found = cards([(thread.subject_kind, thread.subject_id)])
    return found.get((thread.subject_kind, thread.subject_id)) or SubjectCard(
        title=thread.subject, url=""
    )


def label_of(kind: str) -> str:
    """Return what a kind is called."""
    offer = kinds().get(kind)
    return gettext(offer.label) if offer else kind


def find_subject(user: Any, kind: str, key: str) -> SubjectCard | None:
    """Return the card of a subject that somebody may talk about, or None."""
    offer = kinds().get(kind)
    if offer is None:
        return None
    rows = offer.visible(user)
    if rows is not None and not rows.filter(**{offer.key: key}).exists():
        return None
    return offer.cards([key]).get(key)

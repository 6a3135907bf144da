"""Reads of errands: one's own, those to look at, and two public numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from contrechamp.errands.models import Errand, Turn
from contrechamp.foundation.plug import Choice, Errands, Matter, offered

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An errand for a reviewer: what it is about, and what each said."""

    errand: Errand
    matter: Matter | None
    """None when it is not public any more."""
    answers: tuple[Turn, ...]


def offers() -> dict[str, Errands]:
    """Return the kinds of errands that rooms offer, by code."""
    return {offer.kind: offer for offer in offered(Errands)}


def known_choice(kind: str, code: str) -> Choice | None:
    """Return one of the answers of a kind, or None."""
    offer = offers().get(kind)
    return next((one for one in offer.choices if one.code == code), None) if offer else None


def done_by(account: User) -> QuerySet[Turn]:
    """Return what somebody has answered, the newest first."""
    rows = Turn.objects.filter(account=account).exclude(answered_at=None)
    return rows.select_related("errand").order_by("-answered_at", "-pk")


def to_look_at() -> list[Looked]:
    """Return the errands that wait for a reviewer: disputed first, then what was found wrong."""
    rows = Errand.objects.exclude(state__in=(Errand.State.OPEN, Errand.State.SETTLED))
    return list(_looked(rows.order_by("-state", "closed_at", "pk")[:200]))


def settled(most: int = 50) -> list[Looked]:
    """Return what reviewers settled last."""
    rows = Errand.objects.filter(state=Errand.State.SETTLED)
    return list(_looked(rows.order_by("-closed_at", "-pk")[:most]))


def counts() -> tuple[int, int]:
    """Return how many errands two people have done, and how many are open: for everybody."""
    done = Errand.objects.exclude(state=Errand.State.OPEN).exclude(choice="").count()
    return done, Errand.objects.filter(state=Errand.State.OPEN).count()


def _looked(rows: QuerySet[Errand]) -> Iterable[Looked]:
    answered = Turn.objects.exclude(answered_at=None).select_related("account")
    for errand in rows.prefetch_related(Prefetch("turns", answered, to_attr="answered")):
        offer = offers().get(errand.kind)
        yield Looked(
            errand=errand,
            matter=offer.show(errand.ref) if offer else None,
            answers=tuple(errand.answered),
        )

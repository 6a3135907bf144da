"""Kept dossiers: reads. Visitors see those that are public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from contrechamp.dossiers.domain import Ask
from contrechamp.dossiers.domain.items import read_ref
from contrechamp.dossiers.models import Dossier, DossierItem

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

    Reader = User | AnonymousUser

State = Dossier.State
CHOICES = 30


def visible_to(user: Reader) -> QuerySet[Dossier]:
    """Return the dossiers that a person may read: public ones, one's own, handed in for editors."""
    seen = Q(state=State.PUBLISHED)
    if user.is_authenticated:
        seen |= Q(owner=user.pk)
        if user.is_editor:
            seen |= Q(state=State.SUBMITTED)
    return Dossier.objects.filter(seen)


def find_dossier(dossier_id: str, user: Reader) -> Dossier | None:
    """Return the dossier if the person may read it, or None."""
    return visible_to(user).filter(pk=dossier_id).first()


def listed(user: Reader) -> QuerySet[Dossier]:
    """Return the dossiers of a list, the newest first, each with how many things it holds."""
    count = Count("items", filter=Q(items__is_out=False))
    return visible_to(user).annotate(count=count).order_by("-changed_at", "pk")


def own(user: Reader) -> QuerySet[Dossier]:
    """Return the dossiers that a person keeps, to choose from."""
    rows = (
        Dossier.objects.filter(owner=user.pk) if user.is_authenticated else Dossier.objects.none()
    )
    return rows.order_by("-changed_at", "pk")[:CHOICES]


def ask_of(dossier: Dossier) -> Ask:
    """Return what a kept dossier asks for, as an address would."""
    rows = [(item, row.note) for row in _rows(dossier, is_out=False) if (item := read_ref(row.ref))]
    return Ask(
        items=tuple(item for item, _ in rows),
        notes=tuple(note for _, note in rows),
        title=dossier.title,
        author=dossier.author,
        introduction=dossier.introduction,
        language=dossier.language,
    )


def taken_out(dossier: Dossier) -> Ask:
    """Return what was taken out of a dossier."""
    rows = _rows(dossier, is_out=True)
    return Ask(items=tuple(item for row in rows if (item := read_ref(row.ref))))


def _rows(dossier: Dossier, *, is_out: bool) -> list[DossierItem]:
    return list(dossier.items.filter(is_out=is_out).order_by("order", "pk"))

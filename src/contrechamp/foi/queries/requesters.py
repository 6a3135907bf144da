"""Who may sign for whom: one's own identities, and those that the observatory shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from contrechamp.foi.domain.requester import Channel, Lack, lacks, lacks_for_cada
from contrechamp.foi.models import Requester

from .letters import identity_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def usable_by(user: User) -> QuerySet[Requester]:
    """Return the identities that somebody may sign with, shared associations first."""
    rows = Requester.objects.filter(Q(owner=user) | Q(is_shared=True), closed_at=None)
    return rows.order_by("-is_shared", "kind", "label", "pk")


def editable_by(user: User) -> QuerySet[Requester]:
    """Return the identities that somebody may change: one's own; shared ones are for editors."""
    mine = Q(owner=user, is_shared=False)
    return Requester.objects.filter(mine | Q(is_shared=True) if user.is_editor else mine)


def closed_of(user: User) -> QuerySet[Requester]:
    """Return the identities of somebody that sign no more."""
    return editable_by(user).exclude(closed_at=None).order_by("label", "pk")


def default_for(user: User) -> Requester | None:
    """Return who signs when nothing is said: a shared association before anybody's own name."""
    rows = list(usable_by(user)[:2])
    first = rows[0] if rows else None
    if first is not None and (first.kind == Requester.Kind.ASSOCIATION or len(rows) == 1):
        return first
    return None


def lacks_of(row: Requester) -> tuple[Lack, ...]:
    """Return what an identity lacks to seize a body by e-mail, and later the CADA."""
    who = identity_of(row.kind, row.identity)
    mail = lacks(who, Channel.EMAIL)
    return (*mail, *(each for each in lacks_for_cada(who) if each not in mail))

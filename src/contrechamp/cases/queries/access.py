"""Which actions somebody may see, and what they may do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from contrechamp.cases.models import Action, Member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

WRITERS = (Member.Role.LEAD, Member.Role.MEMBER)

PAPER_WRITERS = (*WRITERS, Member.Role.COUNSEL)
"""Who writes papers: counsel too, who records no facts."""
FINISHERS = (Member.Role.LEAD, Member.Role.COUNSEL)
"""Who says that a paper is final."""


def public() -> QuerySet[Action]:
    """Return what everybody may see: what its team has published."""
    return Action.objects.filter(is_public=True)


def visible_to(user: User | AnonymousUser) -> QuerySet[Action]:
    """Return what somebody may see: what is public, and the actions of their teams.

    An editor or an administrator sees no more than anybody: a case is its team's alone.
    """
    if not user.is_authenticated:
        return public()
    return Action.objects.filter(Q(is_public=True) | Q(pk__in=_of(user).values("action")))


def editable_by(user: User) -> QuerySet[Action]:
    """Return the actions of which somebody may record facts: they lead or take part."""
    return Action.objects.filter(pk__in=_of(user).filter(role__in=WRITERS).values("action"))


def written_by(user: User) -> QuerySet[Action]:
    """Return the actions whose papers somebody may write: they lead, take part or advise."""
    return Action.objects.filter(pk__in=_of(user).filter(role__in=PAPER_WRITERS).values("action"))


def finished_by(user: User) -> QuerySet[Action]:
    """Return the actions whose papers somebody may declare final."""
    return Action.objects.filter(pk__in=_of(user).filter(role__in=FINISHERS).values("action"))


def led_by(user: User) -> QuerySet[Action]:
    """Return the actions that somebody leads: team, publication."""
    return Action.objects.filter(pk__in=_of(user).filter(role=Member.Role.LEAD).values("action"))


def mine(user: User) -> QuerySet[Action]:
    """Return the actions of somebody's teams: what is due first, then the latest."""
    rows = Action.objects.filter(pk__in=_of(user).values("action"))
    return rows.order_by("-is_red", "act_by", "-changed_at", "pk")


def mine_of(owner: int) -> QuerySet[Action]:
    """Return the actions of the teams of an account by its key, the oldest first."""
    seats = Member.objects.filter(user_id=owner, user__is_active=True).values("action")
    return Action.objects.filter(pk__in=seats).order_by("made_at", "pk")


def role_of(user: User | AnonymousUser, action: Action) -> str:
    """Return somebody's role in the team of an action, empty when they are not of it."""
    if not user.is_authenticated:
        return ""
    row = Member.objects.filter(action=action, user=user).first()
    return row.role if row else ""


def _of(user: User) -> QuerySet[Member]:
    return Member.objects.filter(user=user)

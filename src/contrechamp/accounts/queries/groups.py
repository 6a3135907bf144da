"""Local groups, their people and their meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from contrechamp.accounts.models import Group, Meeting, Membership, User

IN = Membership.State.IN
STILL = timedelta(hours=6)
"""A meeting without an end is over after so long."""


def groups() -> QuerySet[Group]:
    """Return the groups that are open, with the number of their members."""
    inside = Count("memberships", filter=Q(memberships__state=IN))
    return Group.objects.filter(closed_at=None).annotate(size=inside).order_by("name")


def find_group(slug: str) -> Group | None:
    """Return the open group of an address, or None."""
    return Group.objects.filter(slug=slug, closed_at=None).first()


def groups_of(user: User) -> QuerySet[Group]:
    """Return the groups that somebody is in."""
    return Group.objects.filter(
        memberships__user=user, memberships__state=IN, closed_at=None
    ).order_by("name")


def shown_groups_of(user: User) -> QuerySet[Group]:
    """Return the groups that somebody is in and says so to everybody."""
    return groups_of(user).filter(memberships__user=user, memberships__is_shown=True)


def group_titles(keys: Sequence[str], user: User) -> dict[str, tuple[str, str]]:
    """Return name and address of the groups that are open: all may see their pages."""
    rows = groups().filter(slug__in=list(keys))
    return {row.slug: (row.name, reverse("accounts:group", args=[row.slug])) for row in rows}


def membership_of(group: Group, user: User) -> Membership | None:
    """Return how somebody belongs to a group, or None."""
    return Membership.objects.filter(group=group, user=user).first()


def memberships_of(group: Group) -> QuerySet[Membership]:
    """Return everybody in a group or at its door: who looks after it, who asks, the others."""
    found = group.memberships.select_related("user").filter(user__is_active=True)
    return found.order_by("-moderates", "state", "user__username")


def meetings_of(group: Group, now: datetime) -> QuerySet[Meeting]:
    """Return the meetings to come, the next first; cancelled ones too, that say so."""
    ahead = Q(ends_at__gt=now) | Q(ends_at=None, starts_at__gt=now - STILL)
    return group.meetings.filter(ahead).order_by("starts_at")


def find_meeting(group: Group, public_id: str) -> Meeting | None:
    """Return one meeting of a group, or None."""
    return group.meetings.filter(public_id=public_id).first()


def looks_after(group: Group, user: User) -> bool:
    """Answer whether somebody looks after a group: its own moderators, and administrators."""
    found = membership_of(group, user)
    return user.is_administrator or bool(found and found.state == IN and found.moderates)

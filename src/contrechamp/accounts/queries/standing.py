"""What an account may do today, and whom it does not want to hear: read by rooms above."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from contrechamp.accounts import domain
from contrechamp.accounts.models import Answer, Block, Door, User, Welcome


def is_silenced(user: User, now: datetime) -> bool:
    """Answer whether somebody may only read, export and leave now."""
    return domain.is_silenced(user.silenced_until, now)


def is_confirmed(user: User) -> bool:
    """Answer whether somebody's messages are published without being read before."""
    return user.is_confirmed


def confirmed_ids(users: Collection[int]) -> set[int]:
    """Return those of some accounts, by their numbers, that are confirmed."""
    found = User.objects.filter(pk__in=users, standing=User.Standing.CONFIRMED)
    return set(found.values_list("pk", flat=True))


def blocked_by(user: User) -> set[int]:
    """Return the numbers of the accounts that somebody does not want to hear."""
    return set(Block.objects.filter(user=user).values_list("blocked_id", flat=True))


def blocks_of(user: User) -> QuerySet[Block]:
    """Return whom somebody does not want to hear, by name."""
    return user.blocks.select_related("blocked").order_by("blocked__username")


def moderators() -> QuerySet[User]:
    """Return the open accounts that decide what happens to what people say here."""
    may = Q(moderates=True) | Q(role=User.Role.ADMINISTRATOR)
    return User.objects.filter(may, is_active=True, is_machine=False).order_by("username")


def find_by_public_id(public_id: str) -> User | None:
    """Return the account with that public identifier, erased ones too, or None."""
    return User.objects.filter(public_id=public_id).first()


def invitation_only_until(now: datetime) -> datetime | None:
    """Return until when newcomers need an invitation or an answer; None when they need neither."""
    door = Door.objects.filter(invitation_only_until__gt=now).first()
    return door.invitation_only_until if door else None


def welcomes_of(user: User) -> QuerySet[Welcome]:
    """Return the links for newcomers that somebody made, the newest first."""
    return user.welcomes.select_related("group").order_by("-made_at")


def answers() -> QuerySet[Answer]:
    """Return what newcomers wrote and nobody has read yet, the oldest first."""
    return Answer.objects.select_related("user").order_by("at")

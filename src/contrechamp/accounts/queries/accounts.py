"""Accounts, read from other rooms and from this one's pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from contrechamp.accounts.models import Act, Invitation, Passkey, Totp, User

OPENED_AT = "opened_at"
"""Where a session remembers since when it is open."""
USED_ON = "used_on"
"""And on which day it was last used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A browser in which somebody is signed in. Nothing is known of the browser itself."""

    key: str
    opened_at: datetime | None
    ends_at: datetime
    used_on: date | None = None

    @property
    def handle(self) -> str:
        """Names the session in a page without giving it away."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:16]


def find_account(name: str) -> User | None:
    """Return the account of that name, or None."""
    return User.objects.filter(username__iexact=name, is_active=True).first()


def find_any_account(name: str) -> User | None:
    """Return the account of that name, closed or not, or None."""
    return User.objects.filter(username__iexact=name).first()


def find_account_by_id(number: int) -> User | None:
    """Return the open account with that number, or None."""
    return User.objects.filter(pk=number, is_active=True).first()


def accounts() -> QuerySet[User]:
    """Return every account of a person, open ones first."""
    people = User.objects.filter(is_machine=False).select_related("totp")
    return people.order_by("-is_active", "username")


def has_totp(user: User) -> bool:
    """Answer whether an account asks for a second code."""
    return Totp.objects.filter(user=user).exists()


def has_second_lock(user: User) -> bool:
    """Answer whether a passphrase alone does not open an account."""
    return has_totp(user) or Passkey.objects.filter(user=user).exists()


def needs_second_lock(user: User) -> bool:
    """Answer whether somebody may publish or moderate and has no second lock yet."""
    return (user.is_editor or user.is_moderator) and not has_second_lock(user)


def passkeys_of(user: User) -> QuerySet[Passkey]:
    """Return the passkeys of an account, the newest first."""
    return user.passkeys.order_by("-made_on", "-pk")


def find_totp(user: User) -> Totp | None:
    """Return the second lock of an account, if it has one."""
    return Totp.objects.filter(user=user).first()


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes were not used yet."""
    return user.recovery_codes.filter(used_at=None).count()


def find_invitation(secret: str, now: datetime) -> Invitation | None:
    """Return the invitation that a link opens, if it still does."""
    return (
        Invitation.objects.select_related("user")
        .filter(
            digest=hashlib.sha256(secret.encode()).hexdigest(),
            used_at=None,
            ends_at__gt=now,
            user__is_active=True,
        )
        .first()
    )


def acts_of(user: User) -> QuerySet[Act]:
    """Return what was done to an account, the newest first."""
    return user.acts.select_related("actor", "user").order_by("-at", "-pk")


def acts() -> QuerySet[Act]:
    """Return what was done to all accounts, the newest first."""
    return Act.objects.select_related("actor", "user").order_by("-at", "-pk")


def sessions_of(user: User, now: datetime) -> list[OpenSession]:
    """Return the browsers in which somebody is signed in, the newest first.

    Only people with an account have a session, so that reading them all is reading few.
    """
    found = [
        OpenSession(
            key=session.session_key,
            opened_at=parse_datetime(data.get(OPENED_AT, "")),
            ends_at=session.expire_date,
            used_on=parse_date(data.get(USED_ON, "")),
        )
        for session in Session.objects.filter(expire_date__gt=now)
        for data in [session.get_decoded()]
        if data.get(SESSION_KEY) == str(user.pk)
    ]
    return sorted(found, key=lambda each: each.ends_at, reverse=True)

"""Opening one's account alone, and reading what newcomers answer when very many come."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from django.db import transaction

from contrechamp.accounts import domain, queries
from contrechamp.accounts.models import Act, Answer, User

from .accounts import check_is_free, close_account
from .codes import new_codes
from .passphrases import check_new_passphrase
from .record import record
from .welcomes import use_welcome

HOUR = timedelta(hours=1)


def propose_passphrase() -> str:
    """Return six words that chance has chosen."""
    return domain.propose(_words(), secrets.choice)


def asks_for_answer(now: datetime) -> bool:
    """Answer whether newcomers without an invitation are asked for a free answer."""
    recent = Act.objects.filter(kind=Act.Kind.SIGNED_UP, at__gt=now - HOUR).count()
    return domain.is_crowded(recent) or queries.invitation_only_until(now) is not None


@transaction.atomic
def sign_up(
    *,
    name: str,
    passphrase: str,
    now: datetime,
    answer: str = "",
    welcome: str = "",
    language: str = "fr",
) -> tuple[User, list[str]]:
    """Open an account for who asks, and return it with its recovery codes, shown once.

    A welcome (the secret of a link) makes a confirmed member at once. Without one the first posts
    are read before; while very many come, an answer is read first. The day is kept, not the hour.
    """
    domain.check_pseudonym(name)
    check_is_free(name)
    check_new_passphrase(passphrase, name=name)
    standing = User.Standing.QUEUED
    if not welcome and asks_for_answer(now):
        domain.check_answer(answer)
        standing = User.Standing.ANSWERING
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    user = User(username=name, opened_at=day, standing=standing, language=language)
    user.set_password(passphrase)
    user.save()
    record(Act.Kind.SIGNED_UP, user, actor=user, now=now)
    if standing == User.Standing.ANSWERING:
        Answer.objects.create(user=user, text=answer.strip(), at=now)
    if welcome:
        use_welcome(user, welcome, now=now)
    return user, new_codes(user)


@transaction.atomic
def accept_answer(user: User, *, actor: User, now: datetime) -> None:
    """Let somebody in whose answer was read; the first posts are read like those of others."""
    if user.standing != User.Standing.ANSWERING:
        return
    user.standing = User.Standing.QUEUED
    user.save(update_fields=["standing"])
    Answer.objects.filter(user=user).delete()
    record(Act.Kind.CONFIRMED, user, actor=actor, now=now, detail=domain.Standing.QUEUED)


@transaction.atomic
def decline_answer(user: User, *, actor: User, now: datetime) -> None:
    """Close an account whose answer says that it is no person's, or not in good faith."""
    if user.standing != User.Standing.ANSWERING:
        return
    Answer.objects.filter(user=user).delete()
    close_account(user, actor=actor, now=now)


@cache
def _words() -> tuple[str, ...]:
    text = files("contrechamp.accounts").joinpath("data/words_fr.txt").read_text("ascii")
    return tuple(text.split())

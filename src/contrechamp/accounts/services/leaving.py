"""Leaving: an account is emptied, and what it wrote stays under « compte supprimé » or goes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from contrechamp.accounts import domain, queries
from contrechamp.accounts.domain import PersonalData
from contrechamp.accounts.models import Act, Answer, Block, Erasure, Totp, User
from contrechamp.foundation.plug import offered

from .accounts import check_another_administrator
from .passphrases import check_own_passphrase
from .record import record
from .sessions import end_sessions

LIST = "erased-accounts.jsonl"
"""In the data folder, beside the database: what a restored copy of it does not know."""


def ask_erasure(
    user: User, *, passphrase: str, with_texts: bool, at_once: bool, now: datetime
) -> None:
    """Ask to be erased in seven days, or at once. It takes the passphrase."""
    check_own_passphrase(user, passphrase, now=now)
    check_another_administrator(user)
    due = now if at_once else now + timedelta(days=domain.DAYS_TO_THINK)
    with transaction.atomic():
        Erasure.objects.update_or_create(
            user=user,
            defaults={"with_texts": with_texts, "asked_at": now, "due_at": due, "done_at": None},
        )
        record(Act.Kind.ERASURE_ASKED, user, actor=user, now=now)
    if at_once:
        erase_account(user, with_texts=with_texts, now=now)


@transaction.atomic
def cancel_erasure(user: User, *, now: datetime) -> None:
    """Stay after all."""
    if Erasure.objects.filter(user=user, done_at=None).delete()[0]:
        record(Act.Kind.ERASURE_CANCELLED, user, actor=user, now=now)


@transaction.atomic
def erase_account(user: User, *, with_texts: bool, now: datetime) -> None:
    """Empty an account. What belongs to the record stays, signed by nobody. Twice is once.

    Rooms erase first what is theirs; with `with_texts` also the texts that the person wrote.
    """
    for offer in offered(PersonalData):
        offer.erase(user, with_texts, now)
    for column in queries.columns():
        column.leaving(user).delete()
    _empty(user, now)
    Erasure.objects.update_or_create(
        user=user,
        defaults={"with_texts": with_texts, "done_at": now},
        create_defaults={
            "with_texts": with_texts,
            "asked_at": now,
            "due_at": now,
            "done_at": now,
        },
    )
    if not user.acts.filter(kind=Act.Kind.ERASED).exists():
        record(Act.Kind.ERASED, user, actor=None, now=now)
    transaction.on_commit(lambda: _write_down(user, with_texts))


def erase_due(now: datetime) -> int:
    """Erase the accounts whose seven days are over, and return how many. Safe to run again."""
    due = Erasure.objects.filter(done_at=None, due_at__lte=now).select_related("user")
    count = 0
    for erasure in due:
        try:
            erase_account(erasure.user, with_texts=erasure.with_texts, now=now)
            count += 1
        # One that fails must not hold up the others; it is told, and tried again.
        except Exception:
            logging.getLogger(__name__).exception("An account could not be erased")
    return count


def erase_again(lines: Iterable[str], *, now: datetime) -> int:
    """Erase what a list of erased accounts names and a restored copy still has; return how many."""
    count = 0
    for line in filter(None, map(str.strip, lines)):
        asked: Mapping[str, Any] = json.loads(line)
        user = queries.find_by_public_id(str(asked["id"]))
        if user is not None and user.erased_at is None:
            erase_account(user, with_texts=bool(asked["with_texts"]), now=now)
            count += 1
    return count


def _empty(user: User, now: datetime) -> None:
    """Take from an account all that is its person's. The row stays: the record names it."""
    end_sessions(user, actor=None, now=now, is_recorded=False)
    for rows in (
        *(user.recovery_codes, user.invitations, user.passkeys, user.welcomes),
        user.memberships,
    ):
        rows.all().delete()
    Answer.objects.filter(user=user).delete()
    Block.objects.filter(Q(user=user) | Q(blocked=user)).delete()
    Totp.objects.filter(user=user).delete()
    user.acts.exclude(detail="").update(detail="")
    user.username = f"{domain.ERASED_NAME}{user.public_id.partition('-')[2]}"
    user.folded = domain.fold(user.username)
    user.password = make_password(None)
    user.email = None
    user.last_login = None
    user.is_active = user.moderates = user.remember_reading = False
    user.role = User.Role.MEMBER
    user.standing = User.Standing.QUEUED
    user.language, user.pattern_seed = "fr", ""
    user.silenced_until, user.silence_ref = None, ""
    user.erased_at = user.erased_at or now
    user.save()


def _write_down(user: User, with_texts: bool) -> None:
    """Add an erased account to the list that outlives a restored database."""
    line = json.dumps({"id": user.public_id, "with_texts": with_texts})
    with (settings.CONTRECHAMP.data / LIST).open("a", encoding="ascii") as listed:
        listed.write(line + "\n")

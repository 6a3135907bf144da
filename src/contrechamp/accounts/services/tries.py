"""Count tries at a lock before they are made, so that a hundred at once count as a hundred."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from contrechamp.accounts.domain import FORGOTTEN_AFTER, Tries, check_may_try, count_try
from contrechamp.accounts.models import Try


def key_of(*parts: object) -> str:
    """Return the key of a lock. It does not tell what was typed."""
    text = "\0".join(str(part) for part in parts)
    return salted_hmac("accounts.tries", text, algorithm="sha256").hexdigest()


@transaction.atomic
def take_try(key: str, now: datetime) -> None:
    """Count one try as wrong, or raise `TooManyTries`. Who is right calls `clear_tries`."""
    row = Try.objects.select_for_update().filter(key=key).first()
    tries = Tries(row.count, row.last_at) if row else Tries()
    check_may_try(tries, now)
    count = count_try(tries, now).count
    Try.objects.update_or_create(key=key, defaults={"count": count, "last_at": now})


@transaction.atomic
def count_up(key: str, now: datetime) -> int:
    """Count one more and return how many there are; the caller names the hour in the key."""
    row, is_new = Try.objects.select_for_update().get_or_create(
        key=key, defaults={"count": 1, "last_at": now}
    )
    if not is_new:
        row.count += 1
        row.save(update_fields=["count"])
    return row.count


def clear_tries(key: str) -> None:
    """Forget the wrong tries at one lock."""
    Try.objects.filter(key=key).delete()


def forget_old_tries(now: datetime) -> None:
    """Forget the tries of another day: they count for nothing any more."""
    Try.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()

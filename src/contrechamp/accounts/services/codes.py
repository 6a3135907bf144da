"""The second code: from an authenticator application, or from the list of recovery codes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from contrechamp.accounts import domain
from contrechamp.accounts.models import Act, RecoveryCode, Totp, User
from contrechamp.kernel.errors import gettext_noop

from .passphrases import WrongCode, check_own_passphrase, find_by_passphrase, wrong_pair
from .record import record
from .sessions import end_sessions
from .tries import clear_tries, key_of, take_try

CODES = 10
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without signs that are read as one another: 0 o, 1 i l."""


@transaction.atomic
def turn_totp_on(user: User, *, secret: str, code: str, now: datetime) -> list[str]:
    """Ask for a code at each sign-in from now on; return the recovery codes, shown once."""
    step = domain.matching_step(domain.Totp(secret), code, now)
    if step is None:
        raise _wrong()
    Totp.objects.update_or_create(
        user=user, defaults={"secret": secret, "last_step": step, "since": now}
    )
    record(Act.Kind.TOTP_ON, user, actor=user, now=now)
    return new_codes(user)


def check_code(user: User, code: str, *, now: datetime) -> None:
    """Take a one-time or recovery code, or raise `WrongCode`, `TooManyTries`.

    Not one transaction: a try counts although it fails.
    """
    key = key_of("code", user.pk)
    take_try(key, now)
    if not _take_totp(user, code, now) and not take_recovery_code(user, code, now):
        raise _wrong()
    clear_tries(key)


def check_sign_in_with_code(name: str, passphrase: str, code: str, *, now: datetime) -> User:
    """Return the account of a name, passphrase and code given together, or raise `WrongPassphrase`.

    The way in for who is kept waiting because a stranger tries their name from all sides: no tries
    count here, so that none shuts the owner out. It tells nothing until all three are right, and
    nobody guesses a passphrase and a code at once.
    """
    user = find_by_passphrase(name, passphrase)
    with transaction.atomic():
        if user is None or not (_take_totp(user, code, now) or take_recovery_code(user, code, now)):
            raise wrong_pair()
    return user


def turn_totp_off(user: User, *, code: str, now: datetime) -> None:
    """Ask no longer for a code. It takes one, so that an unlocked screen is not enough."""
    check_code(user, code, now=now)
    with transaction.atomic():
        # The codes on paper stay: they are the way back to who has lost the passphrase.
        Totp.objects.filter(user=user).delete()
        record(Act.Kind.TOTP_OFF, user, actor=user, now=now)


def make_recovery_codes(user: User, *, code: str, now: datetime) -> list[str]:
    """Replace the recovery codes, and return the new ones, shown once.

    It takes a code where there is a second lock, and otherwise the passphrase (as `code`).
    """
    if Totp.objects.filter(user=user).exists():
        check_code(user, code, now=now)
    else:
        check_own_passphrase(user, code, now=now)
    with transaction.atomic():
        record(Act.Kind.CODES_MADE, user, actor=user, now=now)
        return new_codes(user)


@transaction.atomic
def reset_totp(user: User, *, actor: User | None, now: datetime) -> None:
    """Take the second code off an account whose person has lost every code. Sessions end."""
    _forget(user)
    end_sessions(user, actor=actor, now=now, is_recorded=False)
    record(Act.Kind.TOTP_RESET, user, actor=actor, now=now)


def _take_totp(user: User, code: str, now: datetime) -> bool:
    row = Totp.objects.filter(user=user).first()
    if row is None:
        return False
    step = domain.matching_step(domain.Totp(row.secret, row.last_step), code, now)
    if step is None:
        return False
    # In the condition, so that of two requests with the same code one is refused.
    return bool(Totp.objects.filter(pk=row.pk, last_step__lt=step).update(last_step=step))


def take_recovery_code(user: User, code: str, now: datetime) -> bool:
    """Take a recovery code once; answer whether it was one."""
    unused = user.recovery_codes.filter(digest=_digest(code), used_at=None)
    if not unused.update(used_at=now):
        return False
    record(Act.Kind.CODE_USED, user, actor=user, now=now)
    return True


def new_codes(user: User) -> list[str]:
    """Replace the recovery codes of an account, and return the new ones, shown once."""
    user.recovery_codes.all().delete()
    codes = [f"{_letters(5)}-{_letters(5)}" for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(code)) for code in codes
    )
    return codes


def _letters(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(count))


def _digest(code: str) -> str:
    """Return the digest of a recovery code. It has 49 random bits: a plain hash is enough."""
    plain = "".join(sign for sign in code.casefold() if sign in SIGNS)
    return hashlib.sha256(plain.encode()).hexdigest()


def _forget(user: User) -> None:
    Totp.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()


def _wrong() -> WrongCode:
    return WrongCode(
        gettext_noop(
            "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant ; vérifiez aussi "
            "l'heure de votre téléphone."
        )
    )

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from contrechamp.accounts.domain import CIRCUIT_TRIES, Weak, check_passphrase
from contrechamp.accounts.models import Act, User
from contrechamp.kernel.errors import Refused, gettext_noop

from .record import record
from .sessions import end_sessions
from .tries import clear_tries, count_up, key_of, take_try


class WrongPassphrase(Refused):
    """The name and the passphrase do not belong together."""

    status = 403


class WrongCode(Refused):
    """The one-time or recovery code is not the right one."""

    status = 403


def check_new_passphrase(passphrase: str, *, name: str) -> None:
    """Raise `Weak` unless the passphrase may be chosen."""
    check_passphrase(passphrase, name=name)
    try:
        _well_known().validate(passphrase)
    except ValidationError:
        raise Weak(
            gettext_noop("Cette phrase de passe est connue de tous. Inventez-en une à vous.")
        ) from None


def check_sign_in(
    name: str, passphrase: str, *, device: str = "", circuit: str = "", now: datetime
) -> User:
    """Return the account of a name and passphrase, or raise `WrongPassphrase`, `TooManyTries`.

    The answer and the time that it takes are the same whether there is no such account, it is
    closed, or the passphrase is wrong. Not one transaction: a try counts although it fails.
    `device` is a browser in which the person has signed in before: its tries are counted apart,
    so that a stranger who types somebody's name does not shut them out. So are those of a circuit
    of Tor (`circuits.circuit_key`), until all circuits together have tried that name too often.
    """
    if circuit and not device:
        circuit = _while_few_try(name, circuit, now)
    key = key_of("passphrase", name.strip().casefold(), device or circuit)
    take_try(key, now)
    user = find_by_passphrase(name, passphrase)
    if user is None:
        raise wrong_pair()
    clear_tries(key)
    return user


def _while_few_try(name: str, circuit: str, now: datetime) -> str:
    """Return the circuit while all circuits together try a name less often than the limit.

    Circuits cost nothing: above the limit they share one bucket, as those who tell none do.
    """
    key = key_of("circuits", name.strip().casefold(), f"{now:%Y-%m-%d %H}")
    return circuit if count_up(key, now) <= CIRCUIT_TRIES else ""


def find_by_passphrase(name: str, passphrase: str) -> User | None:
    """Return the open account of a name and passphrase, in the same time whether there is one."""
    user = User.objects.filter(username__iexact=name.strip()).first()
    if user is None:
        make_password(passphrase)  # As long as checking one.
        return None
    return user if check_password(passphrase, user.password) and user.is_active else None


def check_own_passphrase(user: User, passphrase: str, *, now: datetime) -> None:
    """Raise `WrongPassphrase` unless somebody who is signed in types their own passphrase.

    Before what cannot be taken back: an unlocked screen is not enough. Tries count.
    """
    key = key_of("own passphrase", user.pk)
    take_try(key, now)
    if not check_password(passphrase, user.password):
        raise WrongPassphrase(gettext_noop("Votre phrase de passe actuelle n'est pas celle-là."))
    clear_tries(key)


@transaction.atomic
def change_passphrase(user: User, *, old: str, new: str, now: datetime) -> None:
    """Change one's passphrase. All sessions end; the caller keeps its own alive."""
    if not check_password(old, user.password):
        raise WrongPassphrase(gettext_noop("Votre phrase de passe actuelle n'est pas celle-là."))
    check_new_passphrase(new, name=user.username)
    user.set_password(new)
    user.save(update_fields=["password"])
    end_sessions(user, actor=user, now=now, is_recorded=False)
    record(Act.Kind.PASSPHRASE_CHANGED, user, actor=user, now=now)


@cache
def _well_known() -> CommonPasswordValidator:
    """Return the check against the list of the 20,000 most common; it is read once."""
    return CommonPasswordValidator()


def wrong_pair() -> WrongPassphrase:
    """Return what is said when name, passphrase or code do not belong together."""
    return WrongPassphrase(gettext_noop("Ce nom et cette phrase de passe ne vont pas ensemble."))

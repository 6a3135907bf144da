"""Coming back to an account whose passphrase is lost: by a code on paper."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from contrechamp.accounts.models import Act, User
from contrechamp.kernel.errors import gettext_noop

from .codes import take_recovery_code
from .passphrases import WrongCode, check_new_passphrase
from .record import record
from .sessions import end_sessions
from .tries import clear_tries, key_of, take_try


def recover(name: str, code: str, *, passphrase: str, now: datetime) -> User:
    """Give an account a new passphrase for one of its recovery codes. Its sessions end.

    The answer is the same whether there is no such account or the code is wrong. A passphrase
    that will not do is said before the code is taken. A second code, where there is one, is asked
    for at the next sign-in as ever.
    """
    check_new_passphrase(passphrase, name=name)
    key = key_of("recovery", name.strip().casefold())
    take_try(key, now)
    user = User.objects.filter(username__iexact=name.strip(), is_active=True).first()
    make_password(passphrase)  # As long as the right one takes.
    with transaction.atomic():
        if user is None or user.is_machine or not take_recovery_code(user, code, now):
            raise WrongCode(
                gettext_noop("Ce nom et ce code ne vont pas ensemble, ou le code a déjà servi.")
            )
        user.set_password(passphrase)
        user.save(update_fields=["password"])
        end_sessions(user, actor=user, now=now, is_recorded=False)
        record(Act.Kind.RECOVERED, user, actor=user, now=now)
    clear_tries(key)
    return user

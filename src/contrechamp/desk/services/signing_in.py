"""A passphrase and a code of the generator; none serves twice, and guessing is slowed down."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from airlock.recipients import RecipientError, vet_age
from contrechamp.accounts.domain import totp
from contrechamp.desk.models import Reader
from contrechamp.kernel.errors import Refused, gettext_noop

from .deeds import note_deed

FREE, SHUT = 5, timedelta(minutes=1)
"""Failures without consequence; then a minute, doubled with each more, up to an hour."""
LONGEST = timedelta(hours=1)
NAMELESS = make_password(None)
WRONG = gettext_noop("Nom, phrase ou code inexact. Attendez le code suivant, puis réessayez.")


def add_reader(code: str, passphrase: str, *, key: str = "", address: str = "") -> Reader:
    """Make a reader with a new generator; raise Refused where the code is taken or too plain."""
    if not code.isascii() or not code.isalnum() or not code.islower() or len(code) > 40:
        raise Refused(gettext_noop("Un nom de code : des lettres minuscules sans accent."))
    if len(passphrase) < 20:
        raise Refused(gettext_noop("La phrase est trop courte : vingt signes au moins."))
    if Reader.objects.filter(code=code).exists():
        raise Refused(gettext_noop("Ce nom de code est déjà pris."))
    checked = _vetted(key) if key else ""
    reader = Reader(code=code, seed=totp.new_secret(), key=checked, address=address)
    reader.set_password(passphrase)
    reader.save()
    return reader


def set_key(code: str, key: str) -> None:
    """Say a reader's public line; raise Refused where it is none, or nobody has this code."""
    if not Reader.objects.filter(code=code, is_active=True).update(key=_vetted(key)):
        raise Refused(gettext_noop("{code} ne lit pas à ce bureau."), code=code)


def _vetted(key: str) -> str:
    try:
        return vet_age(key)
    except RecipientError as error:
        raise Refused(gettext_noop("Cette clé ne sert pas : {error}."), error=str(error)) from None


def dismiss_reader(code: str) -> None:
    """Shut a reader out at once; raise Refused where nobody has this code."""
    if not Reader.objects.filter(code=code, is_active=True).update(is_active=False):
        raise Refused(gettext_noop("{code} ne lit pas à ce bureau."), code=code)


def address_of(reader: Reader) -> str:
    """Return what a generator of codes reads as a QR code (`otpauth://`)."""
    return totp.provisioning_uri(reader.seed, name=reader.code, issuer="Bureau")


@transaction.atomic
def check(code: str, passphrase: str, digits: str, *, now: datetime) -> Reader | None:
    """Return the reader whom all three name, None otherwise. Counts failures."""
    reader = Reader.objects.select_for_update().filter(code=code, is_active=True).first()
    # The passphrase of nobody costs what that of somebody costs.
    is_known = check_password(passphrase, reader.password if reader else NAMELESS)
    if reader is None:
        return None
    if reader.shut_until and now < reader.shut_until:
        return None
    step = totp.matching_step(totp.Totp(reader.seed, reader.last_step), digits, now)
    if not is_known or step is None:
        reader.failures += 1
        if reader.failures >= FREE:
            reader.shut_until = now + min(SHUT * 2 ** min(reader.failures - FREE, 10), LONGEST)
        reader.save(update_fields=["failures", "shut_until"])
        return None
    reader.failures, reader.shut_until, reader.last_step = 0, None, step
    reader.save(update_fields=["failures", "shut_until", "last_step"])
    note_deed("signed_in", reader, now=now)
    return reader

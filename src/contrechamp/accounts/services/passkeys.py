"""Passkeys: a device proves that it has a key, and unlocks it with a finger, a face or a number.

Such a proof stands for passphrase and code together, so the device must have asked its owner
(user verification). A key works under the one name of the site that it was made for: one made on
the public domain opens nothing on the onion. `connectors.webauthn` checks (decision 36).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction

from contrechamp.accounts.models import Act, Passkey, Try, User
from contrechamp.kernel.errors import Refused, gettext_noop

from .passphrases import WrongCode
from .record import record
from .tries import key_of

SALT = "accounts.passkey"
ASKED_FOR = timedelta(minutes=10)
MOST = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks a device for: options for the browser, and our signed memory of them."""

    options: str
    """JSON, as WebAuthn level 3 writes it."""
    state: str


def ask_new(user: User, *, host: str, origin: str) -> Asked:
    """Ask the device of somebody who is signed in to make a key."""
    name = _name(host)
    there = list(user.passkeys.filter(host=name).values_list("credential", flat=True))
    options, state = _webauthn().ask_new(
        user.public_id, user.username, there, host=name, origin=origin
    )
    return _asked(options, state, "new", user.pk)


@transaction.atomic
def add_passkey(
    user: User, *, name: str, answer: str, state: str, host: str, origin: str, now: datetime
) -> Passkey:
    """Keep the public half of a key that a device has just made."""
    if user.passkeys.count() >= MOST:
        raise Refused(gettext_noop("Dix clés suffisent : retirez-en une d'abord."))
    asked, webauthn = _read(state, "new", user.pk, now), _webauthn()
    try:
        made = webauthn.read_new(asked, answer, host=_name(host), origin=origin)
    except webauthn.NotProved:
        raise _wrong() from None
    try:
        with transaction.atomic():
            key = Passkey.objects.create(
                user=user,
                credential=made.credential,
                public_key=made.data,
                uses=made.uses,
                host=_name(host),
                name=name.strip()[:60] or f"{now:%Y-%m-%d}",
                made_on=now.date(),
            )
    except IntegrityError:
        raise Refused(gettext_noop("Cette clé est déjà connue.")) from None
    record(Act.Kind.PASSKEY_ADDED, user, actor=user, now=now)
    return key


def ask_proof(*, host: str, origin: str) -> Asked:
    """Ask whichever device is there for a proof; it says whose key it is."""
    options, state = _webauthn().ask_proof(host=_name(host), origin=origin)
    return _asked(options, state, "proof", 0)


@transaction.atomic
def check_proof(*, answer: str, state: str, host: str, origin: str, now: datetime) -> User:
    """Return whose device has proved to hold its key, or raise `WrongCode`. A proof serves once."""
    asked, name, webauthn = _read(state, "proof", 0, now), _name(host), _webauthn()
    try:
        found = Passkey.objects.select_related("user").get(
            credential=webauthn.named(answer), host=name, user__is_active=True
        )
        uses = webauthn.check_proof(
            asked, answer, bytes(found.public_key), host=name, origin=origin
        )
    except (webauthn.NotProved, Passkey.DoesNotExist):
        raise _wrong() from None
    # Devices that count never count backwards: one that does is a copy.
    if uses and uses <= found.uses:
        raise _wrong()
    found.uses, found.used_on = uses, now.date()
    found.save(update_fields=["uses", "used_on"])
    return found.user


@transaction.atomic
def remove_passkey(user: User, number: int, *, now: datetime) -> None:
    """Forget one of one's keys. What is not there is forgotten already."""
    if user.passkeys.filter(pk=number).delete()[0]:
        record(Act.Kind.PASSKEY_REMOVED, user, actor=user, now=now)


def _webauthn() -> ModuleType:
    """Load the library when the first person asks: starting the house does not take it."""
    from contrechamp.accounts.connectors import webauthn

    return webauthn


def _name(host: str) -> str:
    """Return the name of a site without its port."""
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host


def _asked(options: str, state: dict[str, Any], kind: str, user: int) -> Asked:
    values = {"kind": kind, "user": user, "asked": state}
    return Asked(options, signing.dumps(values, salt=SALT))


def _read(state: str, kind: str, user: int, now: datetime) -> Any:
    """Return what was asked, once: the same question cannot be answered twice."""
    try:
        values = signing.loads(state, salt=SALT, max_age=ASKED_FOR)
    except signing.BadSignature:
        raise _too_late() from None
    if values["kind"] != kind or values["user"] != user:
        raise _too_late()
    _, is_new = Try.objects.get_or_create(
        key=key_of("passkey", values["asked"]["challenge"]), defaults={"count": 0, "last_at": now}
    )
    if not is_new:
        raise _too_late()
    return values["asked"]


def _wrong() -> WrongCode:
    return WrongCode(
        gettext_noop(
            "Cette clé n'ouvre pas de compte ici. Une clé faite sur une autre adresse du site n'y "
            "sert pas ; la phrase de passe, elle, sert partout."
        )
    )


def _too_late() -> WrongCode:
    return WrongCode(gettext_noop("Cette demande a servi ou a expiré. Recommencez."))

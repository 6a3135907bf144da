"""Make copies of the site known, and forget them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mirror.models import KnownMirror


def clean_address(address: str) -> str:
    """Return an address as it is kept: with its folder, with a slash at the end.

    Raise `Refused` for what is no address of the web.
    """
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Refused(
            gettext_noop(
                "« {address} » n'est pas l'adresse d'un miroir : écrivez-la comme"
                " https://exemple.org/contrechamp/"
            ),
            address=address,
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


@transaction.atomic
def add_mirror(address: str, *, operator: str, key: str = "", now: datetime) -> KnownMirror:
    """Make a copy known, or change who keeps it and with which key. Who may do so decides a door.

    Raise `Refused` for an address that is none, a copy that nobody keeps, or a key that is none.
    """
    address, operator = clean_address(address), " ".join(operator.split())[:120]
    if not operator:
        raise Refused(gettext_noop("Dites qui tient ce miroir : un nom ou un pseudonyme."))
    if key.strip():
        signing.fingerprint(key)
    told = {"operator": operator, "key": key.strip()}
    made, _ = KnownMirror.objects.update_or_create(
        address=address, defaults=told, create_defaults={**told, "added_at": now}
    )
    return made


@transaction.atomic
def remove_mirror(pk: int) -> bool:
    """Forget a copy; tell whether it was known."""
    return bool(KnownMirror.objects.filter(pk=pk).delete()[0])

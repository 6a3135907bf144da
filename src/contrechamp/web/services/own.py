"""Audit a table of somebody: compute it in memory, hand it back sealed, keep only what is asked.

A table is nowhere but in the request and its answer. Between two pages it travels in the form,
packed and signed, so that the server need not hold it; the signature lets nobody send a bomb.
"""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.core import signing
from django.db import transaction

from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop
from contrechamp.lab.model import Text
from contrechamp.lab.own.audit import Audit, Options
from contrechamp.lab.own.auditing import audit
from contrechamp.lab.own.keeping import packed
from contrechamp.lab.own.sheet import Unreadable
from contrechamp.web.models import KeptAudit

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_BYTES = 2_000_000
MOST_SEALED = 2_400_000
"""Less than a form field may have (`DATA_UPLOAD_MAX_MEMORY_SIZE`)."""
SEALED_S = 6 * 3600
AT_ONCE = 1
PATIENCE_S = 20
SHORTEST, LONGEST = 1, 365
MOST_KEPT = 50
_turns = BoundedSemaphore(AT_ONCE)
_table = signing.TimestampSigner(salt="web.own.table")
_key = signing.Signer(salt="web.own.kept")


class Stale(Refused):
    """A sealed table is too old, or is not ours."""


def check_size(size: int) -> None:
    """Raise `Unreadable` for a table that is too large for a page."""
    if size > MOST_BYTES:
        raise Unreadable(
            Text(
                "Le tableau dépasse 2 Mo. Gardez les colonnes qui servent, ou faites le calcul "
                "chez vous : contrechamp lab audit FICHIER.",
                "The table is larger than 2 MB. Keep the columns that serve, or compute it at "
                "home: contrechamp lab audit FILE.",
            )
        )


def seal(body: bytes) -> str:
    """Pack and sign a table, for the form that brings it back."""
    sealed = _table.sign(urlsafe_b64encode(zlib.compress(body, 6)).decode())
    if len(sealed) > MOST_SEALED:
        check_size(MOST_BYTES + 1)
    return sealed


def unseal(sealed: str) -> bytes:
    """Return the table that was sealed; raise `Stale` for what is not ours, or too old."""
    try:
        return zlib.decompress(urlsafe_b64decode(_table.unsign(sealed, max_age=SEALED_S)))
    except signing.BadSignature:
        raise Stale(
            gettext_noop("Cette page est trop ancienne. Donnez de nouveau votre tableau.")
        ) from None


@contextmanager
def alone() -> Iterator[None]:
    """Wait for one's turn to compute; raise `Unavailable` when it does not come."""
    if not _turns.acquire(timeout=PATIENCE_S):
        raise Unavailable(
            gettext_noop("Beaucoup de tableaux se calculent en ce moment. Réessayez bientôt.")
        )
    try:
        yield
    finally:
        _turns.release()


def compute(body: bytes, options: Options) -> Audit:
    """Return what a table says, one at a time."""
    with alone():
        return audit(body, options)


def secret_of(key: str) -> str:
    """Return the word by which who kept a result may delete it."""
    return _key.signature(key)


def is_secret(key: str, secret: str) -> bool:
    """Answer whether a word is the one that deletes a kept result."""
    try:
        _key.unsign(f"{key}:{secret}")
    except signing.BadSignature:
        return False
    return True


@transaction.atomic
def keep(found: Audit, *, days: int, owner: User | None, today: date) -> KeptAudit:
    """Keep a result until a day. What was kept and is over goes at the same time."""
    forget_ended(today=today)
    if owner is not None and KeptAudit.objects.filter(owner=owner).count() >= MOST_KEPT:
        raise Refused(
            gettext_noop("Vous gardez déjà {most} résultats : supprimez-en un d'abord."),
            most=MOST_KEPT,
        )
    until = today + timedelta(days=min(max(days, SHORTEST), LONGEST))
    content = packed(found)
    return KeptAudit.objects.create(content=content, kept_on=today, until=until, owner=owner)


@transaction.atomic
def forget(key: str) -> None:
    """Delete a kept result. Again changes nothing."""
    KeptAudit.objects.filter(pk=key).delete()


def forget_ended(*, today: date) -> int:
    """Delete what was kept until a day that is over; return how many."""
    return KeptAudit.objects.filter(until__lt=today).delete()[0]

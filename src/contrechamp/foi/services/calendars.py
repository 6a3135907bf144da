"""Private addresses of calendars, made and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.foi.models import CalendarFeed
from contrechamp.foi.queries.calendars import digest
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def open_feed(scope: str, *, owner: User, now: datetime) -> str:
    """Return the token of a new private calendar; it is shown once, and its hash alone is kept.

    The one before of the same scope no longer opens. Raise `Refused` for the collective's when
    one is no editor.
    """
    if scope == CalendarFeed.Scope.COLLECTIVE and not owner.is_editor:
        raise Refused(gettext_noop("Le calendrier de l'observatoire est pour ses éditeurs."))
    close_feed(scope, owner=owner, now=now)
    # 128 bits: an address that nobody finds by trying.
    token = secrets.token_hex(16)
    CalendarFeed.objects.create(owner=owner, scope=scope, digest=digest(token), made_at=now)
    return token


def close_feed(scope: str, *, owner: User, now: datetime) -> None:
    """Revoke a private calendar. One that is closed already is no error."""
    rows = CalendarFeed.objects.filter(owner=owner, scope=scope, revoked_at=None)
    rows.update(revoked_at=now)

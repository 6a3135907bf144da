"""Note that what is public changed."""

from __future__ import annotations

import secrets

from .models import Stamp

ONLY = 1


def note_change() -> None:
    """Remember it, in the transaction that changes it."""
    word = secrets.token_hex(8)
    if not Stamp.objects.filter(pk=ONLY).update(word=word):
        Stamp.objects.update_or_create(pk=ONLY, defaults={"word": word})

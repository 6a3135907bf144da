"""Remember that what the map shows has changed."""

from __future__ import annotations

import secrets

from .models import Stamp

ONLY = 1
"""The one row of `Stamp`."""


def note_change() -> None:
    """Give what the map shows a new word. Call it in the transaction that changes it."""
    word = secrets.token_hex(8)
    if not Stamp.objects.filter(pk=ONLY).update(word=word):
        Stamp.objects.update_or_create(pk=ONLY, defaults={"word": word})

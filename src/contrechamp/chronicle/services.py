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


def begin_keeping() -> None:
    """Let what is dear be kept from the first visit on: of a census that was there before."""
    if not Stamp.objects.filter(pk=ONLY).exists():
        note_change()

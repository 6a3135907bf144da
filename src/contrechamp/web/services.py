"""Remember that what visitors can get has changed."""

from __future__ import annotations

import secrets

from .models import Edition

ONLY = 1


def note_edition() -> None:
    """Give the public site a new word. Call it in the transaction that changes it.

    A random word, not a count: a count that is rolled back and used again would name two
    different states.
    """
    word = secrets.token_hex(8)
    if not Edition.objects.filter(pk=ONLY).update(word=word):
        Edition.objects.update_or_create(pk=ONLY, defaults={"word": word})

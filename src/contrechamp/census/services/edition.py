"""Remember that what visitors can get has changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from contrechamp.census.models import Edition

ONLY = 1
"""The one row of `Edition`."""


def note_edition(refs: Iterable[str]) -> None:
    """Give the public site a new word, and its facts too when some of them changed.

    Call it in the transaction that changes them. `refs`: `room:kind:key` of what changed.
    """
    word = secrets.token_hex(8)
    is_census = any(ref.startswith("census:") for ref in refs)
    changed = {"word": word, "facts": word} if is_census else {"word": word}
    if not Edition.objects.filter(pk=ONLY).update(**changed):
        Edition.objects.update_or_create(
            pk=ONLY, defaults=changed, create_defaults={"word": word, "facts": word}
        )


def begin_edition() -> None:
    """Let what is dear be kept from the first visit on: of a census that was there before."""
    if not Edition.objects.filter(pk=ONLY).exists():
        note_edition(())

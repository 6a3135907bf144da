"""Saying that what visitors read of the directory has changed: kept pages are made anew."""

from __future__ import annotations

from contrechamp.directory.models import Body
from contrechamp.foundation.signals import public_changed

REF = "directory:body:"


def tell_changed(*body_pks: str) -> None:
    """Say that bodies changed. Without a key: many at once, as an import; search is rebuilt then.

    Call it in the transaction that changes them.
    """
    public_changed.send(sender=Body, refs=[f"{REF}{pk}" for pk in body_pks])

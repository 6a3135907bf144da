"""The journal of the desk: a day, a word, a reader."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from contrechamp.desk.models import Deed, Reader, Sheet


def note_deed(
    what: str, reader: Reader | None, *, now: datetime, sheet: Sheet | None = None
) -> None:
    """Write down what a reader did, to the day."""
    Deed.objects.create(
        day=timezone.localtime(now).date(),
        what=what,
        reader=reader.code if reader else "",
        file=sheet.pk if sheet else "",
    )


def forget_file(sheet: Sheet) -> None:
    """Take the name of a destroyed dossier out of the journal."""
    Deed.objects.filter(file=sheet.pk).update(file="")

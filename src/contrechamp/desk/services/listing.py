"""The list follows the folder: what the door put there appears, what is gone is marked so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from airlock.envelope import EnvelopeError, look
from contrechamp.desk.domain.states import State
from contrechamp.desk.models import Note, Sheet

from .deeds import forget_file

NAME = re.compile(r"[0-9a-f]{32}\.(age|gpg)\Z")


def follow_store() -> int:
    """Bring the list up to what lies in `store/`; return how many files are new."""
    there = {path.name: path for path in _files(settings.DESK_DOOR / "store")}
    known = set(Sheet.objects.values_list("pk", flat=True))
    new = [_sheet(path) for name, path in there.items() if name not in known]
    with transaction.atomic():
        Sheet.objects.bulk_create(new, ignore_conflicts=True)
        for gone in Sheet.objects.exclude(pk__in=there).exclude(state=State.DESTROYED):
            _mark_gone(gone)
    return len(new)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if NAME.match(path.name) and path.is_file())


def _sheet(path: Path) -> Sheet:
    stat = path.stat()
    sheet = Sheet(file=path.name, day=_day(stat.st_mtime), size=stat.st_size)
    try:
        shown = look(path)
    except EnvelopeError:
        sheet.is_damaged = True
    else:
        sheet.bucket, sheet.keys = shown.bucket, shown.recipients
        sheet.is_damaged = shown.profile == "age" and shown.bucket is None
    return sheet


def _day(moment: float) -> date:
    # The door knows days of UTC alone, and sets files back to their midnight.
    return datetime.fromtimestamp(moment, UTC).date()


def _mark_gone(sheet: Sheet) -> None:
    """Keep a line without name: that there was a dossier, and that it is no more."""
    forget_file(sheet)
    Note.objects.filter(sheet=sheet).delete()
    Sheet.objects.filter(pk=sheet.pk).delete()
    number = Sheet.objects.filter(state=State.DESTROYED).count() + 1
    Sheet.objects.create(
        file=f"-{number}",
        day=sheet.day,
        size=0,
        bucket=sheet.bucket,
        keys=0,
        state=State.DESTROYED,
        is_spam=sheet.is_spam,
    )

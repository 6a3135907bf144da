"""Reading the mailbox: every folder, junk too. Complete or not, it is written down.

For each message: bytes, row, then the mark on the server. What was taken once is known by where
it was, so that a reading that was cut goes on, and by its hash, so that nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from contrechamp.foundation import lease
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import ContrechampError, Misconfigured, Refused, gettext_noop
from contrechamp.mail import signals
from contrechamp.mail.connectors.box import Box, Known, Shelf, Spot, Unreached
from contrechamp.mail.connectors.opening import name_of, open_box
from contrechamp.mail.models import Folder, MailboxCheck, Place

from .taking import keep, read_waiting

Clock = Callable[[], datetime]
LOST = timedelta(hours=1)
MOST_FAILURES = 3
"""In one folder; after these the line is taken for dead."""


class Busy(Refused):
    """Another process reads the mailbox."""


@dataclass(slots=True)
class _Shelf:
    """What one folder gave."""

    name: str
    held: int = 0
    new: int = 0
    error: str = ""
    failed: list[str] = field(default_factory=list)


def poll(*, clock: Clock = timezone.now) -> MailboxCheck:
    """Read the mailbox once and return what is written of it: `ok` when nothing was left out.

    Raise `Misconfigured` when there is none, `Busy` while another process reads it.
    """
    address = settings.CONTRECHAMP.mailbox
    if not address:
        raise Misconfigured(
            gettext_noop("Aucune boîte aux lettres n'est réglée (CONTRECHAMP_MAILBOX).")
        )
    mailbox = name_of(address)
    check = _begin(mailbox, clock())
    shelves: list[_Shelf] = []
    error = _cut()
    try:
        error = _read_all(address, mailbox, check.from_at, shelves, clock)
        read_waiting(clock())
    finally:
        _end(check, shelves, error, clock())
    return check


def _cut() -> str:
    return say(Unreached(gettext_noop("La lecture a été interrompue.")))


def _begin(mailbox: str, now: datetime) -> MailboxCheck:
    for old in MailboxCheck.objects.filter(mailbox=mailbox, to_at__isnull=True):
        if lease.is_gone(old.held_by) or now - old.from_at > LOST:
            MailboxCheck.objects.filter(pk=old.pk, to_at__isnull=True).update(
                to_at=now, ok=False, error=_cut()
            )
    try:
        with transaction.atomic():
            return MailboxCheck.objects.create(mailbox=mailbox, from_at=now, held_by=lease.holder())
    except IntegrityError:
        raise Busy(gettext_noop("La boîte aux lettres est déjà en train d'être lue.")) from None


def _end(check: MailboxCheck, shelves: list[_Shelf], error: str, now: datetime) -> None:
    errors = [error, *(f"{shelf.name} : {shelf.error}" for shelf in shelves if shelf.error)]
    said = "\n".join(filter(None, errors))
    # The row may have been closed by who took us for dead: then it stays so.
    closed = MailboxCheck.objects.filter(pk=check.pk, to_at__isnull=True).update(
        to_at=now,
        ok=not said,
        error=said[:4000],
        folders=[
            {"name": each.name, "held": each.held, "new": each.new, "error": each.error}
            for each in shelves
        ],
        new_count=sum(each.new for each in shelves),
    )
    check.refresh_from_db()
    if closed:
        signals.checked.send(None, check=check)


def _read_all(
    address: str, mailbox: str, began: datetime, shelves: list[_Shelf], clock: Clock
) -> str:
    """Read every folder; return why not all of them could be listed, or nothing."""
    try:
        box = open_box(address)
    except ContrechampError as error:
        return say(error)
    try:
        for shelf in box.shelves():
            told = _Shelf(name=shelf.label)
            shelves.append(told)
            try:
                _read_shelf(box, shelf, mailbox, began, told, clock)
            except Unreached as error:
                told.error = say(error)
    except Unreached as error:
        return say(error)
    finally:
        box.close()
    return ""


def _read_shelf(
    box: Box, shelf: Shelf, mailbox: str, began: datetime, told: _Shelf, clock: Clock
) -> None:
    row = Folder.objects.filter(mailbox=mailbox, name=shelf.name).first()
    known = (
        Known(validity=row.validity, last_uid=row.last_uid, read_at=row.read_at) if row else None
    )
    spots = box.spots(shelf, known)
    told.held = len(spots)
    marked = _marked(mailbox, shelf, spots)
    for spot in spots:
        try:
            _take(box, shelf, spot, mailbox, marked.get(spot.uid), told, clock)
        except Unreached as error:
            told.failed.append(spot.uid)
            told.error = say(error)
            if len(told.failed) >= MOST_FAILURES:
                break
    if not told.failed:
        _remember(mailbox, shelf, spots, began)


def _marked(mailbox: str, shelf: Shelf, spots: Sequence[Spot]) -> dict[str, bool]:
    """Return the messages that were taken before, each with whether the server was told."""
    validity = spots[0].validity if spots else ""
    rows = Place.objects.filter(mailbox=mailbox, folder=shelf.name, validity=validity)
    return dict(rows.values_list("uid", "is_marked"))


def _remember(mailbox: str, shelf: Shelf, spots: Sequence[Spot], began: datetime) -> None:
    """Write down how far a folder was read, once nothing of it is missing."""
    numbers = [int(spot.uid) for spot in spots if spot.validity and spot.uid.isdecimal()]
    fields: dict[str, object] = {"read_at": began}
    if numbers:
        fields |= {"validity": spots[0].validity, "last_uid": max(numbers)}
    Folder.objects.update_or_create(mailbox=mailbox, name=shelf.name, defaults=fields)


def _take(
    box: Box,
    shelf: Shelf,
    spot: Spot,
    mailbox: str,
    is_marked: bool | None,
    told: _Shelf,
    clock: Clock,
) -> None:
    """Take one message: bytes, row, mark. Cut at any point, the next reading does the rest."""
    if is_marked:
        return
    if is_marked is None:
        held = box.fetch(spot)
        if held is None:  # Somebody moved it meanwhile: it is in another folder, or gone.
            return
        taken = keep(
            held.raw,
            now=clock(),
            received_at=held.received_at,
            folder=shelf.label,
            is_junk=shelf.is_junk,
            mailbox=mailbox,
            spot=spot,
        )
        told.new += taken.is_new
    box.mark(spot)
    Place.objects.filter(
        mailbox=mailbox, folder=spot.folder, validity=spot.validity, uid=spot.uid
    ).update(is_marked=True)

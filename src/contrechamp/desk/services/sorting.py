"""Fixed words about a dossier, sealed notes, sealed answers."""

from __future__ import annotations

import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from airlock.envelope import AGE_MAGIC, payload_length
from airlock.recipients import RecipientError, vet_age
from airlock.reply import BUCKETS, LIMIT, ReplyError, seal
from contrechamp.desk.domain.states import State, may_become
from contrechamp.desk.models import Note, Reader, Sheet
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop

from .deeds import note_deed

MAILBOX = re.compile(r"[0-9a-f]{32}\Z")
MOST_REPLIES = 50
LARGEST = 20_000
LONGEST_HEADER = LARGEST - payload_length(BUCKETS[-1])
MOST_NOTES = 200


def say_state(sheet: Sheet, state: State, *, actor: Reader, now: datetime) -> None:
    """Move a dossier to a state that one reader alone may say; raise Refused otherwise."""
    if sheet.state == state:
        return
    if not may_become(State(sheet.state), state):
        raise Refused(gettext_noop("Ce dossier ne peut pas passer à cet état."))
    if sheet.state == State.NEW:
        _tell_door(sheet, now)
    Sheet.objects.filter(pk=sheet.pk).update(state=state)
    note_deed(f"state:{state.lower()}", actor, now=now, sheet=sheet)


def _tell_door(sheet: Sheet, now: datetime) -> None:
    """Leave the day on which a file was collected: the door keeps it seven days more."""
    mark: Path = settings.DESK_DOOR / "orders" / f"{sheet.pk}.collected"
    try:
        mark.write_text(f"{now.astimezone(UTC).date()}\n", "ascii")
        mark.chmod(0o640)  # The door reads it as the group, whatever our mask.
    except OSError as error:
        raise Unavailable(
            gettext_noop("La porte ne peut pas être prévenue, rien n'a changé : {error}."),
            error=error.strerror,
        ) from error


def mark(
    sheet: Sheet,
    *,
    actor: Reader,
    now: datetime,
    priority: str,
    is_spam: bool,
    wants_second: bool,
    assignee: Reader | None,
) -> None:
    """Say how urgent a dossier is, whether it is spam, who reads it, whether another should."""
    _open(sheet)
    if (
        sheet.is_spam != is_spam
        and sheet.paired.filter(act="DESTROY", is_done=False, stopped_by=None).exists()
    ):
        raise Refused(
            gettext_noop("Une destruction est proposée : arrêtez-la d'abord, puis changez cela.")
        )
    Sheet.objects.filter(pk=sheet.pk).update(
        priority=priority, is_spam=is_spam, wants_second=wants_second, assignee=assignee
    )
    note_deed("marked", actor, now=now, sheet=sheet)


def take(sheet: Sheet, *, actor: Reader, now: datetime) -> None:
    """Say that one reads a dossier oneself; nothing else of it changes."""
    mark(
        sheet,
        actor=actor,
        now=now,
        priority=sheet.priority,
        is_spam=sheet.is_spam,
        wants_second=sheet.wants_second,
        assignee=actor,
    )


@transaction.atomic
def add_note(sheet: Sheet, sealed: bytes, *, actor: Reader, now: datetime) -> Note:
    """Keep a note that was sealed offline; raise Refused on anything that is not sealed."""
    _open(sheet)
    check_sealed(sealed)
    number = (sheet.notes.aggregate(most=Max("number"))["most"] or 0) + 1
    if number > MOST_NOTES:
        raise Refused(gettext_noop("Deux cents notes par dossier, pas plus."))
    note = sheet.notes.create(
        number=number, sealed=sealed, day=timezone.localtime(now).date(), reader=actor
    )
    note_deed("note", actor, now=now, sheet=sheet)
    return note


def put_reply(mailbox: str, sealed: bytes, *, actor: Reader, now: datetime) -> str:
    """Lay a sealed answer into a mailbox of the door; return its name. Raises Refused."""
    name = mailbox.strip().lower()
    if not MAILBOX.match(name):
        raise Refused(gettext_noop("Une boîte est faite de 32 signes de 0 à f : recopiez-la."))
    check_sealed(sealed)
    folder: Path = settings.DESK_DOOR / "replies" / name
    try:
        if not folder.is_dir():
            folder.mkdir()
            # Whatever our mask: the door, of the same group, must be able to erase what is in it.
            folder.chmod(0o2770)
        if sum(1 for _ in folder.glob("*.age")) >= MOST_REPLIES:
            raise Refused(gettext_noop("Cette boîte a déjà cinquante réponses."))
        _write(folder / f"{secrets.token_hex(16)}.age", sealed, now)
    except OSError as error:
        raise Unavailable(
            gettext_noop("La réponse n'a pas pu être posée, rien n'a été gardé : {error}."),
            error=error.strerror,
        ) from error
    note_deed("reply", actor, now=now)
    return name


def write_reply(mailbox: str, reply_to: str, text: str, *, actor: Reader, now: datetime) -> str:
    """Seal a text that this server saw for a moment, and lay it into a mailbox."""
    try:
        recipient = vet_age(reply_to)
    except RecipientError as error:
        raise Refused(
            gettext_noop("La clé de réponse (age1…) n'est pas valable : recopiez-la du dossier.")
        ) from error
    if not text.strip():
        raise Refused(gettext_noop("La réponse est vide."))
    try:
        sealed = seal(text, recipient)
    except ReplyError as error:
        raise Refused(
            gettext_noop("La réponse est trop longue : {limit} octets au plus."), limit=LIMIT
        ) from error
    return put_reply(mailbox, sealed, actor=actor, now=now)


def check_sealed(sealed: bytes) -> None:
    """Raise Refused unless these bytes are an age file of the size of a reply or note."""
    if not sealed.startswith(AGE_MAGIC):
        raise Refused(
            gettext_noop("Ce fichier n'est pas scellé : rien n'a été gardé. Scellez-le hors ligne.")
        )
    end = sealed.find(b"\n--- ")
    stop = sealed.find(b"\n", end + 1)
    payload = len(sealed) - stop - 1
    if end < 0 or stop < 0 or payload not in {payload_length(each) for each in BUCKETS}:
        raise Refused(
            gettext_noop(
                "Ce fichier n'a pas la taille d'une réponse : faites-le avec contrechamp-desk."
            )
        )


def _open(sheet: Sheet) -> None:
    if sheet.state == State.DESTROYED:
        raise Refused(gettext_noop("Ce dossier a été détruit."))


def _write(path: Path, content: bytes, now: datetime) -> None:
    """Write whole or not at all; the file tells the day, not the hour."""
    part = path.with_suffix(".part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o640)
        midnight = int(now.timestamp()) // 86_400 * 86_400
        os.utime(part, (midnight, midnight))
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)

"""Outbound ActivityPub: who follows, what is told them, and its delivery with retries.

Nothing of it happens unless the operator switched it on; nothing outside is fetched but the
description of who asks to follow, from a server that is allowed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from contrechamp.forum.connectors import outside
from contrechamp.forum.domain import activitypub as ap
from contrechamp.forum.domain import signatures
from contrechamp.forum.domain.following import Followed
from contrechamp.forum.models import Delivery, Follower, Told
from contrechamp.forum.queries import federation as queries
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop

RETRIES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60, 48 * 60)
)
AT_ONCE = 50
NEWEST = 50
GONE = 410
OKAY = range(200, 300)


def key_of(name: str) -> str:
    """Return the private key of an actor, made when it is first asked for; its owner reads it."""
    folder: Path = settings.CONTRECHAMP.data / "federation"
    path = folder / f"{name}.pem"
    with suppress(FileNotFoundError):
        return path.read_text()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder / f"{name}.{os.getpid()}.new"
    made.touch(mode=0o600)
    made.write_text(signatures.new_key())
    with suppress(FileExistsError):  # Another process was faster: its key is the key.
        os.link(made, path)
    made.unlink()
    return path.read_text()


def receive(
    followed: Followed, body: bytes, *, target: str, headers: Mapping[str, str], now: datetime
) -> str:
    """Take a message to an inbox: to follow, or not any more. Return what was done.

    The signature is of the one who acts, checked with the key that their own server gives.
    """
    one = queries.actor_of(followed)
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise ap.BadActivity(gettext_noop("Ce message n'est pas une activité.")) from None
    asked = ap.read_activity(said, one)
    if asked.kind == "OTHER":
        return asked.kind
    parts = signatures.read(headers.get("signature", ""))
    remote = _describe(asked.actor, followed, now)
    if parts.key_id != remote.key_id:
        raise signatures.BadSignature(gettext_noop("La clé n'est pas celle de qui agit."))
    signatures.verify(
        target=target, headers=headers, body=body, public_pem=remote.public_pem, now=now
    )
    if asked.kind == "UNDO":
        Follower.objects.filter(actor=followed.name, remote=remote.id).delete()
        return asked.kind
    _accept(followed, remote, asked, now)
    return asked.kind


def _describe(who: str, followed: Followed, now: datetime) -> ap.Remote:
    one = queries.actor_of(followed)
    headers = signatures.sign(
        url=who,
        method="GET",
        body=None,
        key_id=one.key_id,
        private_pem=key_of(followed.name),
        now=now,
    )
    headers.pop("Host")
    found = ap.read_remote(outside.get_json(who, headers), expected=who)
    for address in (found.inbox, found.shared_inbox):
        if address:
            outside.check(address)
    return found


@transaction.atomic
def _accept(followed: Followed, remote: ap.Remote, asked: ap.Asked, now: datetime) -> None:
    Follower.objects.update_or_create(
        actor=followed.name,
        remote=remote.id,
        defaults={
            "inbox": remote.shared_inbox or remote.inbox,
            "follow": asked.follow,
            "since": now,
        },
    )
    said = ap.accept(queries.actor_of(followed), asked.follow)
    _let_wait(followed.name, [remote.inbox], said, now)


@transaction.atomic
def tell_new(now: datetime) -> int:
    """Tell followers what is new, changed or gone since last time; return how many activities.

    Compared with what was told, so that nothing is told twice and nothing that was hidden stays.
    """
    if not queries.is_on():
        return 0
    told = 0
    for name in queries.followed_names():
        followed = queries.find_followed(name)
        if followed is not None:
            told += _tell(followed, now)
    return told


def _tell(followed: Followed, now: datetime) -> int:
    one, inboxes = queries.actor_of(followed), queries.inboxes_of(followed.name)
    first = Follower.objects.filter(actor=followed.name).order_by("since").first()
    known = {row.key: row for row in Told.objects.filter(actor=followed.name, gone_at=None)}
    notes = {note.key: note for note in queries.notes_of(followed, NEWEST)}
    said = 0
    for key, note in sorted(notes.items(), key=lambda pair: pair[1].published):
        digest = sha256(f"{note.html}{note.url}".encode()).hexdigest()
        row = known.get(key)
        if row is None:
            # What was there before anybody followed is read in the outbox.
            if first and note.published >= first.since:
                _let_wait(followed.name, inboxes, ap.create(one, note), now)
                said += 1
            Told.objects.update_or_create(
                actor=followed.name,
                key=key,
                defaults={"at": note.published, "digest": digest, "gone_at": None},
            )
        elif row.digest != digest:
            _let_wait(followed.name, inboxes, ap.update(one, note), now)
            Told.objects.filter(pk=row.pk).update(digest=digest)
            said += 1
    for key in set(known) - set(notes):
        if queries.find_note(followed, key) is None:
            _let_wait(followed.name, inboxes, ap.delete(one, key), now)
            Told.objects.filter(pk=known[key].pk).update(gone_at=now)
            said += 1
    return said


def _let_wait(name: str, inboxes: list[str], said: ap.Json, now: datetime) -> None:
    body = json.dumps(said, ensure_ascii=False)
    Delivery.objects.bulk_create(
        Delivery(actor=name, inbox=inbox, body=body, not_before=now, made_at=now)
        for inbox in inboxes
    )


def deliver(now: datetime) -> tuple[int, int]:
    """Deliver what is due; return how much arrived, and how much did not. Safe to be killed."""
    if not queries.is_on():
        return 0, 0
    arrived = failed = 0
    for row in queries.due(now, AT_ONCE):
        why = _send(row, now)
        if why == "":
            row.delete()
            arrived += 1
            continue
        failed += 1
        row.tries += 1
        row.last_error = why[:200]
        if row.tries > len(RETRIES):
            row.given_up_at = now
        else:
            row.not_before = now + RETRIES[row.tries - 1]
        row.save()
    return arrived, failed


def _send(row: Delivery, now: datetime) -> str:
    """Send one message; return why it did not arrive, or nothing."""
    followed = queries.find_followed(row.actor)
    if followed is None:
        return ""
    body = row.body.encode()
    headers = signatures.sign(
        url=row.inbox,
        method="POST",
        body=body,
        key_id=queries.actor_of(followed).key_id,
        private_pem=key_of(row.actor),
        now=now,
    )
    headers.pop("Host")
    try:
        status = outside.post(row.inbox, body, headers)
    except (Unavailable, Refused) as error:
        return str(error)
    if status == GONE:  # The account or its server is no more.
        Follower.objects.filter(actor=row.actor, inbox=row.inbox).delete()
        return ""
    return "" if status in OKAY else str(status)


def forget_old(now: datetime) -> int:
    """Delete deliveries that were given up a week ago; return how many."""
    rows = Delivery.objects.filter(given_up_at__lt=now - timedelta(days=7))
    return rows.delete()[0]

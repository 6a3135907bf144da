"""Files come with a draft, go with the post, and their bytes leave when nothing names them.

Bytes are kept first and named after, inside one transaction: what a power cut or a full disk
leaves between the two is named by nothing, and swept a day later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from contrechamp.forum.domain import limits
from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import KeptFile
from contrechamp.forum.models import Appeal, Draft, DraftFile, Post, PostAttachment
from contrechamp.forum.queries.files import store
from contrechamp.kernel.errors import Refused, gettext_noop

from . import gate

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

WAITING_MOST = 20
"""Files of all drafts of one account together."""
ALL_MOST = 200 << 20
"""Bytes of all files of one account's drafts and posts of the last day together."""


class Brought(Protocol):
    """A file as a form brings it."""

    @property
    def name(self) -> str | None:
        """What it was called."""

    @property
    def size(self) -> int | None:
        """How many bytes it has."""

    def read(self) -> bytes:
        """Return all of it."""


def bring(
    user: User,
    key: str,
    brought: Iterable[Brought],
    *,
    about: str = "",
    there: int = 0,
    now: datetime,
) -> None:
    """Keep files with a draft, one after the other; `there`: of the post that is edited.

    Raise `Refused` at the first that may not come: those before it are kept.
    """
    kept = store()
    for file in brought:
        if kept is None or not most_bytes():
            raise Refused(gettext_noop("Ici, les messages n'ont pas de pièces jointes."))
        gate.check_open()
        gate.check_not_silenced(user, now=now)
        _check_room(user, key, there)
        _check_size(user, file.size or 0, now)
        try:
            found = kept.keep(file.name or "", file.read())
            with kept.alone():
                kept.read(found.sha256)
                _name(user, key, found, about, now)
        except (OSError, KeyError):
            # A full disk: the words are in the tables already, the file is nowhere. Or the same
            # file went with somebody else's post just now.
            raise Refused(
                gettext_noop("La pièce jointe n'a pas pu être gardée : réessayez plus tard.")
            ) from None


def most_bytes() -> int:
    """Return how large a file may be."""
    return int(settings.CONTRECHAMP.forum_attachment_mb) << 20


def may_bring(user: User) -> bool:
    """Answer whether somebody may put files with a post."""
    return store() is not None and most_bytes() > 0 and gate.limits_of(user).attachments > 0


@transaction.atomic
def settle(user: User, key: str, given: Mapping[str, str], *, dropped: Iterable[str]) -> None:
    """Write what a form says of the files of a draft: descriptions, and which are not wanted."""
    rows = DraftFile.objects.filter(draft__user=user, draft__key=key)
    gone = [int(one) for one in dropped if one.isdecimal() and len(one) < 10]
    rows.filter(pk__in=gone).delete()
    for row in rows:
        about = given.get(f"about-{row.pk}")
        if about is not None and about.strip() != row.description:
            row.description = about.strip()[:200]
            row.save(update_fields=["description"])


@transaction.atomic
def carry(user: User, before: str, key: str, now: datetime) -> None:
    """Let files follow a text whose place changed: another board was chosen."""
    rows = DraftFile.objects.filter(draft__user=user, draft__key=before)
    if before == key or not rows.exists():
        return
    draft, _ = Draft.objects.get_or_create(user=user, key=key, defaults={"saved_at": now})
    rows.exclude(sha256__in=draft.files.values("sha256")).update(draft=draft)
    Draft.objects.filter(user=user, key=before).delete()


def files_of(user: User, key: str) -> list[KeptFile]:
    """Return the files of a draft, as a post takes them."""
    rows = DraftFile.objects.filter(draft__user=user, draft__key=key).order_by("pk")
    return [_plain(row) for row in rows]


def attach(post: Post, files: Iterable[KeptFile]) -> None:
    """Let files go with a post, after those that it has."""
    known = {row.sha256: row.position for row in post.attachments.all()}
    first = max(known.values(), default=-1) + 1
    fresh = [one for one in files if one.sha256 not in known]
    PostAttachment.objects.bulk_create(
        PostAttachment(
            post=post,
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            position=first + offset,
            description=file.description,
        )
        for offset, file in enumerate(fresh)
    )


def give_back(post: Post, draft: Draft) -> None:
    """Put the files of a post that is returned among those of its author's draft."""
    known = set(draft.files.values_list("sha256", flat=True))
    DraftFile.objects.bulk_create(
        DraftFile(
            draft=draft,
            sha256=row.sha256,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            description=row.description,
        )
        for row in post.attachments.order_by("position")
        if row.sha256 not in known
    )


def on_gone(sender: Any, instance: PostAttachment | DraftFile, **more: Any) -> None:
    """When a row that named bytes is deleted: drop the bytes that nothing names any more."""
    transaction.on_commit(lambda: release([instance.sha256]))


def release(keys: Iterable[str]) -> int:
    """Drop the bytes of hashes that no post and no draft names; return how many."""
    kept, count = store(), 0
    if kept is None:
        return 0
    with kept.alone():
        for key in keys:
            if not _is_named(key):
                kept.forget(key)
                count += 1
    return count


def sweep(now: datetime) -> int:
    """Once a day: drop bytes that nothing names a day after, and files of old removals."""
    expired = PostAttachment.objects.filter(
        post__state=State.REMOVED, post__changed_at__lt=now - timedelta(days=APPEAL_DAYS)
    ).exclude(post__actions__appeal__state=Appeal.State.OPEN)
    expired.delete()
    kept = store()
    if kept is None:
        return 0
    kept.sweep()
    return release([key for key in kept.old(now - UNNAMED_FOR) if not _is_named(key)])


UNNAMED_FOR = timedelta(days=1)
APPEAL_DAYS = 190
"""Six months, within which a removal can be appealed (`domain.appeals`), and some days."""


def _is_named(key: str) -> bool:
    return any(table.objects.filter(sha256=key).exists() for table in (PostAttachment, DraftFile))


def _plain(row: DraftFile) -> KeptFile:
    return KeptFile(
        sha256=row.sha256,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        description=row.description,
    )


@transaction.atomic
def _name(user: User, key: str, file: KeptFile, about: str, now: datetime) -> None:
    draft, _ = Draft.objects.get_or_create(user=user, key=key, defaults={"saved_at": now})
    DraftFile.objects.get_or_create(
        draft=draft,
        sha256=file.sha256,
        defaults={
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "description": about.strip()[:200],
            "removed": list(file.removed)[:20],
        },
    )


def _check_room(user: User, key: str, there: int) -> None:
    rows = DraftFile.objects.filter(draft__user=user)
    here = rows.filter(draft__key=key).count() + there
    limits.check_attachments(gate.limits_of(user), here + 1)
    if rows.count() >= WAITING_MOST:
        raise limits.OverLimit(
            gettext_noop(
                "Vos brouillons ont déjà {most} pièces jointes : envoyez ou jetez-en d'abord."
            ),
            most=WAITING_MOST,
        )


def _check_size(user: User, size: int, now: datetime) -> None:
    if size > most_bytes():
        raise limits.OverLimit(
            gettext_noop(
                "Une pièce jointe a au plus {most} Mo : mettez plutôt le document dans "
                "l'observatoire, et donnez-en l'adresse."
            ),
            most=settings.CONTRECHAMP.forum_attachment_mb,
        )
    drafts = DraftFile.objects.filter(draft__user=user).aggregate(all=Sum("size"))["all"] or 0
    posts = PostAttachment.objects.filter(
        post__author=user, post__created_at__gt=now - limits.DAY
    ).aggregate(all=Sum("size"))["all"]
    if drafts + (posts or 0) + size > ALL_MOST:
        raise limits.OverLimit(
            gettext_noop("Vous avez joint beaucoup aujourd'hui : continuez demain.")
        )

"""The files of posts, and who keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contrechamp.forum.domain.subjects import AttachmentStore
from contrechamp.forum.models import DraftFile, PostAttachment
from contrechamp.foundation.plug import offered

from .access import may_moderate, visible_posts

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

    from .access import Reader

OWN = ("PENDING", "REJECTED", "PUBLISHED", "WITHDRAWN")
"""States of one's own posts whose files one gets."""


def store() -> AttachmentStore | None:
    """Return who keeps files; None: posts have none here."""
    return next(offered(AttachmentStore), None)


def find_attachment(user: Reader, thread: str, n: int, position: int) -> PostAttachment | None:
    """Return a file of a post that somebody may read, or None."""
    post = visible_posts(user).filter(thread=thread, n=n).first()
    return post.attachments.filter(position=position).first() if post else None


def find_waiting(user: User, pk: int) -> PostAttachment | None:
    """Return a file of a post that has no place to read it at: for its author, who moderates it."""
    rows = PostAttachment.objects.select_related("post__thread__board").filter(pk=pk)
    file = rows.exclude(post__state="ERASED").first()
    if file is None:
        return None
    is_own = file.post.author_id == user.pk and file.post.state in OWN
    return file if is_own or may_moderate(user, file.post.thread.board) else None


def find_brought(user: User, pk: int) -> DraftFile | None:
    """Return a file that somebody brought and has not sent yet, or None."""
    return DraftFile.objects.filter(draft__user=user, pk=pk).first()


def draft_files(user: User, key: str) -> list[DraftFile]:
    """Return the files that somebody brought while writing at one place."""
    return list(DraftFile.objects.filter(draft__user=user, draft__key=key).order_by("pk"))


def files_of_person(user: User) -> Iterator[tuple[str, bytes]]:
    """Yield the files that somebody brought, by a name inside an archive: posts, then drafts."""
    kept = store()
    if kept is None:
        return
    posts = PostAttachment.objects.filter(post__author=user).exclude(post__state="ERASED")
    drafts = DraftFile.objects.filter(draft__user=user)
    rows = [("messages", row.pk, row) for row in posts.order_by("pk")]
    all_rows: list[tuple[str, int, PostAttachment | DraftFile]] = [
        *rows,
        *(("brouillons", row.pk, row) for row in drafts.order_by("pk")),
    ]
    for folder, number, row in all_rows:
        try:
            yield f"forum/{folder}/{number}-{row.name}", kept.read(row.sha256)
        except KeyError:
            continue

"""The files of posts, and who keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrechamp.forum.domain.subjects import AttachmentStore
from contrechamp.forum.models import PostAttachment
from contrechamp.foundation.plug import offered

from .access import visible_posts

if TYPE_CHECKING:
    from .access import Reader


def store() -> AttachmentStore | None:
    """Return who keeps files; None: posts have none here."""
    return next(offered(AttachmentStore), None)


def find_attachment(user: Reader, thread: str, n: int, position: int) -> PostAttachment | None:
    """Return a file of a post that somebody may read, or None."""
    post = visible_posts(user).filter(thread=thread, n=n).first()
    return post.attachments.filter(position=position).first() if post else None

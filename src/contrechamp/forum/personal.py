"""What the forum has of a person: to be taken away, and to be erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from contrechamp.accounts.domain import Leaves, PersonalRows
from contrechamp.accounts.domain.leaving import PersonalData, Row
from contrechamp.forum.services.leaving import erase_words
from contrechamp.kernel.errors import gettext_noop

from .models import Post, Revision, Thread
from .queries.files import files_of_person

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def _rows(user: User) -> Iterator[Row]:
    for thread in Thread.objects.filter(author=user).order_by("created_at", "pk"):
        yield {
            "thread": thread.pk,
            "title": thread.title,
            "subject": thread.subject,
            "created_at": thread.created_at,
        }
    posts = Post.objects.filter(author=user).prefetch_related("attachments")
    for post in posts.order_by("created_at", "pk"):
        yield {
            "thread": post.thread_id,
            "n": post.n,
            "state": post.state,
            "source": post.source,
            "created_at": post.created_at,
            "published_at": post.published_at,
            "edited_at": post.edited_at,
            "files": [
                {"name": f"{file.pk}-{file.name}", "description": file.description}
                for file in post.attachments.all()
            ],
        }
    for old in Revision.objects.filter(by=user).select_related("post").order_by("at", "pk"):
        yield {
            "thread": old.post.thread_id,
            "n": old.post.n,
            "before": old.source,
            "reason": old.reason,
            "changed_at": old.at,
        }


def _erase(user: User, with_texts: bool, now: datetime) -> None:
    """Leave posts under "compte supprimé"; with texts, leave empty places alone.

    The name that some had on an old forum goes either way.
    """
    Post.objects.filter(author=user).exclude(author_label="").update(author_label="")
    if with_texts:
        erase_words(user, now=now)


OFFERS = (
    PersonalData(
        key="forum",
        label=gettext_noop("Fils et messages du forum"),
        rows=_rows,
        erase=_erase,
        files=files_of_person,
        columns=("forum.Post.author", "forum.Thread.author", "forum.Revision.by"),
    ),
    PersonalRows(
        column="forum.Draft.user",
        label=gettext_noop("Brouillons du forum"),
        leaves=Leaves.DELETED,
    ),
    PersonalRows(
        column="forum.Mark.user",
        label=gettext_noop("Jusqu'où vous avez lu"),
        leaves=Leaves.DELETED,
    ),
)

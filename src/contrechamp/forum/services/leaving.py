"""When somebody leaves with their words: texts, former texts, titles and files go, places stay."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop

from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Post, Thread

from .placing import erase

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

UNTITLED = gettext_noop("Fil sans titre")


@transaction.atomic
def erase_words(user: User, *, now: datetime) -> int:
    """Empty all that somebody wrote; return how many posts. Twice: nothing more happens."""
    own = Post.objects.filter(author=user).exclude(state=State.ERASED)
    own.filter(n=None).delete()
    posts = list(own.exclude(state=State.MOVED))
    for post in posts:
        erase(post, now=now)
    Thread.objects.filter(author=user).exclude(title=UNTITLED).update(title=UNTITLED)
    return len(posts)

"""When somebody leaves with their words: texts, former texts, titles and files go, places stay.

What others quote of them is in posts of others: each waits for a moderator, in the queue and its
measured delay (`forum.md` §9).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from contrechamp.forum.domain import quotes
from contrechamp.forum.domain.flags import QUOTES_ERASED
from contrechamp.forum.domain.markdown import plain_of_html
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Flag, Post, Revision, Thread

from .placing import erase

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

AT_ONCE = 500
UNTITLED = gettext_noop("Fil sans titre")


@transaction.atomic
def erase_words(user: User, *, now: datetime) -> int:
    """Empty all that somebody wrote; return how many posts. Twice: nothing more happens."""
    own = Post.objects.filter(author=user).exclude(state=State.ERASED)
    own.filter(n=None).delete()
    posts = list(own.exclude(state=State.MOVED))
    ask_of_quotes(user, posts, now=now)
    for post in posts:
        erase(post, now=now)
    Thread.objects.filter(author=user).exclude(title=UNTITLED).update(title=UNTITLED)
    return len(posts)


def ask_of_quotes(user: User, posts: list[Post], *, now: datetime) -> int:
    """Put before moderators the posts of others that quote these; return how many.

    Looked at are the threads that the person wrote in, and every post that names them in a quote.
    """
    said = [quotes.words_of(_typed(post)) for post in posts]
    said += map(quotes.words_of, Revision.objects.filter(by=user).values_list("source", flat=True))
    asked = Flag.objects.filter(category=QUOTES_ERASED, state=Flag.State.OPEN).values("post")
    rows = (
        Post.objects.filter(
            Q(thread__in={post.thread_id for post in posts})
            | Q(source__contains=f"> **{user.username}** (#")
        )
        .exclude(author=user)
        .exclude(state__in=[State.ERASED, State.MOVED, State.REJECTED])
        .exclude(pk__in=asked)
        .exclude(kind=Post.Kind.SYSTEM)
        .prefetch_related("revisions")
    )
    found = [
        post
        for post in rows.iterator(AT_ONCE)
        if any(quotes.quotes(text, name=user.username, texts=said) for text in _all_typed(post))
    ]
    Flag.objects.bulk_create(
        [Flag(post=post, category=QUOTES_ERASED, made_at=now) for post in found]
    )
    return len(found)


def _typed(post: Post) -> str:
    return plain_of_html(post.html) if post.format == Post.Format.HTML else post.source


def _all_typed(post: Post) -> list[str]:
    """Return what a post says and said: a former text is read by all."""
    return [_quoting(post), *(old.source for old in post.revisions.all())]


def _quoting(post: Post) -> str:
    """Return a text with its quotes marked: HTML of an old forum says them in its own way."""
    if post.format != Post.Format.HTML:
        return post.source
    parts = re.findall(r"<blockquote.*?</blockquote>", post.html, re.DOTALL)
    lines = "\n".join(map(plain_of_html, parts)).splitlines()
    return "\n".join(f"> {line}" for line in lines)

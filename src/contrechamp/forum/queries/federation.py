"""What is said to the fediverse: actors, and the public notes of each. Read by visitors' rights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.html import escape

from contrechamp.forum.domain import activitypub as ap
from contrechamp.forum.domain.following import Followable, Followed, Speaking
from contrechamp.forum.domain.markdown import plain_of_html
from contrechamp.forum.models import Delivery, Follower, Post, Told
from contrechamp.foundation import site
from contrechamp.foundation.plug import offered

from .access import visible_boards, visible_posts

POST = "m-"
SAID_MOST = 500
"""A note holds the beginning of a post, and a link to it: it is read here."""


def is_on() -> bool:
    """Answer whether this instance can be followed: wanted, and reached by a public name."""
    env = settings.CONTRECHAMP
    is_public = site.root().startswith("https://") or settings.FEDERATION_STAYS_HERE
    return bool(env.federation) and is_public


def host() -> str:
    """Return the name after the second `@`."""
    return site.root().partition("://")[2]


def find_followed(name: str) -> Followed | None:
    """Return what is followed by that name: a public board, or what rooms above offer."""
    if not ap.NAME.fullmatch(name):
        return None
    board = visible_boards(None).filter(slug=name.removeprefix("salon-")).first()
    if board is not None and name.startswith("salon-"):
        return Followed(
            name=name,
            title=board.title,
            about=board.text,
            path=f"/forum/{board.slug}",
            kind="board",
            key=board.slug,
        )
    found = (offer.find(name) for offer in offered(Followable))
    return next(filter(None, found), None)


def actor_of(followed: Followed) -> ap.Actor:
    """Return the actor of a thing."""
    root = site.root()
    return ap.Actor(
        root=root,
        name=followed.name,
        title=followed.title,
        about=f"<p>{escape(followed.about)}</p>" if followed.about else "",
        page=f"{root}{followed.path}",
    )


def posts_of(followed: Followed) -> Q:
    """Return which posts an actor says."""
    if followed.kind == "board":
        return Q(thread__board__slug=followed.key)
    return Q(thread__tags__kind=followed.kind, thread__tags__key=followed.key)


def notes_of(followed: Followed, most: int) -> list[ap.Note]:
    """Return the newest notes of an actor, posts and what rooms above say, the newest first."""
    rows = visible_posts(None).filter(posts_of(followed)).select_related("thread", "author")
    notes = [note_of(post) for post in rows.order_by("-published_at", "-pk")[:most]]
    for offer in offered(Speaking):
        notes += offer.newest(followed.kind, followed.key, most, site.root())
    return sorted(notes, key=lambda note: (note.published, note.key), reverse=True)[:most]


def find_note(followed: Followed, key: str) -> ap.Note | None:
    """Return one public note of an actor, or None."""
    if key.startswith(POST):
        thread, _, n = key.removeprefix(POST).rpartition("-")
        if not n.isdecimal() or len(n) > 9:
            return None
        rows = visible_posts(None).filter(posts_of(followed), thread=thread, n=int(n))
        post = rows.select_related("thread", "author").first()
        return note_of(post) if post else None
    notes = (note for note in notes_of(followed, 200) if note.key == key)
    return next(notes, None)


def note_of(post: Post) -> ap.Note:
    """Return a post as a note: title, beginning, and where to read on. No name of its author.

    Who writes here under a pseudonym has not asked to be shown in other places.
    """
    url = f"{site.root()}{post.address}"
    words = " ".join(plain_of_html(post.html).split())
    short = words if len(words) <= SAID_MOST else words[:SAID_MOST].rsplit(" ", 1)[0] + " …"
    html = (
        f"<p><strong>{escape(post.thread.title)}</strong></p><p>{escape(short)}</p>"
        f'<p><a href="{escape(url)}">{escape(url)}</a></p>'
    )
    published = post.published_at or post.created_at
    return ap.Note(
        key=f"{POST}{post.thread_id}-{post.n}",
        url=url,
        html=html,
        published=published,
        updated=post.edited_at or published,
    )


def actors_of_post(post: Post) -> Iterator[Followed]:
    """Yield what a post is said by: its board, its territories, its technologies."""
    board = find_followed(f"salon-{post.thread.board.slug}")
    if board:
        yield board
    tags: Sequence[tuple[str, str]] = list(post.thread.tags.values_list("kind", "key"))
    for kind, key in tags:
        found = (offer.of(kind, key) for offer in offered(Followable))
        one = next(filter(None, found), None)
        if one:
            yield one


def follower_count(name: str) -> int:
    """Return how many follow an actor; who they are is told to nobody."""
    return Follower.objects.filter(actor=name).count()


def followed_names() -> list[str]:
    """Return the actors that somebody follows."""
    return sorted(set(Follower.objects.values_list("actor", flat=True)))


def inboxes_of(name: str) -> list[str]:
    """Return where what an actor says is delivered: each server once."""
    return sorted(set(Follower.objects.filter(actor=name).values_list("inbox", flat=True)))


def due(now: datetime, most: int) -> list[Delivery]:
    """Return what is to be delivered now."""
    rows = Delivery.objects.filter(not_before__lte=now, given_up_at=None)
    return list(rows.order_by("not_before", "pk")[:most])


def was_told(name: str, key: str) -> bool:
    """Answer whether a note was told once, and is gone."""
    return Told.objects.filter(actor=name, key=key).exists()

"""The HTML of posts: made when they are kept, made again when the renderer changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from contrechamp.forum.domain import markdown
from contrechamp.forum.models import Post
from contrechamp.forum.queries.people import accounts_called, profile_of

AT_ONCE = 200


def html_of(source: str, thread_id: str, *, is_inert: bool = False) -> str:
    """Return the HTML of what was typed in a thread; of links that wait, words."""
    names = markdown.parse(source).names if "@" in source else ()
    people = {user.username.casefold(): profile_of(user) for user in accounts_called(names)}
    return markdown.render(
        source,
        people=people,
        address_of=(lambda n: f"/forum/m/{thread_id}/{n}") if thread_id else None,
        is_inert=is_inert,
    )


def write_html(post: Post, *, is_inert: bool = False) -> None:
    """Set the HTML of a post from its text; the caller saves."""
    post.html_version = markdown.VERSION
    if post.format == Post.Format.HTML:
        post.html = markdown.clean_html(post.source)
    else:
        post.html = html_of(post.source, post.thread_id, is_inert=is_inert)


def render_again() -> Iterator[int]:
    """Render anew what an older renderer made; yield how many were done, part by part."""
    last = 0
    while True:
        rows = Post.objects.filter(pk__gt=last, html_version__lt=markdown.VERSION).exclude(
            source=""
        )
        part = list(rows.order_by("pk")[:AT_ONCE])
        if not part:
            return
        with transaction.atomic():
            for post in part:
                write_html(post, is_inert=post.state != "PUBLISHED")
            Post.objects.bulk_update(part, ["html", "html_version"])
        last = part[-1].pk
        yield len(part)

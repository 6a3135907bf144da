"""What is said of a thing, on its own page: the last posts, a way to answer. Public things only.

The page is the same for everybody and may be kept, so that it holds no token: what is typed there
is shown again in the form of the forum, and sent from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string

from contrechamp.forum.queries import posts as posts_read
from contrechamp.forum.queries import threads as threads_read
from contrechamp.forum.queries.proposing import FACT, post_of_fact
from contrechamp.forum.services import gate

from .posts import shown_posts

THREADS, POSTS = 4, 5


def passages_panel(words: Mapping[str, str]) -> str:
    """Draw the threads about some passages, by their identifiers: nothing where there are none."""
    threads = threads_read.about_many_for_all("passage", words) if words else []
    if not threads:
        return ""
    context = {"talks": [(thread, words[thread.subject_id]) for thread in threads]}
    return render_to_string("forum/parts/passages.html", context)


def panel(kind: str, key: str) -> str:
    """Draw what is said of a thing: at most three queries."""
    subject = f"{kind}:{key}"
    elsewhere = settings.CONTRECHAMP.forum_external_url
    if elsewhere:
        url = elsewhere.replace("{subject}", quote(subject)).replace("{title}", quote(key))
        return render_to_string("forum/parts/elsewhere.html", {"url": url})
    threads = list(
        threads_read.about_for_all(kind, key).order_by("-last_post_at", "-pk")[: THREADS + 1]
    )
    last = threads[0] if threads else None
    context = {
        "came_from": post_of_fact(key) if kind == FACT else None,
        "subject": subject,
        "threads": threads[:THREADS],
        "more": len(threads) > THREADS,
        "last": last,
        "posts": shown_posts(posts_read.last_of(last, POSTS), None) if last else [],
        "is_read_only": gate.is_read_only(),
        "may_reply": last is not None and not last.locked and not last.board.read_only,
        "ident": f"talk-{kind}",
    }
    return render_to_string("forum/parts/panel.html", context)

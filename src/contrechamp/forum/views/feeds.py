"""Feeds of all posts, of a board, a thread, a thing, a place, a technology.

One query says that nothing is new, and which posts are read otherwise: who may read what is asked
once.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.forum.domain.subjects import split
from contrechamp.forum.models import Post
from contrechamp.forum.queries import posts as posts_read
from contrechamp.forum.queries import threads as threads_read
from contrechamp.forum.queries import visible_threads
from contrechamp.forum.shown.feeds import items
from contrechamp.forum.shown.lists import PARAMETER
from contrechamp.kernel import syndication

from .common import forum_here

IN_FEED = 50
ATOM, JSON = "application/atom+xml", "application/feed+json"


@require_safe
@forum_here
def everything(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with what is new everywhere, or about what the address asks for."""
    asked = {name: request.GET[name][:160] for name in WANTED if request.GET.get(name)}
    rows = _rows_of(asked) if asked else posts_read.newest_posts(None)
    page = reverse("forum:index") + (f"?{urlencode(asked)}" if asked else "")
    return _answer(request, rows, gettext("Forum"), page, form)


def _rows_of(asked: dict[str, str]) -> QuerySet[Post]:
    """Return the newest posts about what was asked for."""
    threads = visible_threads(None)
    if subject := asked.get("sujet"):
        kind, key = split(subject)
        threads = threads.filter(subject_kind=kind, subject_id=key)
    for kind, name in PARAMETER.items():
        if name in asked:
            threads = threads_read.tagged(threads, kind, asked[name])
    return posts_read.newest_in(threads, IN_FEED)


WANTED = ("sujet", *PARAMETER.values())


@require_safe
@forum_here
def of_board(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    board = threads_read.find_board(None, slug)
    if board is None:
        raise Http404
    rows = posts_read.newest_in(visible_threads(None).filter(board=board), IN_FEED)
    return _answer(request, rows, board.name, reverse("forum:board", args=[slug]), form)


@require_safe
@forum_here
def of_thread(request: HttpRequest, key: str, slug: str, form: str) -> HttpResponseBase:
    thread = threads_read.find_thread(None, key)
    if thread is None:
        raise Http404
    rows = posts_read.newest_posts(None).filter(thread=thread).order_by("-n")
    return _answer(request, rows, thread.title, thread.address, form)


def _answer(
    request: HttpRequest, rows: QuerySet[Post], title: str, page: str, form: str
) -> HttpResponseBase:
    """Answer with a feed; with 304, from one query, where the reader has it already."""
    marks = list(rows.values_list("pk", "changed_at", "thread__title")[:IN_FEED])
    etag = f'"{hashlib.sha256(repr((marks, form, title)).encode()).hexdigest()[:32]}"'
    if known := get_conditional_response(request, etag, None, None):
        return known
    site = f"{request.scheme}://{request.get_host()}"
    feed = syndication.Feed(
        title=f"{title} — Contrechamp",
        key=request.get_full_path().lstrip("/"),
        address=f"{site}{request.get_full_path()}",
        page=f"{site}{page}",
        host=request.get_host(),
        items=items(posts_read.in_feed([key for key, *_ in marks]), site),
    )
    body, kind = (
        (syndication.atom(feed), ATOM) if form == "atom" else (syndication.json_feed(feed), JSON)
    )
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["ETag"] = etag
    return answer

"""Pages that are read: boards, threads, one post's address, what it said before. A GET writes
nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from contrechamp.accounts import queries as accounts
from contrechamp.forum.domain.paging import page_of, pages_until
from contrechamp.forum.domain.subjects import split
from contrechamp.forum.forms.composing import seal
from contrechamp.forum.models import Thread, ThreadTag
from contrechamp.forum.queries import events, may_moderate
from contrechamp.forum.queries import posts as posts_read
from contrechamp.forum.queries import threads as threads_read
from contrechamp.forum.queries.moderation import moderates_somewhere
from contrechamp.forum.queries.subjects import find_subject, label_of
from contrechamp.forum.queries.threads import Part
from contrechamp.forum.services import gate, marking
from contrechamp.forum.shown.lists import PARAMETER, lines, tag_names, tags_of
from contrechamp.forum.shown.pages import Pages
from contrechamp.forum.shown.posts import shown_posts, told_before, with_proposing
from contrechamp.forum.shown.reading import reading_of
from contrechamp.foundation.access import members_only

from .common import bringing, forum_here, now_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def _reader(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


@require_safe
@forum_here
def index(request: HttpRequest) -> HttpResponse:
    user = _reader(request)
    rows = threads_read.listed(user)
    asked = _filters(request)
    for kind, key in asked:
        rows = threads_read.tagged(rows, kind, key)
    part = threads_read.part(rows, request.GET.get("avant", ""))
    names = _named(asked)
    context = {
        # Who asks for threads about something is not shown the boards.
        "boards": [] if asked else threads_read.boards_with_newest(user),
        "lines": lines(part.threads, unread=_read_until(user, part)),
        "older": part.older,
        "filters": names,
        "moderates": moderates_somewhere(user),
        "watchable": [(*each, name) for each, name in zip(asked, names, strict=True)],
        "is_read_only": gate.is_read_only(),
    }
    return render(request, "forum/index.html", context)


@require_safe
@forum_here
def board(request: HttpRequest, slug: str) -> HttpResponse:
    user = _reader(request)
    found = threads_read.find_board(user, slug)
    if found is None:
        raise Http404
    rows = threads_read.on_board(user, found)
    asked = _filters(request)
    for kind, key in asked:
        rows = threads_read.tagged(rows, kind, key)
    part = threads_read.part(rows, request.GET.get("avant", ""), pinned_on=found)
    context = {
        "board": found,
        "lines": lines(part.threads, unread=_read_until(user, part)),
        "older": part.older,
        "filters": _named(asked),
        "is_read_only": gate.is_read_only(),
        "may_open": not found.read_only or may_moderate(user),
    }
    return render(request, "forum/board.html", context)


@require_safe
@forum_here
def about(request: HttpRequest) -> HttpResponse:
    """List all threads about one thing."""
    user = _reader(request)
    kind, key = split(request.GET.get("sujet", ""))
    subject = find_subject(user, kind, key)
    if subject is None:
        raise Http404
    part = threads_read.part(threads_read.about(user, kind, key), request.GET.get("avant", ""))
    context = {
        "subject": subject,
        "subject_label": label_of(kind),
        "code": f"{kind}:{key}",
        "lines": lines(part.threads, unread=_read_until(user, part)),
        "older": part.older,
        "is_read_only": gate.is_read_only(),
    }
    return render(request, "forum/about.html", context)


def _read_until(user: User | None, part: Part) -> dict[str, int] | None:
    """Return up to where threads of a list were read, for who wants that remembered."""
    if user is None or not user.remember_reading:
        return None
    return posts_read.read_until(user, [thread.pk for thread in part.threads])


@require_POST
@members_only
@forum_here
def all_read(request: HttpRequest) -> HttpResponse:
    """Take all watched threads as read."""
    user = _reader(request)
    if user is not None:
        marking.mark_all_read(user)
    return redirect("forum:index")


@require_POST
@members_only
@forum_here
def read(request: HttpRequest, key: str, n: int) -> HttpResponse:
    """Say that one has read a thread up to a post, and go on where one has not read."""
    user = _reader(request)
    found = threads_read.find_thread(user, key)
    if found is None or user is None:
        raise Http404
    marking.note_read(found, n, user=user)
    if n < found.last_n:
        return redirect("forum:post", found.pk, n + 1)
    return redirect("forum:board", found.board.slug)


def _filters(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the tags that a list is asked for."""
    return [
        (kind, request.GET[name][:60]) for kind, name in PARAMETER.items() if request.GET.get(name)
    ]


def _named(asked: list[tuple[str, str]]) -> list[str]:
    names = tag_names([ThreadTag(kind=kind, key=key) for kind, key in asked])
    return [names.get(each, each[1]) for each in asked]


@require_safe
@forum_here
def thread(request: HttpRequest, key: str, slug: str = "") -> HttpResponse:
    user = _reader(request)
    found = threads_read.find_thread(user, key)
    if found is None:
        return _waiting(request, user, key)
    if found.moved_to is not None:
        return redirect(found.moved_to.address)
    if slug != found.slug:
        return redirect(found.address)
    page = _page(request, found)
    shown = shown_posts(
        posts_read.page_posts(found, page),
        user,
        blocked=accounts.blocked_by(user) if user else (),
    )
    context = {
        "thread": found,
        "board": found.board,
        "posts": with_proposing(shown, found, user),
        "pages": Pages(number=page, total=pages_until(found.last_n), address=found.address),
        "subject": find_subject(user, found.subject_kind, found.subject_id)
        if found.subject_kind
        else None,
        "subject_label": label_of(found.subject_kind) if found.subject_kind else "",
        "before": told_before(events.before(found)) if page == 1 else [],
        "tags": tags_of(found, tag_names(list(found.tags.all()))),
        "moderates": may_moderate(user),
        "reading": reading_of(user, found, shown[-1].n if shown else 0),
        "first": next((post for post in shown if post.n == 1 and not post.empty), None),
        **_reply_form(request, user, found),
    }
    return render(request, "forum/thread.html", context)


def _page(request: HttpRequest, found: Thread) -> int:
    text = request.GET.get("page", "1")
    last = pages_until(found.last_n)
    if not text.isdecimal() or len(text) > 7 or not 1 <= int(text) <= last:
        raise Http404
    return int(text)


def _reply_form(request: HttpRequest, user: User | None, found: Thread) -> dict[str, Any]:
    """Return what the form at the foot of a thread needs; nothing for a visitor."""
    if user is None:
        return {"is_read_only": gate.is_read_only()}
    key = f"thread:{found.pk}"
    return {
        **bringing(user, key),
        "mark": seal(now_of()),
        "draft": posts_read.find_draft(user, key),
        "waiting": list(posts_read.waiting_of(user, found)),
        "is_read_only": gate.is_read_only(),
        "may_reply": not gate.is_read_only()
        and (may_moderate(user) or not (found.locked or found.board.read_only)),
    }


def _waiting(request: HttpRequest, user: User | None, key: str) -> HttpResponse:
    """Show a thread whose first post waits to who wrote it; to all others there is none."""
    own = threads_read.find_own_thread(user, key)
    if own is None or user is None:
        raise Http404
    waiting = list(posts_read.waiting_of(user, own))
    return render(request, "forum/waiting.html", {"thread": own, "waiting": waiting})


@require_safe
@forum_here
def permalink(request: HttpRequest, key: str, n: int) -> HttpResponse:
    """Lead to the page that holds a post, or to where it went."""
    found = threads_read.find_thread(_reader(request), key)
    if found is None:
        raise Http404
    post = posts_read.placed(found, n)
    if post is None:
        raise Http404
    if post.moved_to is not None and post.state == "MOVED":
        return redirect(post.moved_to.address)
    page = page_of(n)
    return redirect(f"{found.address}{f'?page={page}' if page > 1 else ''}#m{n}")


@require_safe
@forum_here
def revisions(request: HttpRequest, key: str, n: int) -> HttpResponse:
    post = posts_read.find_post(_reader(request), key, n)
    if post is None or post.edited_at is None:
        raise Http404
    context = {
        "post": post,
        "thread": post.thread,
        "board": post.thread.board,
        "shown": shown_posts([post], None)[0],
        "revisions": posts_read.revisions_of(post),
    }
    return render(request, "forum/revisions.html", context)

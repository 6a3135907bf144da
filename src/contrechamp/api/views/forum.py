"""The public forum: boards, threads, posts, and the journal of its moderation."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import BadCursor, read_cursor
from contrechamp.api.problems import not_found
from contrechamp.api.schemas import forum as said
from contrechamp.api.schemas.asking import Paged
from contrechamp.api.shown import forum as shown
from contrechamp.forum import published
from contrechamp.forum.domain.subjects import split
from contrechamp.kernel.errors import gettext_noop

from .routes import router


@router.get(
    "/forum/boards",
    response=said.BoardList,
    url_name="forum-boards",
    operation_id="listBoards",
    summary=gettext_noop("Les salons du forum"),
    tags=["forum"],
)
def boards(request: HttpRequest) -> HttpResponse:
    return door.answer({"items": [shown.board(row) for row in published.boards()]})


@router.get(
    "/forum/threads",
    response=said.ThreadPage,
    url_name="forum-threads",
    operation_id="listThreads",
    summary=gettext_noop("Les fils du forum, par salon, par sujet ou par lieu"),
    tags=["forum"],
)
def threads(request: HttpRequest, ask: Query[said.ThreadsAsk]) -> HttpResponse:
    question = {"list": "threads", **ask.question()}
    after = read_cursor(ask.cursor, question)
    if after and not _is_place(after):
        raise BadCursor
    rows = published.threads(
        board=ask.board,
        subject=split(ask.subject),
        place=ask.territory,
        technology=ask.technology,
        after=after,
        most=ask.limit + 1,
    )
    found = [(one.place, shown.thread(one)) for one in rows]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/forum/threads/{key}",
    response=said.Thread,
    url_name="forum-thread",
    operation_id="getThread",
    summary=gettext_noop("Un fil du forum"),
    tags=["forum"],
)
def thread(request: HttpRequest, key: str) -> HttpResponse:
    found = published.find_thread(key)
    return door.answer(shown.thread(found)) if found else not_found()


@router.get(
    "/forum/threads/{key}/posts",
    response=said.PostPage,
    url_name="forum-posts",
    operation_id="listPosts",
    summary=gettext_noop("Les messages d'un fil, par leur numéro"),
    tags=["forum"],
)
def posts(request: HttpRequest, key: str, ask: Query[Paged]) -> HttpResponse:
    if published.find_thread(key) is None:
        return not_found()
    question = {"list": "posts", "thread": key}
    rows = published.posts(key, after=_number(ask.cursor, question) or 0, most=ask.limit + 1)
    found = [([str(one.n)], shown.post(one)) for one in rows]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/forum/journal",
    response=said.JournalPage,
    url_name="forum-journal",
    operation_id="listJournal",
    summary=gettext_noop("Ce que la modération du forum a fait"),
    tags=["forum"],
)
def journal(request: HttpRequest, ask: Query[Paged]) -> HttpResponse:
    question = {"list": "journal"}
    lines = published.journal(before=_number(ask.cursor, question), most=ask.limit + 1)
    found = [([str(line.number)], line.plain()) for line in lines]
    return door.paged(request, question, found, limit=ask.limit)


def _is_place(after: Sequence[str]) -> bool:
    """Answer whether a cursor names a place in a list of threads: a moment and a thread."""
    try:
        at = parse_datetime(after[0])
    except ValueError:
        return False
    return len(after) == 2 and at is not None and at.tzinfo is not None


def _number(cursor: str, question: dict[str, object]) -> int | None:
    """Return the number that a list goes on from, None at its beginning."""
    after = read_cursor(cursor, question)
    if after is None:
        return None
    if not after[0].isdecimal() or len(after[0]) > 9:
        raise BadCursor
    return int(after[0])

"""Moderators put threads in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contrechamp.forum.models import Thread
from contrechamp.forum.queries import may_moderate, visible_boards
from contrechamp.forum.queries import threads as threads_read
from contrechamp.forum.services import arranging
from contrechamp.forum.shown.lists import tag_names, tags_of
from contrechamp.foundation.access import members_only
from contrechamp.kernel.errors import Refused, gettext_noop

from .common import forum_here, now_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@forum_here
def arrange(request: HttpRequest, key: str) -> HttpResponse:
    user = cast("User", request.user)
    thread = threads_read.find_thread(user, key)
    if thread is None or not may_moderate(user):
        raise Http404
    if request.method == "POST":
        return redirect(_arranged(request, thread, user).address)
    context = {
        "thread": thread,
        "board": thread.board,
        "boards": visible_boards(user).order_by("position", "title"),
        "tags": tags_of(thread, tag_names(list(thread.tags.all()))),
        "filed": "\n".join(f"{tag.kind}:{tag.key}" for tag in thread.tags.all()),
    }
    return render(request, "forum/arrange.html", context)


def _arranged(request: HttpRequest, thread: Thread, user: User) -> Thread:
    """Do what a button says; return the thread to look at afterwards."""
    given = request.POST
    match given.get("act"):
        case "pin":
            return arranging.pin(thread, not thread.pinned, actor=user)
        case "lock":
            return arranging.lock(thread, not thread.locked, actor=user)
        case "rename":
            return arranging.rename(thread, given.get("title", ""), actor=user)
        case "move":
            board = threads_read.find_board(user, given.get("board", ""))
            if board is None:
                raise Refused(gettext_noop("Ce salon n'existe pas, ou plus, ici."))
            return arranging.move(thread, board, actor=user)
        case "tags":
            return arranging.file_under(thread, _tags(given.get("tags", "")), actor=user)
        case "split":
            numbers = arranging.read_numbers(given.get("numbers", ""))
            title = given.get("title", "")
            return arranging.split(thread, numbers, title=title, actor=user, now=now_of())
        case "merge":
            into = threads_read.find_thread(user, given.get("into", "").strip()[:14])
            if into is None:
                raise Refused(
                    gettext_noop("Le fil qui doit recevoir les messages est introuvable.")
                )
            arranging.merge(thread, into, actor=user, now=now_of())
            return into
    raise Refused(gettext_noop("Ce bouton n'est pas connu ici : rechargez la page."))


def _tags(text: str) -> list[tuple[str, str]]:
    """Read one tag a line: `place:commune:06088`, `technology:tec-…`."""
    found = (line.strip().partition(":") for line in text.splitlines()[:24])
    return [(kind, key[:60]) for kind, _, key in found if kind in {"place", "technology"} and key]

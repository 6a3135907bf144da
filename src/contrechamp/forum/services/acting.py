"""One act of a moderator: the line of the journal, and the word to whom it concerns."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.models import Action, Board, Post
from contrechamp.forum.queries.access import may_moderate
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class NotYourBoard(Refused):
    """Somebody wants to moderate where they do not."""

    status = 404


def check_moderates(actor: User, board: Board | None) -> None:
    """Refuse who does not moderate there."""
    if not may_moderate(actor, board):
        raise NotYourBoard(gettext_noop("Vous ne modérez pas ici."))


def write(
    verb: Verb,
    *,
    by: User | None,
    now: datetime,
    post: Post | None = None,
    board: Board | None = None,
    user: User | None = None,
    reason: str = "",
    text: str = "",
    until: datetime | None = None,
) -> Action:
    """Write an act: a number in the journal, never two the same. Inside a transaction."""
    last = Action.objects.select_for_update().order_by("-number").first()
    return Action.objects.create(
        number=last.number + 1 if last else 1,
        verb=verb,
        post=post,
        thread=post.thread if post else None,
        board=post.thread.board if post else board,
        user=user,
        reason=reason,
        text=text.strip()[:4000],
        until=until,
        by=by,
        at=now,
    )

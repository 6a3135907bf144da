"""People who talk, for tests: boards, threads and posts through the room's own verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

from contrechamp.accounts import services as accounts
from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.forum.models import Board, Post, Thread
from contrechamp.forum.services import posting
from contrechamp.forum.services.boards import make_first_boards
from tests import make

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Long before any day on which tests run, so that pages find no post that is yet to come."""
_minutes = count()


def later(minutes: int = 0) -> datetime:
    """Return a moment after all that were asked for before: no limit of pace is met."""
    return NOW + timedelta(minutes=61 * next(_minutes) + minutes)


def member(name: str = "lea", *, confirmed: bool = True, role: Role = Role.MEMBER) -> User:
    """Return an account; one that is known unless said otherwise."""
    user = make.user(name, role)
    if not confirmed:
        user.standing = User.Standing.QUEUED
        user.save()
    return user


def moderator(name: str = "modou") -> User:
    """Return an account that moderates."""
    user = member(name)
    accounts.let_moderate(user, True, actor=None, now=NOW)
    return user


def board(slug: str = "general") -> Board:
    """Return a board; the first ones are there."""
    make_first_boards()
    return Board.objects.get(slug=slug)


def thread(
    author: User | None = None,
    title: str = "Des caméras place Carnot",
    text: str = "La mairie a voté hier l'achat de douze caméras.",
    *,
    at: datetime | None = None,
    where: str = "general",
    subject: str = "",
) -> Thread:
    """Open a thread; return it as the table has it."""
    post = posting.start_thread(
        actor=author or member(),
        title=title,
        source=text,
        board=board(where),
        subject=subject,
        now=at or later(),
    )
    return Thread.objects.select_related("board").get(pk=post.thread_id)


def reply(
    to: Thread, author: User, text: str = "Merci, voici la délibération.", **more: object
) -> Post:
    """Answer in a thread."""
    more.setdefault("now", later())
    more.setdefault("insists", True)
    return posting.reply(to, actor=author, source=text, **more)  # type: ignore[arg-type]

"""Boards, threads and posts for tests of moderation, made as rows."""

from __future__ import annotations

from datetime import UTC, datetime

from contrechamp.accounts.models import User
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Board, Post, Thread
from contrechamp.forum.services.placing import place

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def board(slug: str = "essais", **more: object) -> Board:
    made, _ = Board.objects.get_or_create(slug=slug, defaults={"title": slug.title(), **more})
    return made


def thread(title: str = "Des caméras place Carnot", where: Board | None = None) -> Thread:
    return Thread.objects.create(board=where or board(), title=title, created_at=NOW)


def post(
    author: User | None,
    text: str = "La mairie a voté hier l'achat de douze caméras.",
    *,
    of: Thread | None = None,
    at: datetime = NOW,
    is_published: bool = False,
) -> Post:
    made = Post.objects.create(
        thread=of or thread(),
        author=author,
        state=State.PENDING,
        source=text,
        html=f"<p>{text}</p>",
        created_at=at,
        changed_at=at,
    )
    return place(made, now=at) if is_published else made

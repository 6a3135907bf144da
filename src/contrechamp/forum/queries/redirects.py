"""Where an address of an imported forum leads now, for who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrechamp.forum.models import Board

from .access import placed_posts, visible_boards, visible_threads

if TYPE_CHECKING:
    from .access import Reader


def find_old_thread(user: Reader, kind: str, tid: str, n: int | None = None) -> str:
    """Return the address of a thread by its old number, at a post of it; or nothing."""
    rows = visible_threads(user).filter(origin__startswith=f"{kind}:", pid=tid)
    thread = rows.select_related("moved_to").order_by("origin").first()
    if thread is None:
        return ""
    # Posts of imported threads keep the place that they had there.
    if n and n > 1 and placed_posts(user).filter(thread=thread, n=n).exists():
        return f"/forum/m/{thread.pk}/{n}"
    return thread.address


def find_old_post(user: Reader, kind: str, pid: str) -> str:
    """Return the address of a post by its old number; or nothing."""
    rows = placed_posts(user).filter(origin__startswith=f"{kind}:", pid=pid)
    post = rows.order_by("origin").first()
    return post.address if post else ""


def find_old_board(user: Reader, kind: str, cid: str) -> str:
    """Return the address of a board by its old number; or nothing."""
    rows = visible_boards(user).filter(origin__startswith=f"{kind}:", origin__endswith=f":{cid}")
    found: Board | None = rows.order_by("origin").first()
    return f"/forum/{found.slug}" if found else ""

"""Saved answers of a NodeBB forum: `/api/categories`, `/api/category/<cid>`, `/api/topic/<tid>`.

Read by their content, whatever the files are called. Field names as its read API documents them;
a forum of another version may differ: look at what is reported as left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from .exports import BoardIn, Fault, Piece, Plain, PostIn, Shape, TopicIn, many, moment, text

GUEST = "[[global:guest]]"
PATH = re.compile(r"/(?:topic/(?P<tid>\d+)|post/(?P<pid>\d+)|category/(?P<cid>\d+))(?:/|$)")


def _boards(plain: Plain) -> Iterator[BoardIn]:
    cid = text(plain.get("cid"))
    if cid and text(plain.get("name")):
        slug = text(plain.get("slug")).rpartition("/")[2]
        yield BoardIn(
            cid=cid,
            slug=slug or f"categorie-{cid}",
            title=unescape(text(plain["name"], 120)),
            text=unescape(text(plain.get("description"), 1000)),
        )
    for child in many(plain.get("children")):
        yield from _boards(child)


def read(plain: Plain, name: str) -> Iterator[Piece]:
    """Yield what one file holds: categories, a category with its list, or a page of a thread."""
    if isinstance(plain.get("categories"), list):
        for each in many(plain["categories"]):
            yield from _boards(each)
    elif isinstance(plain.get("topics"), list):
        yield from _boards(plain)
    elif isinstance(plain.get("posts"), list):
        yield from _topic(plain, name)
    else:
        yield Fault(where=name, code="shape")


def _topic(plain: Plain, name: str) -> Iterator[Piece]:
    tid, title = text(plain.get("tid")), unescape(text(plain.get("titleRaw") or plain.get("title")))
    if not tid or not title:
        yield Fault(where=name, code="topic")
        return
    posts = []
    for place, each in enumerate(many(plain["posts"])):
        post = _post(each)
        if post is None:
            yield Fault(where=f"{name}#{tid}/{text(each.get('pid')) or place}", code="post")
        else:
            posts.append(post)
    yield TopicIn(
        tid=tid,
        title=title[:200],
        cid=text(plain.get("cid")),
        at=moment(plain.get("timestamp")),
        is_pinned=bool(plain.get("pinned")),
        is_locked=bool(plain.get("locked")),
        is_gone=bool(plain.get("deleted")),
        posts=tuple(posts),
    )


def _post(plain: Plain) -> PostIn | None:
    pid, at, html = text(plain.get("pid")), moment(plain.get("timestamp")), plain.get("content")
    index = plain.get("index")
    is_gone = bool(plain.get("deleted"))
    if not pid or at is None or not (isinstance(html, str) or is_gone):
        return None
    user = plain.get("user")
    author = text(user.get("username"), 80) if isinstance(user, dict) else ""
    return PostIn(
        pid=pid,
        n=index + 1 if isinstance(index, int) and 0 <= index < 10**7 else 1,
        author="" if author == GUEST else author,
        at=at,
        html=html if isinstance(html, str) else "",
        reply_pid=text(plain.get("toPid")),
        edited_at=moment(plain.get("edited")),
        is_gone=is_gone,
    )


SHAPE = Shape(name="nodebb", read=read, old_link=PATH)

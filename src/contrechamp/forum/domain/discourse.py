"""Saved answers of a Discourse forum: `/categories.json`, `/t/<id>.json`, and its pages of posts.

Read by their content, whatever the files are called. Field names as its API documentation has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .exports import BoardIn, Fault, Piece, Plain, PostIn, Shape, TopicIn, many, moment, text

PATH = re.compile(r"/(?:t/(?:[^/]+/)?(?P<tid>\d+)|p/(?P<pid>\d+)|c/(?:[^/]+/)*(?P<cid>\d+))(?:/|$)")
REGULAR = {1, 4}
"""Kinds of posts that somebody wrote: 1 regular, 4 whisper. 2 and 3 are notes of the machine."""
WHISPER = 4


def read(plain: Plain, name: str) -> Iterator[Piece]:
    """Yield what one file holds: categories, a thread with its first posts, or more posts."""
    listed = plain.get("category_list")
    stream = plain.get("post_stream")
    if isinstance(listed, dict):
        yield from _boards(listed)
    elif isinstance(stream, dict):
        yield from _topic(plain, stream, name)
    elif isinstance(plain.get("topic_list"), dict):
        return  # A list of threads says nothing that the threads do not say.
    else:
        yield Fault(where=name, code="shape")


def _boards(listed: Plain) -> Iterator[BoardIn]:
    for each in many(listed.get("categories")):
        cid, title = text(each.get("id")), text(each.get("name"), 120)
        if cid and title:
            slug = text(each.get("slug")) or f"categorie-{cid}"
            about = text(each.get("description_text"), 1000)
            yield BoardIn(cid=cid, slug=slug, title=title, text=about)
        yield from _boards({"categories": each.get("subcategory_list")})


def _topic(plain: Plain, stream: Plain, name: str) -> Iterator[Piece]:
    rows = many(stream.get("posts"))
    tid = text(plain.get("id")) or next((text(row.get("topic_id")) for row in rows), "")
    if not tid:
        yield Fault(where=name, code="topic")
        return
    posts = []
    for place, each in enumerate(rows):
        if each.get("post_type", 1) not in REGULAR:
            continue
        post = _post(each)
        if post is None:
            yield Fault(where=f"{name}#{tid}/{text(each.get('id')) or place}", code="post")
        else:
            posts.append(post)
    yield TopicIn(
        tid=tid,
        title=text(plain.get("title"), 200),
        cid=text(plain.get("category_id")),
        at=moment(plain.get("created_at")),
        is_pinned=bool(plain.get("pinned")),
        is_locked=bool(plain.get("closed")) or bool(plain.get("archived")),
        is_gone=bool(plain.get("deleted_at")) or plain.get("visible") is False,
        posts=tuple(posts),
    )


def _post(plain: Plain) -> PostIn | None:
    pid, at, html = text(plain.get("id")), moment(plain.get("created_at")), plain.get("cooked")
    number, reply = plain.get("post_number"), plain.get("reply_to_post_number")
    # What was private there (a whisper to the team, hidden posts) does not become public here.
    is_gone = (
        any(plain.get(flag) for flag in ("deleted_at", "user_deleted", "hidden"))
        or plain.get("post_type") == WHISPER
    )
    if not pid or at is None or not (isinstance(html, str) or is_gone):
        return None
    edited = moment(plain.get("updated_at")) if plain.get("version", 1) != 1 else None
    return PostIn(
        pid=pid,
        n=number if isinstance(number, int) and 0 < number < 10**7 else 1,
        author=text(plain.get("username"), 80),
        at=at,
        html=html if isinstance(html, str) else "",
        reply_n=reply if isinstance(reply, int) and reply > 0 else None,
        edited_at=edited,
        is_gone=is_gone,
    )


SHAPE = Shape(name="discourse", read=read, old_link=PATH)

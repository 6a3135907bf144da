"""What the observatory itself says in threads: an act published, a deadline, an opinion received.

Rooms above call `post`. The sentence is made when it is read, from the parameters, in the language
of who reads; no member is named. The same event told twice is one post.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import split
from contrechamp.forum.models import Post, Thread

from .placing import place


@transaction.atomic
def post(
    subject: str,
    event_kind: str,
    params: Mapping[str, Any],
    key: str,
    *,
    now: datetime,
    source_url: str = "",
) -> Post | None:
    """Say an event in the thread about a thing that moved last; None where nobody talks of it.

    No thread is opened by a machine: a forum full of notices is read by nobody.
    """
    kind, ident = split(subject)
    known = Post.objects.filter(event_key=key).first()
    if known is not None or not kind:
        return known
    threads = Thread.objects.filter(
        subject_kind=kind, subject_id=ident, moved_to=None, published_count__gt=0, locked=False
    )
    thread = threads.order_by("-last_post_at", "-pk").first()
    if thread is None:
        return None
    made = Post.objects.create(
        thread=thread,
        kind=Post.Kind.SYSTEM,
        state=State.PENDING,
        event_kind=event_kind,
        event_params=dict(params),
        event_key=key,
        source_url=source_url,
        created_at=now,
        changed_at=now,
    )
    return place(made, now=now)

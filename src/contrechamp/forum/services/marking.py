"""Up to which post somebody has read the threads that they watch: only for who asked for it.

A number for each watched thread, and no moment: never what was opened when. Who turns it off
leaves nothing behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.accounts.domain.notices import Level, Scope
from contrechamp.accounts.queries import notices
from contrechamp.forum.models import Mark, Thread
from contrechamp.forum.queries import visible_threads

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def note_read(thread: Thread, n: int, *, user: User) -> None:
    """Remember that a watched thread was read up to a post. Nothing is written where it was."""
    if not user.remember_reading:
        return
    known = Mark.objects.filter(user=user, thread=thread).values_list("n", flat=True).first()
    if known is not None and known >= n:
        return
    wish = notices.wish_of(user, Scope.THREAD, thread.pk)
    if wish is not None and wish.level == Level.WATCH:
        Mark.objects.update_or_create(user=user, thread=thread, defaults={"n": n})


@transaction.atomic
def mark_all_read(user: User) -> int:
    """Take all watched threads as read, for who wants that remembered; return how many are."""
    if not user.remember_reading:
        return 0
    watched = notices.watched_keys(user, Scope.THREAD)
    rows = visible_threads(user).filter(pk__in=watched).values_list("pk", "last_n")
    marks = [Mark(user=user, thread_id=key, n=n) for key, n in rows]
    Mark.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["user", "thread"], update_fields=["n"]
    )
    return len(marks)


def on_forgotten(sender: object, user: User, **_: object) -> None:
    """Forget what somebody read, who no longer wants it to be remembered."""
    Mark.objects.filter(user=user).delete()

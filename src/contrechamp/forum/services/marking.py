"""Up to which post somebody has read the threads that they watch: only for who asked for it.

A number for each watched thread, and no moment: never what was opened when. To open a page writes
nothing; one says oneself that one has read so far. Who turns it off leaves nothing behind, and who
watches a thread no more leaves nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.accounts.domain.notices import Scope
from contrechamp.accounts.queries import notices
from contrechamp.forum.models import Mark, Thread
from contrechamp.forum.queries import visible_threads
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def note_read(thread: Thread, n: int, *, user: User) -> None:
    """Remember that a watched thread was read up to a post; never back to an earlier one.

    Raise `Refused` where somebody does not want that remembered, or does not watch the thread.
    """
    if not user.remember_reading:
        raise Refused(
            gettext_noop("Votre compte ne retient rien de ce que vous lisez : changez-le d'abord.")
        )
    if not notices.watches(user, Scope.THREAD, thread.pk):
        raise Refused(gettext_noop("Suivez d'abord ce fil : les autres ne sont pas retenus."))
    until = max(0, min(n, thread.last_n))
    row, is_new = Mark.objects.get_or_create(user=user, thread=thread, defaults={"n": until})
    if not is_new and row.n < until:
        row.n = until
        row.save(update_fields=["n"])


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


def on_watched_no_more(sender: object, user: User, scope: str, key: str, **_: object) -> None:
    """Forget how far somebody has read a thread that they do not watch any more."""
    if scope == Scope.THREAD:
        Mark.objects.filter(user=user, thread=key).delete()

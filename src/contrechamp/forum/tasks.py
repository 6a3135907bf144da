"""What the forum does by itself: each minute, and once a day."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from contrechamp.foundation import jobs
from contrechamp.foundation.plug import offered

from .domain.events import EventSource
from .queries.federation import is_on
from .services import attaching, events, federating, tidying

_days: list[date] = []
_heard = threading.local()
AT_ONCE = 200
"""Things that one job looks at."""


def look() -> None:
    """Say what waits too long; publish what the operator wants unread; once a day forget."""
    now = timezone.now()
    tidying.raise_alarm(now)
    tidying.publish_unread(now)
    if _days[-1:] != [timezone.localdate(now)]:
        _days[:] = [timezone.localdate(now)]
        tidying.forget_old(now)
        attaching.sweep(now)
        federating.forget_old(now)
        enqueue(events.due(timezone.localdate(now)))
    if is_on():
        jobs.run_beside("federation", federate)


def federate() -> None:
    """Tell followers elsewhere what is new, and deliver what is due."""
    now = timezone.now()
    federating.tell_new(now)
    federating.deliver(now)


def hear(sender: object, refs: Sequence[str] = (), **_: object) -> None:
    """Note of what visitors see something else now. An import that tells it of each thing apart
    costs no more than one that tells it at once: all is looked at after the transaction.
    """
    prefixes = tuple(source.prefix for source in offered(EventSource))
    mine = [ref for ref in refs if ref.startswith(prefixes)] if prefixes else []
    if mine:
        _waiting().update(dict.fromkeys(mine))
        transaction.on_commit(_leave_to_jobs, robust=True)


def _waiting() -> dict[str, None]:
    """Return what this thread heard of. What was rolled back is looked at with the next: told is
    what is found then.
    """
    found: dict[str, None] | None = getattr(_heard, "refs", None)
    if found is None:
        found = _heard.refs = {}
    return found


def _leave_to_jobs() -> None:
    refs = list(_waiting())
    _waiting().clear()
    enqueue(refs)


def enqueue(refs: Iterable[str]) -> None:
    """Let jobs look at what is to be told of some things, part by part."""
    wanted = list(refs)
    for at in range(0, len(wanted), AT_ONCE):
        tell.enqueue(wanted[at : at + AT_ONCE])


@jobs.job()
def tell(refs: list[str]) -> None:
    """Tell in threads what is new of some things."""
    events.tell(refs, now=timezone.now())

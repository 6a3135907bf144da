"""News that any room may send and any room may hear, when the sender need not be known.

`public_changed` says that what visitors can get of some things has changed (published, corrected,
withdrawn, deleted). It is sent inside the transaction that changes them, with
`refs`, a sequence of `room:kind:key` texts. Listeners write rows or use `on_commit`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.dispatch import Signal

_waiting: ContextVar[dict[Any, dict[str, None]] | None] = ContextVar("waiting", default=None)


class News(Signal):
    """A signal whose news of many things can be told in one go.

    What hears it reads the whole of a record again: told a thousand times of a thousand things
    of one record, it would read a million.
    """

    def send(self, sender: Any, **named: Any) -> list[tuple[Any, Any]]:
        """Tell it now, or when the block of `at_once` that this is in ends."""
        waiting = _waiting.get()
        if waiting is None or set(named) != {"refs"}:
            return super().send(sender, **named)
        waiting.setdefault(sender, {}).update(dict.fromkeys(named["refs"]))
        return []

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Gather the news of this block and tell it at its end: once for each sender.

        To be opened inside the transaction that makes the changes; a block in a block is one with
        it. News of a block that fails are not told, for nothing of it was done.
        """
        if _waiting.get() is not None:
            yield
            return
        told: dict[Any, dict[str, None]] = {}
        token = _waiting.set(told)
        try:
            yield
        finally:
            _waiting.reset(token)
        for sender, refs in told.items():
            super().send(sender, refs=list(refs))


public_changed = News()

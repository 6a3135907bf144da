"""News that any room may send and any room may hear, when the sender need not be known.

`public_changed` says that what visitors can get of some things has changed (published, corrected,
withdrawn, deleted). It is sent inside the transaction that changes them, with
`refs`, a sequence of `room:kind:key` texts. Listeners write rows or use `on_commit`.
"""

from __future__ import annotations

from django.dispatch import Signal

public_changed = Signal()

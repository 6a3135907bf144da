"""The news of the forum. `sender` is always None; all are sent inside the transaction.

Whoever listens writes rows, or waits with `transaction.on_commit`: what is rolled back then never
was told.
"""

from __future__ import annotations

from django.dispatch import Signal

post_published = Signal()
"""A post can be read now (`post`, `is_first`: of its thread). Sent once for each post."""

post_waits = Signal()
"""A post waits to be looked at (`post`)."""

post_changed = Signal()
"""The text of a published post was changed (`post`, `actor`)."""

post_hidden = Signal()
"""A post that could be read cannot be read any more (`post`)."""

post_restored = Signal()
"""A post that was hidden can be read again (`post`)."""

post_moved = Signal()
"""A post went to another thread (`post`, `old_ref`)."""

thread_changed = Signal()
"""A thread was locked, pinned, moved, named or tagged anew (`thread`)."""

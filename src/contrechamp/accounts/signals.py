"""The news of accounts. `sender` is always None; all are sent inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

reading_forgotten = Signal()
"""Somebody no longer wants it to be remembered what they have read (`user`): rooms forget it."""

watched_no_more = Signal()
"""Somebody (`user`) muted something, or watches it no more (`scope`, `key`)."""

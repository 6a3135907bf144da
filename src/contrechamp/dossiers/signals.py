"""The room's news."""

from __future__ import annotations

from django.dispatch import Signal

wanted = Signal()
"""A file is asked for that a page cannot wait for: `key`."""

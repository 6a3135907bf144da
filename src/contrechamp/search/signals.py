"""The news of search."""

from __future__ import annotations

from django.dispatch import Signal

too_much = Signal()
"""The index is to be made anew, and takes longer than whoever asked can wait."""

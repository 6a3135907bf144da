"""News of the census, for the rooms above and for its own jobs."""

from __future__ import annotations

from django.dispatch import Signal

publication_scheduled = Signal()
"""Accepted claims are to be shown later. `at`: from when."""

"""News of the doors of several rooms."""

from __future__ import annotations

from django.dispatch import Signal

lab_computation_asked = Signal()
"""A result that takes long was asked for. Arguments: experiment (its id), query."""

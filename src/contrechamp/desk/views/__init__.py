"""The doors of the desk."""

from __future__ import annotations

from . import listing, session, sheet

__all__ = ["listing", "session", "sheet"]

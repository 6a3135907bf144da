"""Public acts made ready for pages and feeds."""

from __future__ import annotations

from .acts import ShownAct, shown, summary
from .one import page_of

__all__ = ["ShownAct", "page_of", "shown", "summary"]

"""What stands in an address of the watch or in a form, made valid."""

from __future__ import annotations

from .asking import Ask, followed, monday, read_ask, week_of
from .correcting import CorrectionForm

__all__ = ["Ask", "CorrectionForm", "followed", "monday", "read_ask", "week_of"]

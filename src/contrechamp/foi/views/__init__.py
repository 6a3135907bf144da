"""Pages of requests. One module per subject."""

from __future__ import annotations

from .lists import index, mine
from .reading import request

__all__ = ["index", "mine", "request"]

"""What can be asked of the watch."""

from __future__ import annotations

from .sources import sources_list, sources_status

__all__ = ["sources_list", "sources_status"]

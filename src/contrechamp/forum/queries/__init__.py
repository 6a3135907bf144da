"""Reads of the forum. Who may see what is decided in `access` alone."""

from __future__ import annotations

from .access import may_moderate as may_moderate
from .access import placed_posts as placed_posts
from .access import readable as readable
from .access import visible_boards as visible_boards
from .access import visible_posts as visible_posts
from .access import visible_threads as visible_threads

"""What each command of `contrechamp-desk` does; `airlock.cli` reads what was typed."""

from __future__ import annotations

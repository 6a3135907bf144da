"""The room `directory` seen by each person."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: list[Row] = []

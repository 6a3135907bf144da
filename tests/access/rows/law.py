"""The room `law` seen by each person: rules and dates are for everybody."""

from __future__ import annotations

from tests.access.rows import EVERYBODY, Row

ROWS: list[Row] = [
    *(Row(f"law:{name}", EVERYBODY) for name in ("calculator", "questions", "rules")),
]

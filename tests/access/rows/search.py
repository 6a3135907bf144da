from __future__ import annotations

from tests.access.rows import EVERYBODY, Row

ROWS = [
    Row("search:search", EVERYBODY),
    Row("search:search", EVERYBODY, about="a word", query="?q=drone"),
    Row("search:json", EVERYBODY, query="?q=drone"),
    Row("search:csv", EVERYBODY, query="?q=drone"),
    Row("search:atom", EVERYBODY, query="?q=drone"),
]

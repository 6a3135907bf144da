"""The map, its files, its base map: for everybody."""

from __future__ import annotations

from tests.access.rows import EVERYBODY, GONE, Row

ROWS = [
    Row("atlas:map", EVERYBODY),
    Row("atlas:map", EVERYBODY, about="of a town", query="?lieu=commune:83137&au=2024"),
    Row("atlas:map", EVERYBODY, about="nonsense", query="?lieu=x&au=%00&acteur=act-0000000000"),
    Row("atlas:csv", EVERYBODY),
    Row("atlas:geojson", EVERYBODY),
    Row("atlas:json", EVERYBODY),
    Row("atlas:areas", EVERYBODY),
    Row("atlas:points", EVERYBODY),
    Row("atlas:basemap", (GONE,) * 5, about="none on this instance", never=()),
]

"""The head of a PMTiles file, version 3: enough to know that it is one and what it holds.

Source: the PMTiles specification 3.4, section "Header": 127 bytes, little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

HEAD = 127
VECTOR, RASTER = "vector", "raster"
TYPES = {1: VECTOR, 2: RASTER, 3: RASTER, 4: RASTER, 5: RASTER}
"""Mapbox vector tile; PNG, JPEG, WebP, AVIF."""


class NotTiles(ValueError):
    """The bytes are not the head of a file of tiles that a map can show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """What the head says."""

    kind: str
    """vector or raster."""
    least_zoom: int
    most_zoom: int
    west: float
    south: float
    east: float
    north: float


def read_head(head: bytes) -> Tiles:
    """Return what a file of tiles says of itself, or raise `NotTiles`."""
    if len(head) < HEAD or head[:7] != b"PMTiles":
        raise NotTiles("PMTiles")
    if head[7] != 3:
        raise NotTiles(f"version {head[7]}")
    kind = TYPES.get(head[99])
    if kind is None:
        raise NotTiles(f"tile type {head[99]}")
    west, south, east, north = (each / 1e7 for each in struct.unpack_from("<4i", head, 102))
    return Tiles(
        kind=kind,
        least_zoom=head[100],
        most_zoom=head[101],
        west=west,
        south=south,
        east=east,
        north=north,
    )

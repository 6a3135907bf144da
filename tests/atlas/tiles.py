"""A file of tiles made by hand: one picture for the whole world, as PMTiles version 3."""

from __future__ import annotations

import struct
import zlib

SIDE = 256


def png(red: int, green: int, blue: int) -> bytes:
    """Return a square picture of one colour."""
    row = b"\x00" + bytes((red, green, blue)) * SIDE

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checked)

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(row * SIDE))
        + chunk(b"IEND", b"")
    )


def varint(number: int) -> bytes:
    """Write a number as PMTiles does in its folders: seven bits a byte, the lowest first."""
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def pmtiles(tile: bytes | None = None) -> bytes:
    """Return a file with one tile at zoom 0. Nothing in it is packed."""
    tile = tile or png(120, 160, 190)
    # One entry: tile 0, run of one, its length, its offset (plus one).
    root = b"".join(varint(number) for number in (1, 0, 1, len(tile), 1))
    about = b"{}"
    at_about = 127 + len(root)
    at_tiles = at_about + len(about)
    head = b"PMTiles\x03" + struct.pack(
        "<11Q6B4iB2i",
        *(127, len(root), at_about, len(about), at_tiles, 0, at_tiles, len(tile)),
        *(1, 1, 1),
        *(1, 1, 1, 2, 0, 0),
        *(-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000),
        *(0, 0, 0),
    )
    return head + root + about + tile

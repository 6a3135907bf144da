"""A TrueType font whose one glyph is a full box: words set in it can be selected.

They are not drawn (text mode 3). A glyph without surface would do, but readers skip a word of one
such letter.

It is built here, so that no file of another is needed, and is the same in every copy.
"""

from __future__ import annotations

import struct
from functools import cache

UNITS = 1000
WIDTH = 500
ASCENT, DESCENT = 800, -200


@cache
def blank_font() -> bytes:
    """Return the font as a file."""
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": _glyph(),
        b"head": _head(),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1, 0, 0,
            0, 0, 0, 0, 0, 1,
        ),
        b"hmtx": struct.pack(">Hh", WIDTH, 0),
        b"loca": struct.pack(">HH", 0, len(_glyph()) // 2),
        b"maxp": struct.pack(">IH13H", 0x10000, 1, 4, 1, *([0] * 11)),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IiHHIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }  # fmt: skip
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    out = struct.pack(
        ">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    place = 12 + 16 * count
    body = b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        out += struct.pack(">4sIII", tag, _sum(padded), place + len(body), len(data))
        body += padded
    return out + body


def _sum(data: bytes) -> int:
    total: int = sum(struct.unpack(f">{len(data) // 4}I", data))
    return total & 0xFFFFFFFF


def _glyph() -> bytes:
    height = ASCENT - DESCENT
    return (
        struct.pack(">hhhhh", 1, 0, DESCENT, WIDTH, ASCENT)
        + struct.pack(">HH", 3, 0)
        + b"\1\1\1\1"
        + struct.pack(">hhhh", 0, 0, WIDTH, 0)
        + struct.pack(">hhhh", DESCENT, height, 0, -height)
    )


def _cmap() -> bytes:
    """Return a map that knows no sign: the PDF says which code has which glyph."""
    return (
        struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">HHHHHHH", 4, 24, 0, 2, 2, 0, 0)
        + struct.pack(">HHHhH", 0xFFFF, 0, 0xFFFF, 1, 0)
    )


def _head() -> bytes:
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, UNITS, 0, 0,
        0, DESCENT, WIDTH, ASCENT, 0, 8, 2, 0, 0,
    )  # fmt: skip


def _os2() -> bytes:
    return struct.pack(
        ">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHH", 1, WIDTH, 400, 5, 0, *([0] * 11), b"\0" * 10,
        0, 0, 0, 0, b"none", 64, 0, 0xFFFF, ASCENT, DESCENT, 0, ASCENT, -DESCENT,
    ) + b"\0" * 8  # fmt: skip

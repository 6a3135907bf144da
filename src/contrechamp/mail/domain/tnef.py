"""What Outlook puts into winmail.dat (TNEF): the files, and the text when the message has none.

Source: [MS-OXTNEF] for the frame, [MS-OXCDATA] §2.11 for property types, [MS-OXRTFCP] for LZFu.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import decoded

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST = 500
"""Attributes, properties and files that are read."""
LARGEST_TEXT = 4 << 20
_REND, _TITLE, _DATA, _ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
_PROPERTIES, _BODY = 0x9003, 0x800C
_P_BODY, _P_HTML, _P_RTF = 0x1000, 0x1013, 0x1009
_P_LONG_NAME, _P_NAME, _P_TYPE, _P_DATA = 0x3707, 0x3704, 0x370E, 0x3701
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_VARIABLE = {0x0D, 0x1E, 0x1F, 0x102}
_MULTIPLE = 0x1000
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
    b"\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


@dataclass(slots=True)
class File:
    """One file of a winmail.dat."""

    name: str = ""
    media_type: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Opened:
    """What a winmail.dat holds."""

    files: list[File] = field(default_factory=list)
    text: str = ""
    html: str = ""
    rtf: bytes = b""
    is_whole: bool = True
    """False when it ends too early: what came before is there."""


def is_tnef(content: bytes) -> bool:
    """Answer whether these bytes are a winmail.dat, whatever its name."""
    return content.startswith(SIGNATURE)


def opened(content: bytes) -> Opened:
    """Read a winmail.dat as far as it goes."""
    found = Opened()
    try:
        for name, data in _attributes(content):
            _take(found, name, data)
    except (struct.error, ValueError, IndexError):
        found.is_whole = False
    found.files = [one for one in found.files if one.content]
    return found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(MOST):
        if at >= len(content):
            return
        _, name, _, size = struct.unpack_from("<BHHI", content, at)
        at += 9
        if at + size > len(content):
            raise ValueError(at)
        yield name, content[at : at + size]
        at += size + 2


def _take(found: Opened, name: int, data: bytes) -> None:
    if name == _REND:
        found.files.append(File())
    elif name == _BODY:
        found.text = _string(data)
    elif name == _PROPERTIES:
        held = dict(_properties(data))
        found.text = _string(held.get(_P_BODY, b"")) or found.text
        found.html = _string(held.get(_P_HTML, b""))
        found.rtf = decompressed(held.get(_P_RTF, b""))
    elif found.files:
        _take_file(found.files[-1], name, data)


def _take_file(file: File, name: int, data: bytes) -> None:
    if name == _TITLE:
        file.name = file.name or _string(data)
    elif name == _DATA:
        file.content = data
    elif name == _ATTACHMENT:
        held = dict(_properties(data))
        file.name = _string(held.get(_P_LONG_NAME) or held.get(_P_NAME) or b"") or file.name
        file.media_type = _string(held.get(_P_TYPE, b""))
        file.content = file.content or held.get(_P_DATA, b"")


def _string(data: bytes) -> str:
    return decoded(data).rstrip("\0").replace("\r\n", "\n")


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and value of each property; text as UTF-8."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, MOST)):
        kind, number = struct.unpack_from("<HH", data, at)
        at = _past_name(data, at + 4) if number >= 0x8000 else at + 4
        values, at = _values(data, at, kind)
        if values:
            value = values[0]
            if kind & ~_MULTIPLE == 0x1F:
                value = value.decode("utf-16-le", "replace").encode("utf-8", "replace")
            yield number, value


def _past_name(data: bytes, at: int) -> int:
    (is_named,) = struct.unpack_from("<I", data, at + 16)
    (size,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + (_padded(size) if is_named else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    plain, count = kind & ~_MULTIPLE, 1
    is_variable = plain in _VARIABLE
    if is_variable or kind & _MULTIPLE:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    if count > MOST:
        raise ValueError(count)
    found: list[bytes] = []
    for _ in range(count):
        size = room = _FIXED.get(plain, 0)
        if is_variable:
            (size,) = struct.unpack_from("<I", data, at)
            at, room = at + 4, _padded(size)
        if (not room and not is_variable) or at + size > len(data):
            raise ValueError(kind)
        found.append(data[at : at + size])
        at += room
    return found, at


def _padded(size: int) -> int:
    return size + -size % 4


def decompressed(data: bytes) -> bytes:
    """Decompress a text in Outlook's own packing (LZFu); nothing when it is something else."""
    if len(data) < 16:
        return b""
    size, magic = struct.unpack_from("<I4s", data, 4)
    if magic == b"MELA":
        return data[16 : 16 + size]
    if magic != b"LZFu":
        return b""
    window = bytearray(_START.ljust(4096, b"\0"))
    out, at, place = bytearray(), 16, len(_START)
    while at < len(data) and len(out) < min(size, LARGEST_TEXT):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if flags >> bit & 1:
                if at + 1 >= len(data):
                    return bytes(out)
                pair, at = data[at] << 8 | data[at + 1], at + 2
                offset, length = pair >> 4, (pair & 0xF) + 2
                if offset == place:
                    return bytes(out)
                for step in range(length):
                    place = _keep(window, out, place, window[(offset + step) % 4096])
            else:
                place, at = _keep(window, out, place, data[at]), at + 1
    return bytes(out)


def _keep(window: bytearray, out: bytearray, place: int, byte: int) -> int:
    out.append(byte)
    window[place] = byte
    return (place + 1) % 4096

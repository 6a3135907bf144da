"""What a signed S/MIME wrapper (`smime.p7m`) holds: read, never verified; our server does that.

Source: RFC 5652 §5 (SignedData), X.690 (BER, with indefinite lengths).
"""

from __future__ import annotations

from typing import NamedTuple

DEEPEST = 24
SIGNED = bytes.fromhex("2a864886f70d010702")
_CONSTRUCTED, _INDEFINITE, _END = 0x20, 0x80, b"\0\0"
_OCTETS, _SEQUENCE, _OID, _FIRST = 0x04, 0x30, 0x06, 0xA0


def is_wrapper(media_type: str, name: str) -> bool:
    """Answer whether a part is a message in an S/MIME wrapper, not a signature beside one."""
    if media_type in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        return not name.lower().endswith((".p7s", ".p7c", ".p7b"))
    return media_type == "application/octet-stream" and name.lower().endswith(".p7m")


def signed_content(content: bytes) -> bytes | None:
    """Return the message inside a signed wrapper, or None: encrypted, without content, broken."""
    try:
        return _signed(content)
    except (ValueError, IndexError):
        return None


class _Element(NamedTuple):
    tag: int
    start: int
    end: int
    after: int


def _signed(content: bytes) -> bytes | None:
    kind, wrapped = _inside(content, _read(content, 0), _SEQUENCE)[:2]
    if kind.tag != _OID or content[kind.start : kind.end] != SIGNED:
        return None
    data = _inside(content, wrapped, _FIRST)[0]
    held = _inside(content, data, _SEQUENCE)[2]
    fields = _inside(content, held, _SEQUENCE)
    if len(fields) < 2:
        return None
    return _octets(content, _inside(content, fields[1], _FIRST)[0])


def _read(content: bytes, at: int, depth: int = 0) -> _Element:
    """Read one element's frame; raise ValueError when it is none."""
    if depth > DEEPEST:
        raise ValueError(at)
    tag, length = content[at], content[at + 1]
    start = at + 2
    if tag & 0x1F == 0x1F:
        raise ValueError(at)
    if length == _INDEFINITE:
        inner = start
        while content[inner : inner + 2] != _END:
            inner = _read(content, inner, depth + 1).after
        return _Element(tag, start, inner, inner + 2)
    if length > _INDEFINITE:
        size = length & 0x7F
        length = int.from_bytes(content[start : start + size])
        start += size
    if start + length > len(content):
        raise ValueError(at)
    return _Element(tag, start, start + length, start + length)


def _inside(content: bytes, element: _Element, tag: int) -> list[_Element]:
    """List what an element of that tag holds."""
    if element.tag != tag:
        raise ValueError(element.start)
    found, at = [], element.start
    while at < element.end:
        found.append(_read(content, at))
        at = found[-1].after
    return found


def _octets(content: bytes, element: _Element, depth: int = 0) -> bytes:
    """Join a string of bytes that may come in pieces."""
    if element.tag & ~_CONSTRUCTED != _OCTETS or depth > DEEPEST:
        raise ValueError(element.start)
    if not element.tag & _CONSTRUCTED:
        return content[element.start : element.end]
    pieces = _inside(content, element, element.tag)
    return b"".join(_octets(content, piece, depth + 1) for piece in pieces)

"""Bytes that only some programs write: made here, small and by the book, for the tests."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive, its files dated 1980 so that it is always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(name: str, content: bytes) -> bytes:
    """Return an archive that says its file is encrypted."""
    plain = bytearray(zipped({name: content}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.index(mark) + place] |= 1
    return bytes(plain)


def _attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def _text_property(number: int, text: str) -> bytes:
    data = text.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, number, 1, len(data)) + data + b"\0" * (-len(data) % 4)


def _bytes_property(number: int, data: bytes) -> bytes:
    return struct.pack("<HHII", 0x102, number, 1, len(data)) + data + b"\0" * (-len(data) % 4)


def _number_property(number: int, value: int) -> bytes:
    return struct.pack("<HHI", 0x03, number, value)


def _named_property(number: int, value: int) -> bytes:
    guid = bytes(range(16))
    name = "Couleur".encode("utf-16-le") + b"\0\0"
    return (
        struct.pack("<HH", 0x03, 0x8000 | number)
        + guid
        + struct.pack("<II", 1, len(name))
        + name
        + b"\0" * (-len(name) % 4)
        + struct.pack("<I", value)
    )


def _properties(*held: bytes) -> bytes:
    return struct.pack("<I", len(held)) + b"".join(held)


def packed_rtf(rtf: bytes) -> bytes:
    """Pack a text as Outlook does, each byte for itself (LZFu without references)."""
    out = bytearray()
    for start in range(0, len(rtf), 8):
        out += b"\0" + rtf[start : start + 8]
    return struct.pack("<II4sI", len(out) + 12, len(rtf), b"LZFu", 0) + bytes(out)


def winmail(
    files: Mapping[str, bytes], *, text: str = "", html: bytes = b"", rtf: bytes = b""
) -> bytes:
    """Return a winmail.dat with these files, and the text in one of the places that it may be."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += _attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    held = [_number_property(0x0017, 1), _named_property(5, 3)]
    if text:
        held.append(_text_property(0x1000, text))
    if html:
        held.append(_bytes_property(0x1013, html))
    if rtf:
        held.append(_bytes_property(0x1009, packed_rtf(rtf)))
    out += _attribute(1, 0x00069003, _properties(*held))
    for name, content in files.items():
        out += _attribute(2, 0x00069002, b"\0" * 14)
        out += _attribute(2, 0x00018010, name.encode("cp1252", "replace")[:11] + b"\0")
        out += _attribute(2, 0x0006800F, content)
        out += _attribute(2, 0x00069005, _properties(_text_property(0x3707, name)))
    return out


def _der(tag: int, *held: bytes) -> bytes:
    data = b"".join(held)
    if len(data) < 128:
        return bytes([tag, len(data)]) + data
    size = (len(data).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(data).to_bytes(size) + data


def signed_wrapper(content: bytes, *, is_streamed: bool = False) -> bytes:
    """Return a `smime.p7m` around a message; its signature is none, nobody verifies it here."""
    octets = _der(0x04, content)
    if is_streamed:
        pieces = [content[at : at + 50] for at in range(0, len(content), 50)]
        octets = b"\x24\x80" + b"".join(_der(0x04, piece) for piece in pieces) + b"\0\0"
    data_oid = _der(0x06, bytes.fromhex("2a864886f70d010701"))
    info = _der(0x30, data_oid, _der(0xA0, octets))
    signed = _der(0x30, _der(0x02, b"\x01"), _der(0x31), info, _der(0x31))
    oid = _der(0x06, bytes.fromhex("2a864886f70d010702"))
    if is_streamed:
        return b"\x30\x80" + oid + b"\xa0\x80" + signed + b"\0\0" + b"\0\0"
    return _der(0x30, oid, _der(0xA0, signed))


def sealed_wrapper() -> bytes:
    """Return a `smime.p7m` that is encrypted: its kind says so, nothing else is in it."""
    oid = _der(0x06, bytes.fromhex("2a864886f70d010703"))
    return _der(0x30, oid, _der(0xA0, _der(0x30, _der(0x02, b"\x00"))))

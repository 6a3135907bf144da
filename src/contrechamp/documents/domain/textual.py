"""Text without pages: its encoding, its cleaning, its cutting into pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from charset_normalizer import from_bytes

PAGE = 3_000
"""Characters of a page: about one printed page."""
LONGEST_PAGE = 1_000_000
"""Characters kept of one page of a PDF: beyond, it is an attack or a mistake."""
SAMPLE = 1 << 20
BLOCK = 1 << 18
LEGACY = ("cp1252", "mac_roman", "cp850")
"""What French machines wrote before UTF-8."""
USUAL = frozenset("éèêëàâäçùûüôöîïÿæœÉÈÊËÀÂÄÇÙÛÜÔÖÎÏŒÆ«»’‘“”–—…°€§·²³ºª\xa0•")

_ODD = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Replace what no database keeps (NUL, halves of pairs) and drop control characters."""
    return _CONTROL.sub("", _ODD.sub("\ufffd", text))


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: its mark, UTF-8 if it holds, else the likeliest."""
    with path.open("rb") as content:
        head = content.read(SAMPLE)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            block = head
            while block:
                decoder.decode(block)
                bad_from, block = block, content.read(SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return legacy_encoding(block or bad_from)
    return "utf-8"


def legacy_encoding(sample: bytes) -> str:
    """Return the encoding that makes the bytes above 127 the signs of French; else cp1252."""
    high = bytes(byte for byte in sample if byte > 127)
    if not high:
        return "cp1252"
    scores = {name: _usual(high.decode(name, "replace")) for name in LEGACY}
    best = max(LEGACY, key=lambda name: scores[name])
    if scores[best] >= 0.6:
        return best
    guess = from_bytes(sample[:BLOCK]).best()
    return guess.encoding if guess and guess.encoding != "utf_8" else "cp1252"


def _usual(text: str) -> float:
    return sum(char in USUAL for char in text) / len(text)


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode bytes by what they declare if that holds, else by what they look like."""
    for name in (declared, "utf-8"):
        if name:
            try:
                return content.decode(name)
            except (LookupError, UnicodeDecodeError, ValueError):
                continue
    return content.decode(legacy_encoding(content), "replace")


def opened(path: Path) -> TextIO:
    """Open a text for reading with line ends made equal; bytes without meaning show as �."""
    return path.open(encoding=encoding_of(path), errors="replace", newline=None)


def blocks(text: TextIO) -> Iterator[str]:
    """Yield the text piece by piece, so that its size does not matter."""
    while block := text.read(BLOCK):
        yield block


def paginate(pieces: Iterator[str] | list[str], size: int = PAGE) -> Iterator[str]:
    """Cut into pages at paragraphs, lines or spaces, and at form feeds. Nothing is lost."""
    rest = ""
    for piece in pieces:
        rest += piece
        start = 0
        while len(rest) - start > size:
            end = _cut(rest, start, size)
            yield rest[start:end]
            start = end
        rest = rest[start:]
    while "\f" in rest[:-1]:
        end = rest.index("\f") + 1
        yield rest[:end]
        rest = rest[end:]
    if rest:
        yield rest


def _cut(text: str, start: int, size: int) -> int:
    """Return where the page that starts there ends: in its last half if at all possible."""
    stop = start + size
    if (feed := text.find("\f", start, stop)) >= 0:
        return feed + 1
    for mark in ("\n\n", "\n", ". ", " "):
        if (found := text.rfind(mark, start + size // 2, stop)) >= 0:
            return found + len(mark)
    return stop


def some_pages(path: Path, first: int, count: int) -> list[str]:
    """Return pages of a text file, counted from 1."""
    with opened(path) as text:
        return list(islice(paginate(blocks(text)), first - 1, first - 1 + count))


def joined(text: str) -> str:
    """Return the text for searching: words cut at the end of a line are whole again."""
    return re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010]\n\s*(?=[^\W\d_])", "", text)

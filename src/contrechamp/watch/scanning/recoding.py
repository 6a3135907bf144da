"""Bytes of registers as UTF-8, whatever they were written in."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 20
_LOOKED_AT = 16 << 20


def encoding_of(path: Path) -> str:
    """Return `utf-8-sig`, `utf-16` or `cp1252` for a file; its first 16 MB decide."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as raw:
        head = raw.read(4)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        raw.seek(0)
        for _ in range(_LOOKED_AT // _PIECE):
            piece = raw.read(_PIECE)
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError:
                return "cp1252"
            if not piece:
                break
    return "utf-8-sig"


def utf8(path: Path) -> BinaryIO:
    """Open a file as UTF-8 without mark of order: as it is, or recoded while it is read."""
    if encoding_of(path) == "utf-8-sig":
        raw = path.open("rb")
        if raw.read(3) != codecs.BOM_UTF8:
            raw.seek(0)
        return raw
    lines = path.open(encoding=encoding_of(path), errors="replace", newline="")
    return _Recoded(lines)


class _Recoded(io.BytesIO):
    """A text file as bytes of UTF-8, a piece at a time."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        super().__init__()
        self._lines = lines

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next piece, about `size` bytes."""
        return self._lines.read(-1 if size is None else size).encode()

    def close(self) -> None:
        """Close the file below too."""
        self._lines.close()
        super().close()

"""A file of a public body opened for reading: its bytes hashed, its letters known."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contrechamp.kernel.errors import Refused, gettext_noop

BLOCK = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read, more than once."""

    path: Path
    sha256: str
    encoding: str

    def lines(self) -> Iterator[str]:
        """Yield its lines with their ends; bytes that are no letters become U+FFFD."""
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            yield from file


def open_file(path: Path) -> Opened:
    """Return a file's hash and encoding: a mark, else UTF-8, else that of Windows.

    A file that is UTF-8 but for a few bytes stays UTF-8. Raises Refused when it cannot be read.
    """
    try:
        return _look(path)
    except OSError as error:
        raise Refused(
            gettext_noop("« {file} » ne se lit pas : {why}"),
            file=str(path),
            why=error.strerror or str(error),
        ) from error


def _look(path: Path) -> Opened:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")("replace")
    start, broken, accents = b"", 0, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            start = start or block[:4]
            digest.update(block)
            text = decoder.decode(block)
            broken += text.count("\ufffd")
            accents += text.count("é")
    if not start:
        raise Refused(gettext_noop("« {file} » est vide : rien n'a changé."), file=str(path))
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    is_windows = broken > 0 and broken >= accents
    return Opened(path, digest.hexdigest(), marked or ("cp1252" if is_windows else "utf-8"))

"""Put the French model of Tesseract where the documents room reads it, and a list of words.

The model comes from npm (@tesseract.js-data/fra). It holds the words that Tesseract prefers, as a
graph ("dawg"); walked once here, they tell French from the noise of a bad scan.
"""

from __future__ import annotations

import gzip
import struct
import sys
import unicodedata
from array import array
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

HERE = Path(__file__).parent
MODEL = HERE / "node_modules/@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz"
DATA = HERE.parent / "src" / "contrechamp" / "documents" / "data"
WORDS, LETTERS = 19, 21
"""Places of the graph of words and of its letters in the model's table."""
FLAGS = 3
"""Bits of an edge: last of its node, backwards, end of a word."""
SHORTEST = 4


def main() -> int:
    """Write the model and the list; do nothing when they are there and newer."""
    model, words = DATA / "tessdata" / "fra.traineddata", DATA / "words.fra.bin"
    newest = max(MODEL.stat().st_mtime, Path(__file__).stat().st_mtime)
    if all(path.exists() and path.stat().st_mtime > newest for path in (model, words)):
        return 0
    content = gzip.decompress(MODEL.read_bytes())
    model.parent.mkdir(parents=True, exist_ok=True)
    model.write_bytes(content)
    codes = array("I", sorted({_code(word) for word in _words(content) if len(word) >= SHORTEST}))
    if sys.byteorder == "big":
        codes.byteswap()
    words.write_bytes(codes.tobytes())
    return 0


def _code(word: str) -> int:
    """Return what `documents.domain.french.code` returns: the wheel is not installed yet here."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return crc32("".join(c for c in plain if not unicodedata.combining(c)).encode())


def _part(content: bytes, place: int) -> bytes:
    """Cut one part out of the model: a count, that many offsets, then the parts."""
    (count,) = struct.unpack_from("<i", content)
    offsets = struct.unpack_from(f"<{count}q", content, 4)
    later = [offset for offset in offsets if offset > offsets[place]]
    return content[offsets[place] : min(later, default=len(content))]


def _words(content: bytes) -> Iterator[str]:
    """Yield every word of the graph that is made of letters alone."""
    lines = _part(content, LETTERS).decode("utf-8").split("\n")
    letters = [line.split(" ", 1)[0] for line in lines[1 : int(lines[0]) + 1]]
    graph = _part(content, WORDS)
    _, size, count = struct.unpack_from("<hii", graph)
    edges = struct.unpack_from(f"<{count}Q", graph, 10)
    first = (size + 1 - 1).bit_length()
    letter_mask = (1 << first) - 1
    last, ends, node = 1 << first, 4 << first, first + FLAGS
    waiting: list[tuple[int, str]] = [(0, "")]
    while waiting:
        edge, begun = waiting.pop()
        while True:
            record = edges[edge]
            letter = letters[record & letter_mask] if (record & letter_mask) < len(letters) else ""
            if letter.isalpha() and not record & (2 << first):
                if record & ends:
                    yield begun + letter
                if following := record >> node:
                    waiting.append((following, begun + letter))
            if record & last:
                break
            edge += 1


if __name__ == "__main__":
    sys.exit(main())

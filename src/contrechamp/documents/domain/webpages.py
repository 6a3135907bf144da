"""The text of a web page: what a reader sees, nothing that runs, nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from .reasons import TOO_LARGE, CannotRead, Reason
from .textual import clean, decode

LARGEST = 64 << 20
"""Bytes of a page or message that is held in memory."""
HIDDEN = frozenset({"script", "style", "template", "svg", "math", "object", "iframe", "noscript"})
_BLOCKS = (
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())
APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self._hidden = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "title":
            self._in_title = True
        elif tag in {"td", "th"}:
            self.parts.append("\t")
        elif tag in BLOCKS:
            self.parts.append("\n\n" if tag in APART else "\n")
            if tag == "li":
                self.parts.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag == "title":
            self._in_title = False
        elif tag in BLOCKS:
            self.parts.append("\n\n" if tag in APART else "\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of(source: str) -> tuple[str, str]:
    """Return the title and the visible text of a page."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    text = "".join(reader.parts)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r" *\t+ *", "\t", re.sub(r" {2,}", " ", text)))
    title = " ".join("".join(reader.title).split())
    return clean(title), clean(re.sub(r"\n{3,}", "\n\n", text)).strip()


def read_page(path: Path) -> tuple[str, str]:
    """Read a page in the encoding that it declares."""
    content = read_small(path)
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:4096], re.IGNORECASE)
    return text_of(decode(content, declared[1].decode("ascii") if declared else None))


def read_small(path: Path) -> bytes:
    """Read a file that must be held in memory, or refuse it for its size."""
    if (size := path.stat().st_size) > LARGEST:
        raise CannotRead(
            Reason.TOO_LARGE, TOO_LARGE, size=round(size / 1e6), limit=round(LARGEST / 1e6)
        )
    return path.read_bytes()

"""The text of an HTML message: what a reader sees; nothing runs, nothing is fetched."""

from __future__ import annotations

import re
from contextlib import suppress

from lxml import etree

from contrechamp.documents.domain.textual import clean
from contrechamp.documents.domain.webpages import APART, BLOCKS, HIDDEN

LARGEST = 4 << 20
"""Characters that are read of a page."""
MOST_LINKS = 200
_LINK = re.compile(r"https?://[^\s<>\"')\]]{4,2000}", re.IGNORECASE)
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base"})


class _Target:
    """Hears a page's tags one after the other."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.links: list[str] = []
        self._hidden: list[str] = []
        self._quotes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._hidden or tag in HIDDEN or tag in {"title", "head"}:
            if tag not in _VOID:
                self._hidden.append(tag)
            return
        if tag == "a" and len(self.links) < MOST_LINKS:
            self.links += _LINK.findall(attributes.get("href", "").strip())[:1]
        if tag in {"td", "th"}:
            self.parts.append("\t")
        elif tag in BLOCKS:
            self._break("\n\n" if tag in APART else "\n")
            self._quotes += tag == "blockquote"
            self.parts.append("- " if tag == "li" else "")

    def end(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
        elif tag in BLOCKS and tag not in _VOID:
            self._quotes -= tag == "blockquote" and self._quotes > 0
            self._break("\n\n" if tag in APART else "\n")

    def data(self, text: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", text))

    def comment(self, text: str) -> None:
        """A comment says nothing to a reader."""

    def close(self) -> str:
        return "".join(self.parts)

    def _break(self, breaks: str) -> None:
        self.parts.append(breaks + f"\x01{self._quotes}\x01")


def read_page(source: str) -> tuple[str, tuple[str, ...]]:
    """Return the visible text of a page, quotations marked by `>`, and where its links lead."""
    target = _Target()
    parser = etree.HTMLParser(target=target, encoding="utf-8", recover=True, huge_tree=True)
    parser.feed(clean(source[:LARGEST]).encode("utf-8", "replace"))
    # An empty page; what was heard so far stands.
    with suppress(etree.LxmlError):
        parser.close()
    return _lined(target), tuple(dict.fromkeys(target.links))


def _lined(target: _Target) -> str:
    lines, depth = [], 0
    for line in "".join(target.parts).split("\n"):
        pieces = re.split(r"\x01(\d+)\x01", line)
        depth = int(pieces[-2]) if len(pieces) > 1 else depth
        text = " ".join("".join(pieces[::2]).replace("\xa0", " ").split(" ")).strip()
        text = re.sub(r" {2,}", " ", re.sub(r" *\t+ *", "\t", text)).strip()
        lines.append(f"{'>' * min(depth, 9)} {text}".rstrip() if depth and text else text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text_of(source: str) -> str:
    """Return the visible text of a page."""
    return read_page(source)[0]


def links_in(text: str) -> tuple[str, ...]:
    """Return the web addresses of a plain text, each once."""
    found = [link.rstrip(".,;:!?»") for link in _LINK.findall(text)]
    return tuple(dict.fromkeys(found))[:MOST_LINKS]

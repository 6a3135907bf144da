"""Atom feeds (RFC 4287): the same entries give the same bytes, whenever they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

ATOM = "http://www.w3.org/2005/Atom"
TAG_YEAR = 2026
"""When the names of `tag:` identifiers were ours (RFC 4151). Never changed."""
NEVER = datetime(TAG_YEAR, 1, 1, tzinfo=UTC)
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold; old files come with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece of news. `key` names it for ever; `path` is where it leads."""

    key: str
    title: str
    path: str
    at: datetime
    summary: str = ""


def atom(
    *, title: str, site: str, page: str, address: str, key: str, entries: Sequence[Entry]
) -> bytes:
    """Return a feed. `site` is `https://host`; `page` and `address` are paths on it."""
    host = site.partition("//")[2].partition(":")[0]
    tag = f"tag:{host},{TAG_YEAR}"
    feed = Xml.Element("feed", xmlns=ATOM)
    _text(feed, "id", f"{tag}:{key}")
    _text(feed, "title", title)
    _text(feed, "updated", _moment(max((entry.at for entry in entries), default=NEVER)))
    Xml.SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{site}{address}")
    Xml.SubElement(feed, "link", rel="alternate", type="text/html", href=f"{site}{page}")
    _text(Xml.SubElement(feed, "author"), "name", "Contrechamp")
    for entry in entries:
        item = Xml.SubElement(feed, "entry")
        _text(item, "id", f"{tag}:{entry.key}")
        _text(item, "title", entry.title)
        _text(item, "updated", _moment(entry.at))
        Xml.SubElement(item, "link", href=f"{site}{entry.path}")
        if entry.summary:
            _text(item, "summary", entry.summary)
    xml: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = UNFIT.sub("", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()

"""Feeds in Atom (RFC 4287) and JSON Feed 1.1: the same items give the same bytes, always."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

TAG_YEAR = 2026
"""When the names of `tag:` identifiers were ours (RFC 4151). Never changed."""
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold; old files come with them."""
NEVER = datetime(TAG_YEAR, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes with an item: its size is in bytes."""

    url: str
    media_type: str
    size: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a feed. `key` names it for ever; `updated` moves when it is corrected."""

    key: str
    title: str
    url: str
    summary: str
    published: datetime
    updated: datetime
    enclosures: Sequence[Enclosure] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What both kinds of feed say. `address` is its own, `page` where people read the same."""

    title: str
    key: str
    address: str
    page: str
    host: str
    items: Sequence[Item]

    @property
    def tag(self) -> str:
        """Return what identifiers of this site begin with."""
        return f"tag:{self.host.partition(':')[0]},{TAG_YEAR}"


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    top = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _text(top, "id", f"{feed.tag}:{feed.key}")
    _text(top, "title", feed.title)
    _text(top, "updated", _iso(max((item.updated for item in feed.items), default=NEVER)))
    Xml.SubElement(top, "link", rel="self", href=feed.address)
    Xml.SubElement(top, "link", rel="alternate", type="text/html", href=feed.page)
    _text(Xml.SubElement(top, "author"), "name", "Contrechamp")
    for item in feed.items:
        entry = Xml.SubElement(top, "entry")
        _text(entry, "id", f"{feed.tag}:{item.key}")
        _text(entry, "title", item.title)
        _text(entry, "published", _iso(item.published))
        _text(entry, "updated", _iso(item.updated))
        Xml.SubElement(entry, "link", href=item.url)
        for file in item.enclosures:
            _link(entry, file)
        _text(entry, "summary", item.summary)
    xml: bytes = Xml.tostring(top, encoding="utf-8", xml_declaration=True)
    return xml


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "authors": [{"name": "Contrechamp"}],
        "items": [_plain(item, feed.tag) for item in feed.items],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _plain(item: Item, tag: str) -> dict[str, object]:
    said: dict[str, object] = {
        "id": f"{tag}:{item.key}",
        "url": item.url,
        "title": item.title,
        "content_text": item.summary,
        "date_published": _iso(item.published),
        "date_modified": _iso(item.updated),
    }
    if item.enclosures:
        said["attachments"] = [
            {
                "url": file.url,
                "mime_type": file.media_type,
                "title": file.title,
                "size_in_bytes": file.size,
            }
            for file in item.enclosures
        ]
    return said


def _link(entry: Xml.Element, file: Enclosure) -> None:
    said = {
        "rel": "enclosure",
        "href": file.url,
        "type": file.media_type,
        "length": str(file.size),
        "title": UNFIT.sub("", file.title),
    }
    Xml.SubElement(entry, "link", said)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = UNFIT.sub("", text)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()

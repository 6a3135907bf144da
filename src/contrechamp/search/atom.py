"""A search as a feed, in Atom or JSON Feed 1.1: what became public last comes first.

The same results give the same bytes: there is no time of making in a feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from xml.etree import ElementTree as Xml

from .queries import Result

ATOM = "http://www.w3.org/2005/Atom"
TAG_YEAR = 2026
"""When the names of `tag:` identifiers were ours (RFC 4151). Never changed."""
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold; old files come with them."""
NEVER = datetime(TAG_YEAR, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What both kinds of feed say."""

    title: str
    address: str
    page: str
    """Where people read the same."""
    host: str
    results: Sequence[Result]

    @property
    def tag(self) -> str:
        return f"tag:{self.host.partition(':')[0]},{TAG_YEAR}"

    @property
    def site(self) -> str:
        return self.page.partition("/recherche")[0]


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom (RFC 4287)."""
    top = Xml.Element("feed", xmlns=ATOM)
    _text(top, "id", f"{feed.tag}:recherche?{feed.address.partition('?')[2]}")
    _text(top, "title", feed.title)
    _text(top, "updated", max(map(_moment, feed.results), default=NEVER).isoformat())
    Xml.SubElement(top, "link", rel="self", href=feed.address)
    Xml.SubElement(top, "link", rel="alternate", type="text/html", href=feed.page)
    _text(Xml.SubElement(top, "author"), "name", "Contrechamp")
    for result in feed.results:
        item = Xml.SubElement(top, "entry")
        _text(item, "id", f"{feed.tag}:{result.entry.ref}")
        _text(item, "title", result.entry.title)
        _text(item, "updated", _moment(result).isoformat())
        Xml.SubElement(item, "link", href=f"{feed.site}{result.entry.url}")
        _text(item, "summary", _summary(result))
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
        "items": [
            {
                "id": f"{feed.tag}:{result.entry.ref}",
                "url": f"{feed.site}{result.entry.url}",
                "title": result.entry.title,
                "content_text": _summary(result),
                "date_published": _moment(result).isoformat(),
            }
            for result in feed.results
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _summary(result: Result) -> str:
    return "".join(piece.text for piece in result.snippet)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = UNFIT.sub("", text)


def _moment(result: Result) -> datetime:
    """Return when visitors could first get it; failing that, its own date."""
    if result.entry.at:
        return result.entry.at.astimezone(UTC)
    day = result.entry.date
    return datetime.combine(day, time(), tzinfo=UTC) if day else NEVER

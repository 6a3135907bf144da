"""A search as an Atom feed: what became public last comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from xml.etree import ElementTree as Xml

from .queries import Result

ATOM = "http://www.w3.org/2005/Atom"
TAG_YEAR = 2026
"""When the names of `tag:` identifiers were ours (RFC 4151). Never changed."""
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML cannot hold; old files come with them."""
NEVER = datetime(TAG_YEAR, 1, 1, tzinfo=UTC)


def atom(title: str, address: str, page: str, host: str, results: Sequence[Result]) -> bytes:
    """Return the feed. The same results give the same bytes: there is no time of making in it."""
    tag = f"tag:{host.partition(':')[0]},{TAG_YEAR}"
    site = page.partition("/recherche")[0]
    feed = Xml.Element("feed", xmlns=ATOM)
    _text(feed, "id", f"{tag}:recherche?{address.partition('?')[2]}")
    _text(feed, "title", title)
    _text(feed, "updated", max(map(_moment, results), default=NEVER).isoformat())
    Xml.SubElement(feed, "link", rel="self", href=address)
    Xml.SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    _text(Xml.SubElement(feed, "author"), "name", "Contrechamp")
    for result in results:
        item = Xml.SubElement(feed, "entry")
        _text(item, "id", f"{tag}:{result.entry.ref}")
        _text(item, "title", result.entry.title)
        _text(item, "updated", _moment(result).isoformat())
        Xml.SubElement(item, "link", href=f"{site}{result.entry.url}")
        _text(item, "summary", "".join(piece.text for piece in result.snippet))
    xml: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = UNFIT.sub("", text)


def _moment(result: Result) -> datetime:
    """Return when visitors could first get it; failing that, its own date."""
    if result.entry.at:
        return result.entry.at.astimezone(UTC)
    day = result.entry.date
    return datetime.combine(day, time(), tzinfo=UTC) if day else NEVER

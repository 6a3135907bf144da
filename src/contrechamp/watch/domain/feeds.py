"""Read RSS, Atom and JSON Feed: entries with their enclosures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from contrechamp.kernel.errors import Refused, gettext_noop

from .listed import Listed, dated


class NoFeed(Refused):
    """The content is neither RSS, Atom nor JSON Feed."""


def read_feed(content: bytes, url: str) -> tuple[Listed, ...]:
    """Return the files of a feed, each once: its enclosures, else the page of the entry."""
    found = _json(content, url) if content.lstrip()[:1] == b"{" else _xml(content, url)
    return tuple({each.url: each for each in found if each.url.startswith("http")}.values())


def _json(content: bytes, url: str) -> Iterator[Listed]:
    try:
        entries = json.loads(content)["items"]
    except (ValueError, KeyError, TypeError):
        raise NoFeed(gettext_noop("Ce n'est ni RSS, ni Atom, ni JSON Feed.")) from None
    for entry in entries:
        links = [each["url"] for each in entry.get("attachments") or () if each.get("url")]
        links = links or [entry.get("url") or entry.get("external_url") or ""]
        day = _iso(entry.get("date_published"))
        for link in links:
            yield dated(urljoin(url, link), str(entry.get("title") or "")[:500], day)


def _xml(content: bytes, url: str) -> Iterator[Listed]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname not in ("rss", "RDF", "feed"):
        raise NoFeed(gettext_noop("Ce n'est ni RSS, ni Atom, ni JSON Feed."))
    for entry in root.iter("{*}item", "{*}entry"):
        day = _day(_text(entry, "pubDate") or _text(entry, "published") or _text(entry, "date"))
        for link in _links(entry):
            yield dated(urljoin(url, link.strip()), _text(entry, "title")[:500], day)


def _links(entry: Any) -> list[str]:
    enclosures = [each.get("url") or "" for each in entry.iter("{*}enclosure")]
    pages = []
    for link in entry.iter("{*}link"):
        if link.get("rel") == "enclosure":
            enclosures.append(link.get("href") or "")
        elif link.get("rel") in (None, "alternate"):
            pages.append(link.get("href") or link.text or "")
    return [each for each in enclosures if each] or [each for each in pages[:1] if each]


def _text(entry: Any, name: str) -> str:
    found = entry.find(f"{{*}}{name}")
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _day(text: str) -> date | None:
    if day := _iso(text):
        return day
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(text).date()
    return None


def _iso(text: object) -> date | None:
    with suppress(ValueError, TypeError):
        return datetime.fromisoformat(str(text)).date()
    return None

"""A page or a data catalogue that lists files; or one file, at an address that stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from contrechamp.watch.domain.listed import Listed, dated, iso_day
from contrechamp.watch.domain.listing import read_page
from contrechamp.watch.domain.sites import Site

from .answer import Answer
from .http import Web

PATTERN = r"(?i)\.(json|xml|csv|pdf|txt|zip|gz)(\?|$)"


class Files:
    """DECP, BOAMP and other registers: an address of a page, of a catalogue's JSON, of a file."""

    def __init__(self, address: str, site: Site, web: Web) -> None:
        if site.file_pattern == Site.__dataclass_fields__["file_pattern"].default:
            site = replace(site, file_pattern=PATTERN, files="a[href]", pages="")
        self._address, self._site, self._web = address, site, web
        web.homes.add(urlsplit(address).hostname or "")

    def list(self) -> Iterator[list[Listed]]:
        """Yield the files that the address lists, or the address itself when it is a file."""
        if re.search(self._site.file_pattern, self._address) and "/api/" not in self._address:
            yield [dated(self._address, self._address.rpartition("/")[2])]
            return
        content, url = self._web.read(self._address)
        if content.lstrip()[:1] in (b"{", b"["):
            yield [each for each in _catalogue(content, url) if self._wants(each)]
        else:
            site = replace(self._site, pages=self._site.pages or "a.no-such-class")
            yield list(read_page(content, url, site).items)

    def _wants(self, item: Listed) -> bool:
        return bool(re.search(self._site.file_pattern, item.url)) and not any(
            re.search(each, item.url) or re.search(each, item.title) for each in self._site.skip
        )

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        return self._web.get(url, etag=etag, last_modified=last_modified)

    def robots(self) -> str:
        return self._web.robots()

    def close(self) -> None:
        self._web.close()


def _catalogue(content: bytes, url: str) -> Iterator[Listed]:
    """Yield the resources of a catalogue (udata of data.gouv.fr, CKAN): any list of them."""
    with suppress(ValueError):
        yield from _resources(json.loads(content), url)


def _resources(node: Any, url: str) -> Iterator[Listed]:
    if isinstance(node, list):
        for each in node:
            yield from _resources(each, url)
    elif isinstance(node, dict):
        if isinstance(node.get("url"), str) and ("format" in node or "mime" in node):
            title = str(node.get("title") or node.get("name") or "")[:500]
            day = iso_day(node.get("published") or node.get("last_modified"))
            yield dated(urljoin(url, node["url"]), title, day)
        for key in ("resources", "data", "result", "results"):
            if key in node:
                yield from _resources(node[key], url)

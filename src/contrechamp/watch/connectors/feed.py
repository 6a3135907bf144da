"""A feed: RSS, Atom or JSON Feed, with enclosures."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from contrechamp.watch.domain.feeds import read_feed
from contrechamp.watch.domain.listed import Listed
from contrechamp.watch.domain.sites import Site

from .answer import Answer
from .http import Web


class Feed:
    """The files that the entries of a feed carry or lead to."""

    def __init__(self, address: str, site: Site, web: Web) -> None:
        self._address, self._web = address, web
        web.homes.add(urlsplit(address).hostname or "")

    def list(self) -> Iterator[list[Listed]]:
        content, url = self._web.read(self._address)
        yield list(read_feed(content, url))

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        return self._web.get(url, etag=etag, last_modified=last_modified)

    def robots(self) -> str:
        return self._web.robots()

    def close(self) -> None:
        self._web.close()

"""Reading what is at an address with the manners of the watch, for other rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from contrechamp.watch.connectors.http import Web


@contextmanager
def fetcher(home: str, *, proxy: str = "") -> Iterator[Callable[[str], bytes]]:
    """Lend what reads an address: slowly, by our name, as robots.txt asks.

    `home`: an address that somebody typed, whose host may be this machine. `proxy`: another than
    the watch's. What it lends raises the errors of `connectors.answer`.
    """
    web = Web(proxy=proxy)
    web.homes = {urlsplit(home).hostname or ""}
    try:
        yield lambda url: web.read(url)[0]
    finally:
        web.close()

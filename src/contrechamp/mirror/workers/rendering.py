"""Pages as a visitor gets them, made without a server: many at once, each in a worker.

A worker reads the database of this machine, unlike other bulk work: what it makes are pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.apps import apps


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Some addresses to ask for, and how."""

    language: str
    addresses: tuple[str, ...]
    day: date
    host: str
    """Scheme and name under which they are asked for: `https://example.org`."""
    live: str
    folder: Path
    """Where the answers are put."""
    as_is: frozenset[str] = frozenset()
    """Those of the addresses that give a file of others: its bytes are kept, whatever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What one address answered: nothing but its status when it is no page to copy."""

    language: str
    address: str
    status: int
    content_type: str = ""
    raw: Path | None = None
    digest: str = ""
    links: tuple[str, ...] = ()
    moved_to: str = ""
    as_is: bool = False


def render(order: Order) -> list[Got]:
    """Ask for some addresses as a visitor, and put down what is answered. For `bulk.run`."""
    if not apps.ready:
        django.setup()
    from django.conf import settings
    from django.utils.translation import override

    from contrechamp.foundation.copying import Copy, copying

    hosts = settings.ALLOWED_HOSTS
    settings.ALLOWED_HOSTS = [*hosts, urlsplit(order.host).hostname or ""]
    try:
        with copying(Copy(day=order.day, live=order.live)), override(order.language):
            return [_got(order, address) for address in order.addresses]
    finally:
        settings.ALLOWED_HOSTS = hosts


def _got(order: Order, address: str) -> Got:
    from contrechamp.mirror.domain.addresses import read_link

    response = _answer(order, address)
    said = {"language": order.language, "address": address, "status": response.status_code}
    if response.status_code in (301, 302, 308):
        led = read_link(response.headers["Location"], address, order.host)
        return Got(**said, moved_to=led[0] if led else "")
    if response.status_code != 200:
        return Got(**said)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    name = hashlib.sha256(f"{order.language} {address}".encode()).hexdigest()
    raw = order.folder / name[:2] / name
    raw.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    links: tuple[str, ...] = ()
    with raw.open("wb") as out:
        for block in _content(response):
            digest.update(block)
            out.write(block)
    as_is = address in order.as_is
    if kind == "text/html" and not as_is:
        links = _links(raw, address, order.host)
    return Got(
        **said,
        content_type=kind,
        raw=raw,
        digest=digest.hexdigest(),
        links=links,
        as_is=as_is,
    )


def _links(raw: Path, address: str, host: str) -> tuple[str, ...]:
    from contrechamp.mirror.domain import rewriting

    return tuple(sorted(set(rewriting.links(raw.read_text(), address, host))))


def _content(response: Any) -> Iterator[bytes]:
    try:
        yield from response if response.streaming else (response.content,)
    finally:
        response.close()


def _answer(order: Order, address: str) -> Any:
    """Return the answer to a visitor who has no cookie and sends no token."""
    from django.core.handlers.wsgi import WSGIRequest

    path, _, query = address.partition("?")
    where = urlsplit(order.host)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": where.hostname or "",
            "SERVER_PORT": str(where.port or (443 if where.scheme == "https" else 80)),
            "HTTP_HOST": where.netloc,
            "HTTP_ACCEPT_LANGUAGE": order.language,
            "HTTP_ACCEPT": "text/html,*/*",
            "wsgi.url_scheme": where.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.LANGUAGE_CODE = order.language
    return _handler().get_response(request)


LEFT_OUT = {
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "contrechamp.web.keeping.KeepingMiddleware",
}
"""What adds headers, which files have not, and what would answer with a page kept earlier."""


@cache
def _handler() -> Any:
    from contextlib import ExitStack

    from django.conf import settings
    from django.core.handlers.base import BaseHandler

    handler, before = BaseHandler(), settings.MIDDLEWARE
    with ExitStack() as stack:
        stack.callback(setattr, settings, "MIDDLEWARE", before)
        settings.MIDDLEWARE = [each for each in before if each not in LEFT_OUT]
        handler.load_middleware()
    return handler

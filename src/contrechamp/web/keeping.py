"""Keep the pages that visitors get, until what is public changes.

A page that is the same for every visitor is made once and kept in memory, so that a small server
answers a busy day. Kept is only what is the same for everybody: the answer to a GET without any
session, that sets no cookie and holds no token. Its key holds the word of the public edition
(`web.models.Edition`), the language and the day; nothing private is in it, and nothing private
changes it. After a minute it is made again all the same, for what changes by the clock alone.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import get_language

from .queries.edition import edition

Answer = Callable[[HttpRequest], HttpResponse]

MOST_BYTES = 24_000_000
LARGEST = 1_000_000
LIFE_S = 60
KEPT = (
    "text/html",
    "application/json",
    "application/geo+json",
    "application/atom+xml",
    "image/svg+xml",
)
SMALL = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it is sent."""

    body: bytes
    """As it is, when it is too small to be packed; else empty, and unpacked for who asks so."""
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str
    until: float
    policy: dict[str, Any] | None = None
    """What the view added to the policy of its page (`csp_update`)."""

    def __len__(self) -> int:
        return len(self.body) + len(self.packed)


class Shelf:
    """The pages that were asked for last, up to a number of bytes. Safe among threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._bytes = most, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, *, now: float) -> Kept | None:
        """Return a page that is still good."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until < now:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Kept) -> None:
        """Keep a page; those that nobody asked for longest make room."""
        with self._lock:
            if old := self._pages.pop(key, None):
                self._bytes -= len(old)
            self._pages[key] = page
            self._bytes += len(page)
            while self._bytes > self._most:
                self._bytes -= len(self._pages.popitem(last=False)[1])


SHELF = Shelf()


class KeepingMiddleware:
    """Answer visitors from the shelf."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        key = _key(request)
        page = SHELF.get(key, now=monotonic())
        if page is None:
            response = self.get_response(request)
            if not _is_for_everybody(request, response):
                return response
            page = _keep(key, response)
        return _answer(request, page)


def _key(request: HttpRequest) -> str:
    parts = (edition(), get_language() or "", str(localdate()), request.get_host())
    text = "\n".join((*parts, request.get_full_path(), str(request.is_secure())))
    return hashlib.sha256(text.encode()).hexdigest()


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Answer whether another visitor would get the same bytes."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE" not in request.META
        and "no-store" not in response.headers.get("Cache-Control", "")
        and response.headers.get("Content-Type", "").partition(";")[0] in KEPT
        and "Content-Encoding" not in response.headers
        and len(response.content) <= LARGEST
    )


def _keep(key: str, response: HttpResponse) -> Kept:
    body = response.content
    patch_vary_headers(response, ["Accept-Language", "Accept-Encoding", "Cookie"])
    own = {"content-length", "etag"}
    headers = tuple((name, text) for name, text in response.items() if name.lower() not in own)
    # Packing is safe here: a kept page holds no secret that its length could tell.
    packed = gzip.compress(body, 6, mtime=0) if len(body) > SMALL else b""
    tag = response.headers.get("ETag") or f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    policy: dict[str, Any] | None = getattr(response, "_csp_update", None)
    page = Kept(b"" if packed else body, packed, headers, tag, monotonic() + LIFE_S, policy)
    SHELF.put(key, page)
    return page


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    response: HttpResponse
    asked = request.headers.get("If-None-Match", "")
    if page.tag.removeprefix("W/") in asked.replace("W/", ""):
        response = HttpResponseNotModified()
    elif page.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.packed)
        response.headers["Content-Encoding"] = "gzip"
    else:
        # Nearly every browser takes it packed: four times as many pages fit on the shelf.
        response = HttpResponse(gzip.decompress(page.packed) if page.packed else page.body)
    for name, text in page.headers:
        response.headers[name] = text
    response.headers["ETag"] = page.tag
    if page.policy:
        vars(response)["_csp_update"] = page.policy
    # Browsers may keep it, and ask each time whether it is still so.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response

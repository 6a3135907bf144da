"""Keep the pages that visitors get, until what is public changes.

A page that is the same for every visitor is made once and kept, in memory and in a folder that all
processes of the server share, so that a small server answers a busy day. Kept is only what is the
same for everybody: the answer to a GET without any session, that sets no cookie and holds no token.
Its key holds the word of the public edition (`census.published.edition`), the language and the day;
nothing private is in it, and nothing private changes it. What is shown of an index that follows
the edition a little later (`FOLLOWING`) is made again after a minute.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import get_language

from contrechamp.census.published import edition
from contrechamp.foundation.shelf import Folder, Kept, Shelf, Turns

Answer = Callable[[HttpRequest], HttpResponse]

PROGRAMS = "/api/v1/"
"""What programs read in bulk would push out the pages that people read."""
LARGEST = 1_000_000
LIFE_S = 3_600
SOON_S = 60
FOLLOWING = {"search", "graph"}
"""Rooms whose index or layout is brought up to date by a job, after the edition has its word."""
KEPT = (
    "text/html",
    "application/json",
    "application/geo+json",
    "application/atom+xml",
    "image/svg+xml",
    "image/png",
)
POLICIES = ("_csp_update", "_csp_replace")
"""What a view says of the policy of its page: it is kept with it."""
SMALL = 1_000

SHELF = Shelf()
FOLDER = Folder.of(settings.CONTRECHAMP.data)
TURNS = Turns()


class Key(NamedTuple):
    """What a kept page is found by: hex digits, so that they may name folder and file."""

    word: str
    """The state of the public site, and the day."""
    page: str


class KeepingMiddleware:
    """Answer visitors from the shelf."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        if request.path.startswith(PROGRAMS):
            return self.get_response(request)
        key = _key(request)
        if page := _find(key):
            return _answer(request, page)
        with TURNS.alone(key.page):
            page = _find(key)
            if page is None:
                response = self.get_response(request)
                if not _is_for_everybody(request, response):
                    return response
                page = _keep(request, key, response)
        return _answer(request, page)


def _key(request: HttpRequest) -> Key:
    word = _digest(edition(), str(localdate()))[:20]
    asked = (request.get_full_path(), str(request.is_secure()))
    return Key(word, _digest(word, get_language() or "", request.get_host(), *asked))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _find(key: Key) -> Kept | None:
    now = monotonic()  # The same for all processes of a machine since it started.
    page = SHELF.get(key.page, now=now)
    if page is None and (page := FOLDER.get(key.word, key.page, now=now)):
        SHELF.put(key.page, page)
    return page


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


def _keep(request: HttpRequest, key: Key, response: HttpResponse) -> Kept:
    body = response.content
    patch_vary_headers(response, ["Accept-Language", "Accept-Encoding", "Cookie"])
    own = {"content-length", "etag"}
    headers = tuple((name, text) for name, text in response.items() if name.lower() not in own)
    # Packing is safe here: a kept page holds no secret that its length could tell.
    packed = gzip.compress(body, 6, mtime=0) if len(body) > SMALL else b""
    tag = response.headers.get("ETag") or f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    policy = {name: vars(response)[name] for name in POLICIES if name in vars(response)}
    until = monotonic() + (SOON_S if _room(request) in FOLLOWING else LIFE_S)
    page = Kept(b"" if packed else body, packed, headers, tag, until, policy or None)
    SHELF.put(key.page, page)
    # What somebody typed stands in the address and on the page: it goes to no disk (decision 14).
    if not request.META.get("QUERY_STRING"):
        FOLDER.put(key.word, key.page, page)
    return page


def _room(request: HttpRequest) -> str:
    return request.resolver_match.app_name if request.resolver_match else ""


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
        vars(response).update(page.policy)
    # Browsers may keep it, and ask each time whether it is still so.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response

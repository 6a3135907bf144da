"""Addresses of an imported forum lead to the same words here; unknown ones to the search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from contrechamp.forum.queries import redirects as queries


@require_safe
def nodebb_topic(request: HttpRequest, tid: int, rest: str = "") -> HttpResponse:
    slug, _, index = rest.strip("/").partition("/")
    n = int(index) if index.isdecimal() and len(index) < 8 else None
    return _to(queries.find_old_thread(request.user, "nodebb", str(tid), n), slug)


@require_safe
def nodebb_post(request: HttpRequest, pid: int) -> HttpResponse:
    return _to(queries.find_old_post(request.user, "nodebb", str(pid)), "")


@require_safe
def nodebb_category(request: HttpRequest, cid: int, rest: str = "") -> HttpResponse:
    return _to(queries.find_old_board(request.user, "nodebb", str(cid)), rest)


@require_safe
def discourse_topic(
    request: HttpRequest, tid: int, slug: str = "", n: int | None = None
) -> HttpResponse:
    return _to(queries.find_old_thread(request.user, "discourse", str(tid), n), slug)


@require_safe
def discourse_category(request: HttpRequest, cid: int, slug: str) -> HttpResponse:
    return _to(queries.find_old_board(request.user, "discourse", str(cid)), slug)


def _to(address: str, slug: str) -> HttpResponse:
    """Lead there; what is not here, or not to be read, leads to a search for its words."""
    if address:
        return HttpResponsePermanentRedirect(address)
    words = " ".join(slug.replace("/", " ").replace("-", " ").split())[:200]
    return redirect(f"/recherche?{urlencode({'q': words})}" if words else "/recherche")

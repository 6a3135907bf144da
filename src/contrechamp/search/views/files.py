"""The results as JSON, CSV, Atom and JSON Feed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.search import services
from contrechamp.search.atom import Feed, atom, json_feed
from contrechamp.search.domain import Query
from contrechamp.search.forms import read_query
from contrechamp.search.queries import contract, stream

from .finding import REFRESHED_FIRST, results_of
from .spreadsheet import csv_response

FEED_ITEMS = 50
COLUMNS = ("type", "id", "titre", "adresse", "page", "lieu", "date", "statut", "extrait")


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("nombre", "")
    limit = min(int(number), 200) if number.isdecimal() and len(number) < 5 else 20
    answer = contract(results_of(read_query(request.GET, limit=max(limit, 1))))
    del answer["took_ms"]  # The same public rows give the same bytes.
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@require_safe
def search_csv(request: HttpRequest) -> HttpResponseBase:
    services.refresh(most=REFRESHED_FIRST)
    site = f"{request.scheme}://{request.get_host()}"
    return csv_response("recherche.csv", COLUMNS, _rows(read_query(request.GET), site))


def _rows(query: Query, site: str) -> Iterator[tuple[object, ...]]:
    for result in stream(query):
        entry = result.entry
        yield (
            entry.kind,
            result.id,
            entry.title,
            f"{site}{entry.url}",
            entry.page or "",
            " ".join(result.communes),
            entry.date or "",
            entry.status,
            "".join(piece.text for piece in result.snippet),
        )


@require_safe
def search_atom(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, atom(_read_feed(request)), "application/atom+xml")


@require_safe
def search_jsonfeed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, json_feed(_read_feed(request)), "application/feed+json")


def _read_feed(request: HttpRequest) -> Feed:
    query = replace(read_query(request.GET, limit=FEED_ITEMS), sort="new", cursor="")
    page = f"{reverse('search:search')}?{request.GET.urlencode()}"
    return Feed(
        title=gettext("Recherche : {text}").format(text=query.text or "…"),
        address=request.build_absolute_uri(),
        page=request.build_absolute_uri(page),
        host=request.get_host(),
        results=results_of(query).results,
    )


def _feed(request: HttpRequest, body: bytes, kind: str) -> HttpResponseBase:
    """Answer with a feed; who has these very bytes already is told so."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response

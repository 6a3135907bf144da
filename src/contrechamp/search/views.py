"""The page of results, and the same as JSON, CSV and Atom."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from . import services
from .atom import atom
from .domain import Query
from .forms import FACETS, read_query, with_only, with_value, without
from .queries import Results, contract, stream
from .queries import search as find

FEED_ITEMS = 50
SHOWN_VALUES, MOST_VALUES = 8, 60
REFRESHED_FIRST = 200
"""Changes left by a writer that was stopped, indexed before a visitor's search."""
COLUMNS = ("type", "id", "titre", "adresse", "page", "lieu", "date", "statut", "extrait")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as a link."""

    label: str
    count: int | None
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet, its first values and the others."""

    title: str
    choices: list[Choice]
    more: list[Choice]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = read_query(request.GET)
    asked = bool(query.text or any(getattr(query, name) for name in FACETS))
    results = _find(query) if asked else None
    context: dict[str, Any] = {"query": query, "results": results}
    if results is not None:
        context |= {
            "groups": _groups(results, request.GET),
            "sorts": _sorts(query, request.GET),
            "kept": [(key, each) for key in FACETS.values() for each in request.GET.getlist(key)],
            "next_url": with_only(request.GET, "suite", results.next or ""),
            "first_url": without(request.GET, "suite"),
            "suggestion_url": with_only(request.GET, "q", results.suggestion),
            "encoded": request.GET.urlencode(),
        }
    return render(request, "search/search.html", context)


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("nombre", "")
    limit = min(int(number), 200) if number.isdecimal() and len(number) < 5 else 20
    answer = contract(_find(read_query(request.GET, limit=max(limit, 1))))
    del answer["took_ms"]  # The same public rows give the same bytes.
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@require_safe
def search_csv(request: HttpRequest) -> HttpResponseBase:
    services.refresh(most=REFRESHED_FIRST)
    rows = _rows(read_query(request.GET), f"{request.scheme}://{request.get_host()}")
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recherche.csv"'
    return response


@require_safe
def search_atom(request: HttpRequest) -> HttpResponseBase:
    query = replace(read_query(request.GET, limit=FEED_ITEMS), sort="new", cursor="")
    page = f"{reverse('search:search')}?{request.GET.urlencode()}"
    body = atom(
        gettext("Recherche : {text}").format(text=query.text or "…"),
        request.build_absolute_uri(),
        request.build_absolute_uri(page),
        request.get_host(),
        _find(query).results,
    )
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def _find(query: Query) -> Results:
    services.refresh(most=REFRESHED_FIRST)
    results = find(query)
    if results.stale:
        services.note(results.stale)
    return results


def _groups(results: Results, data: QueryDict) -> list[Group]:
    titles = {
        "kind": gettext("Type"),
        "technology": gettext("Technologie"),
        "place": gettext("Lieu"),
        "year": gettext("Année"),
        "status": gettext("Statut"),
    }
    groups = []
    for name, title in titles.items():
        choices = _choices(results, name, data)
        if choices:
            shown, more = choices[:SHOWN_VALUES], choices[SHOWN_VALUES:MOST_VALUES]
            groups.append(Group(title, shown, more))
    return groups


def _choices(results: Results, name: str, data: QueryDict) -> list[Choice]:
    """Return the values of a facet as links, those that were chosen first."""
    key = FACETS[name]
    taken = data.getlist(key)
    values = {each.value: each for each in results.facets[name] if each.value != "country:FR"}
    chosen = [
        Choice(
            values[value].label if value in values else value,
            values[value].count if value in values else None,
            without(data, key, value),
            True,
        )
        for value in taken
        if value
    ]
    return chosen + [
        Choice(each.label, each.count, with_value(data, key, each.value), False)
        for each in values.values()
        if each.value not in taken
    ]


def _sorts(query: Query, data: QueryDict) -> list[Choice]:
    words = {
        "": (gettext("les plus pertinents"), "relevance"),
        "date": (gettext("les plus récents"), "date"),
        "nouveau": (gettext("les derniers publiés"), "new"),
    }
    return [
        Choice(label, None, with_only(data, "tri", key), query.sort == sort)
        for key, (label, sort) in words.items()
    ]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _rows(query: Query, site: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # Else spreadsheets do not read the accents.
    yield str(writer.writerow(COLUMNS))
    for result in stream(query):
        entry = result.entry
        row = (
            *map(_cell, (entry.kind, result.id, entry.title, f"{site}{entry.url}")),
            entry.page or "",
            " ".join(result.communes),
            entry.date or "",
            entry.status,
            _cell("".join(piece.text for piece in result.snippet)),
        )
        yield str(writer.writerow(row))


def _cell(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text

"""The directory and the page of a body, and the same as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contrechamp.directory import queries
from contrechamp.directory.domain.kinds import BODY_KINDS
from contrechamp.directory.models import Body
from contrechamp.directory.queries import Narrowed
from contrechamp.directory.shown.bodies import page_of
from contrechamp.directory.shown.rows import HEAD, row_of, rows_of
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.places import queries as places

PER_PAGE = 50


def asked(request: HttpRequest) -> Narrowed:
    """Read what narrows the list; what is unknown narrows nothing."""
    get = request.GET.get
    kind = get("sorte", "")
    return Narrowed(
        text=get("q", "")[:80],
        kind=kind if kind in BODY_KINDS else "",
        departement=get("departement", "")[:3],
        territory=get("lieu", "")[:30],
    )


def find_body(pk: str) -> Body:
    """Return the body of an address, or raise Http404."""
    try:
        return queries.get(pk)
    except Body.DoesNotExist as error:
        raise Http404 from error


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    by = asked(request)
    rows = queries.narrowed(by)
    start = Body.objects.filter(pk=request.GET.get("apres", "")[:20]).first()
    part = queries.after(rows, start.folded, start.pk) if start else rows
    found = list(part[: PER_PAGE + 1])
    query = {"q": by.text, "sorte": by.kind, "departement": by.departement, "lieu": by.territory}
    kept = urlencode({name: value for name, value in query.items() if value})
    context = {
        "by": by,
        "rows": found[:PER_PAGE],
        "total": rows.count(),
        "is_first": start is None,
        "first_url": f"?{kept}",
        "next_url": f"?{kept}&apres={found[PER_PAGE - 1].pk}" if len(found) > PER_PAGE else "",
        "kinds": BODY_KINDS.items(),
        "departements": places.departements(),
        "place": places.find_territory(by.territory) if by.territory else None,
        "is_filtered": bool(kept),
        "data_query": f"?{kept}" if kept else "",
    }
    return render(request, "directory/bodies.html", context)


@require_safe
def body(request: HttpRequest, pk: str) -> HttpResponse:
    page = page_of(find_body(pk), localdate())
    return render(request, "directory/body.html", {"page": page, "body": page.body})


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_safe
def bodies_csv(request: HttpRequest) -> HttpResponseBase:
    rows = rows_of(queries.narrowed(asked(request)), _site(request))
    lines = csv_lines(HEAD, (row.values() for row in rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="annuaire.csv"'
    return response


@require_safe
def bodies_json(request: HttpRequest) -> HttpResponseBase:
    lines = _json_lines(request)
    return StreamingHttpResponse(lines, content_type="application/json; charset=utf-8")


def _json_lines(request: HttpRequest) -> Iterator[str]:
    return json_lines("bodies", rows_of(queries.narrowed(asked(request)), _site(request)))


@require_safe
def body_json(request: HttpRequest, pk: str) -> HttpResponse:
    found = find_body(pk)
    row = row_of(found, queries.ways_of(found.pk), _site(request))
    text = json.dumps(row, ensure_ascii=False, indent=1, default=str)
    return HttpResponse(f"{text}\n", content_type="application/json; charset=utf-8")

"""What public acts add up to: figures with their method, and their tables as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.table import csv_lines
from contrechamp.watch import published
from contrechamp.watch.shown.plots import LEAST, plot, plots


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    acts = published.counted()
    context = {
        "plots": plots(acts) if len(acts) >= LEAST else [],
        "total": len(acts),
        "least": LEAST,
        "since": published.first_day(),
    }
    return render(request, "watch/statistics.html", context)


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    made = plot(published.counted(), slug)
    if made is None:
        raise Http404
    rows: list[list[object]] = [
        *([bar.name, bar.value, ""] for bar in made.bars),
        [gettext("méthode"), "", made.method],
        [gettext("manque"), "", made.missing],
    ]
    parts = csv_lines([made.column, made.unit, gettext("note")], rows)
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response

"""The library of arguments: searched, one page each, as data; and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contrechamp.cases.domain.flags import flag_kinds
from contrechamp.cases.domain.grounds import FAMILIES, THEMES, Ground, library
from contrechamp.cases.domain.lines import Validity, Words
from contrechamp.cases.domain.sources import Source
from contrechamp.cases.forms.answering import read_search
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.vocabulary import label

GROUND_COLUMNS = (
    *("code", "theme", "title", "summary", "argument", "supports", "against", "documents"),
    *("techniques", "valid_from", "valid_to", "sure", "url"),
)
SOURCE_COLUMNS = (
    *("code", "kind", "name", "formerly", "court", "decided", "ecli", "outcome", "content"),
    *("valid_from", "valid_to", "sure", "uncertain", "url"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the grounds that a search leaves, all at first."""
    search = read_search(request.GET)
    found = library().search(search.text, search.theme, search.technology)
    used = {code for one in library().grounds.values() for code in one.technologies} & FAMILIES
    context: dict[str, Any] = {
        "search": search,
        "found": found,
        "total": len(library().grounds),
        "themes": [code for code in THEMES if any(one.theme == code for one in every())],
        "technologies": sorted(used, key=lambda code: label("technologies", code)),
        "flags": flag_kinds().values(),
    }
    return render(request, "cases/grounds.html", context)


def every() -> Iterable[Ground]:
    """Return the grounds, in the order of the file."""
    return library().grounds.values()


@require_safe
def ground(request: HttpRequest, code: str) -> HttpResponse:
    """Show one ground: argument, what supports it, what goes against it, what would prove it."""
    one = library().grounds.get(code)
    if one is None:
        raise Http404
    context = {
        "ground": one,
        "supports": library().support_of(one, localdate()),
        "ended": [two for two in map(library().sources.newest, one.supports) if is_over(two)],
        "adverse": library().adverse_to(one),
        "questions": [library().questions[asked] for asked in one.questions],
    }
    return render(request, "cases/ground.html", context)


def is_over(source: Source) -> bool:
    """Answer whether a text is not in force any more."""
    return not source.validity.holds_on(localdate())


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """Show every text and decision, with what it is quoted for."""
    rows = [(one, library().grounds_on(one.code)) for one in library().sources.every()]
    kinds = (("article", "law"), ("decision",), ("opinion",))
    groups = [(kind[0], [row for row in rows if row[0].kind in kind]) for kind in kinds]
    return render(request, "cases/sources.html", {"groups": groups})


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Give grounds and sources as data."""
    site = f"{request.scheme}://{request.get_host()}"
    grounds = [dict(zip(GROUND_COLUMNS, row, strict=True)) for row in _ground_rows(site)]
    sources = [dict(zip(SOURCE_COLUMNS, row, strict=True)) for row in _source_rows()]
    data = {"grounds": grounds, "sources": sources}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the grounds as a table."""
    site = f"{request.scheme}://{request.get_host()}"
    return _table(GROUND_COLUMNS, _ground_rows(site), "arguments.csv")


@require_safe
def texts_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the sources as a table."""
    return _table(SOURCE_COLUMNS, _source_rows(), "textes.csv")


def _table(header: Iterable[str], rows: Iterable[Iterable[object]], name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ground_rows(site: str) -> Iterator[tuple[object, ...]]:
    for one in every():
        yield (
            *(one.code, one.theme, _said(one.title), _said(one.summary), one.argument),
            *(" ".join(one.supports), " ".join(one.against), " ".join(one.proved_by)),
            *(" ".join(sorted(one.technologies)), *_days(one.validity), one.sure),
            f"{site}/droit/{one.code}",
        )


def _source_rows() -> Iterator[tuple[object, ...]]:
    for one in library().sources.every():
        yield (
            *(one.code, one.kind, one.name, one.formerly, one.court, one.decided, one.ecli),
            *(one.outcome, _said(one.content), *_days(one.validity), one.sure),
            *(" ".join(one.uncertain), one.url),
        )


def _said(words: Words) -> str:
    return words.in_language(get_language() or "fr")


def _days(validity: Validity) -> tuple[str, str]:
    return validity.first.isoformat(), validity.last.isoformat() if validity.last else ""

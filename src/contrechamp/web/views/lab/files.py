"""Results and figures to take away: JSON, CSV, SVG, Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.table import csv_lines
from contrechamp.lab import plots
from contrechamp.lab.model import Figure
from contrechamp.web.domain.lab.asking import Asked, Wrong
from contrechamp.web.domain.lab.keeping import Shown
from contrechamp.web.shown.laboratory import say, tongue

from .answering import RETRY_S, address, answer, asked_of, find
from .pages import lines

NEAT = {"ensure_ascii": False, "indent": 1}
HEAD = ("name", "value", "error", "low", "high", "unit", "help")
INDEX = ("id", "claim", "title", "question", "verdict", "url")


class NoResult(Exception):
    """A file has nothing to hold: the answer that says so instead."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def _index(request: HttpRequest) -> list[dict[str, str]]:
    rows = [{name: str(getattr(line, name)) for name in INDEX} for line in lines()]
    return [{**row, "url": request.build_absolute_uri(row["url"])} for row in rows]


@require_safe
def index_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"experiments": _index(request)}, json_dumps_params=NEAT)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(csv_lines(INDEX, (row.values() for row in _index(request))), "labo.csv")


@require_safe
def experiment_json(request: HttpRequest, name: str) -> HttpResponse:
    """Answer as `contrechamp lab run --json` prints, with the address of the page."""
    try:
        asked, shown = _result(request, name)
    except NoResult as no:
        return no.response
    data = {**shown.json, "url": request.build_absolute_uri(address(asked))}
    return JsonResponse(data, json_dumps_params=NEAT)


@require_safe
def experiment_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    try:
        asked, shown = _result(request, name)
    except NoResult as no:
        return no.response
    return _csv(csv_lines(HEAD, _numbers(asked, shown)), f"{name}.csv")


def _numbers(asked: Asked, shown: Shown) -> Iterator[list[object]]:
    data = shown.json
    for each in asked.experiment.numbers:
        low, high = data["intervals"].get(each.name) or (None, None)
        error = data["errors"].get(each.name)
        cells = (data["numbers"].get(each.name), error, low, high)
        plain = ["" if cell is None else cell for cell in cells]
        yield [each.name, *plain, say(each.unit), say(each.help)]


@require_safe
def figure_svg(request: HttpRequest, name: str, figure: str) -> HttpResponse:
    try:
        shown, found = _figure(request, name, figure)
    except NoResult as no:
        return no.response
    foot = gettext("Contrechamp, laboratoire, {id} · certificat {sha}").format(
        id=name, sha=shown.sha256[:12]
    )
    svg = plots.draw(found, language=tongue(), is_file=True, foot=foot)
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")


@require_safe
def figure_csv(request: HttpRequest, name: str, figure: str) -> HttpResponseBase:
    try:
        _, found = _figure(request, name, figure)
    except NoResult as no:
        return no.response
    return _csv(iter([plots.as_csv(found, language=tongue())]), f"{name}-{figure}.csv")


@require_safe
def figure_vega(request: HttpRequest, name: str, figure: str) -> HttpResponse:
    try:
        _, found = _figure(request, name, figure)
    except NoResult as no:
        return no.response
    return JsonResponse(plots.vega_lite(found, language=tongue()), json_dumps_params=NEAT)


def _figure(request: HttpRequest, name: str, figure: str) -> tuple[Shown, Figure]:
    _, shown = _result(request, name)
    found = shown.figure(figure)
    if found is None:
        raise Http404
    return shown, found


def _result(request: HttpRequest, name: str) -> tuple[Asked, Shown]:
    """Return the result of an address, or raise what is answered instead."""
    asked = asked_of(request, find(name))
    if isinstance(asked, Wrong):
        fields = {field: say(text) for field, text in asked.errors.items()}
        raise NoResult(_problem(422, gettext("Une valeur n'est pas permise."), fields))
    said = answer(asked)
    if said.refused:
        raise NoResult(_problem(422, say(said.refused), {}))
    if said.missing:
        raise NoResult(_problem(503, say(said.missing), {}))
    if said.shown is None or said.is_busy:
        words = gettext("Le calcul n'est pas fini : redemandez cette adresse.")
        status = 503 if said.is_busy else 202
        raise NoResult(_problem(status, words, {}))
    return asked, said.shown


def _problem(status: int, words: str, fields: dict[str, str]) -> HttpResponse:
    data = {"error": words, "fields": fields}
    response = JsonResponse(data, status=status, json_dumps_params=NEAT)
    if status in {202, 503}:
        response["Retry-After"] = str(RETRY_S)
    return response


def _csv(rows: Iterator[str], name: str) -> HttpResponse:
    answer = HttpResponse("".join(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

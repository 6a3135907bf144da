"""The graph as a picture with its table, the ways between two records, and both as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.vocabulary import label, terms

from .domain import Network, Node
from .domain.formats import as_json, gexf, table
from .forms import KINDS, STATUSES, Ask, read_ask
from .queries import (
    Paths,
    contract,
    find_nodes,
    find_paths,
    load,
    relation_label,
    years,
)
from .shown import KIND_LABELS, View, see

MOST_ROWS = 400
MOST_WAYS = 5
CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


@require_safe
def graph(request: HttpRequest) -> HttpResponse:
    network, ask = load(), read_ask(request.GET)
    candidates, is_exact = find_nodes(ask.around, network) if ask.around else ([], True)
    if ask.around and (len(candidates) != 1 or not is_exact):
        return _choose(request, ask, candidates)
    view = see(network, ask, candidates[0] if candidates else None)
    picture = view.picture() if view.network.nodes else None
    context: dict[str, Any] = {
        "ask": ask,
        "view": view,
        # Made by us, every text in it escaped by `drawing`.
        "svg": mark_safe(picture.svg) if picture else "",  # noqa: S308
        "legend": [(mark_safe(shape), kind, words) for kind, shape, words in view.legend],  # noqa: S308
        "rows": view.rows[:MOST_ROWS],
        "rows_left": max(len(view.network.edges) - MOST_ROWS, 0),
        "encoded": request.GET.urlencode(),
        "span": years(network),
        **_filters(ask, network),
        **_steps(request.GET, ask, view),
    }
    return render(request, "graph/graph.html", context)


def _choose(request: HttpRequest, ask: Ask, candidates: list[Node]) -> HttpResponse:
    links = [(node, _with(request.GET, autour=node.id)) for node in candidates[:CANDIDATES]]
    context = {"ask": ask, "candidates": links, "left": max(len(candidates) - CANDIDATES, 0)}
    return render(request, "graph/choose.html", context)


def _filters(ask: Ask, network: Network) -> dict[str, list[Option]]:
    used = {edge.relation for edge in network.edges.values()}
    return {
        "relations": [
            Option(code, label("relations", code, "forward"), code in ask.relations)
            for code in terms("relations")
            if code in used
        ],
        "kinds": [Option(kind, gettext(KIND_LABELS[kind]), kind in ask.kinds) for kind in KINDS],
        "statuses": [Option(code, code, code in ask.statuses) for code in STATUSES],
        "technologies": [
            Option(node.id, node.name, node.id == ask.technology)
            for node in sorted(network.nodes.values(), key=lambda node: node.name.casefold())
            if node.kind == "technology"
        ],
    }


def _steps(data: QueryDict, ask: Ask, view: View) -> dict[str, str]:
    """Return where one can go from this view: nearer, farther, the whole."""
    if view.centre is None:
        return {"nearer": "", "farther": ""}
    return {
        "nearer": _with(data, profondeur="1") if ask.depth == 2 else "",
        "farther": _with(data, profondeur="2") if ask.depth == 1 else "",
    }


def _with(data: QueryDict, **values: str) -> str:
    changed = data.copy()
    for key, value in values.items():
        changed[key] = value
    return "?" + changed.urlencode()


def _view(request: HttpRequest) -> View:
    """Return the view of an address, or answer that there is none."""
    network, ask = load(), read_ask(request.GET)
    found, is_exact = find_nodes(ask.around, network) if ask.around else ([], True)
    if ask.around and (len(found) != 1 or not is_exact):
        raise Http404
    return see(network, ask, found[0] if found else None)


def _file(name: str, kind: str, make: Callable[[View, str], str]) -> Callable[..., HttpResponse]:
    @require_safe
    def download(request: HttpRequest) -> HttpResponse:
        body = make(_view(request), f"{request.scheme}://{request.get_host()}")
        response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return download


graph_gexf = _file(
    "graphe.gexf",
    "application/gexf+xml",
    lambda view, site: gexf(view.network, view.spots, relation_label, site),
)
graph_csv = _file(
    "graphe.csv",
    "text/csv",
    lambda view, site: "\ufeff" + table(view.network, relation_label, site),
)
graph_svg = _file("graphe.svg", "image/svg+xml", lambda view, site: view.picture().svg)


@require_safe
def graph_json(request: HttpRequest) -> HttpResponse:
    view = _view(request)
    return JsonResponse(
        as_json(view.network, view.spots, relation_label), json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def path(request: HttpRequest) -> HttpResponse:
    network = load()
    ends = {key: request.GET.get(key, "").strip()[:200] for key in ("de", "a")}
    found = {key: _one(text, network) for key, text in ends.items()}
    context: dict[str, Any] = {"start": ends["de"], "goal": ends["a"], "avoid": []}
    if all(len(nodes) == 1 for nodes in found.values()):
        context |= _ways(request.GET, found["de"][0], found["a"][0], network)
    elif all(ends.values()):
        context["questions"] = [
            (
                text,
                [(node, _with(request.GET, **{key: node.id})) for node in found[key][:CANDIDATES]],
            )
            for key, text in ends.items()
            if len(found[key]) != 1
        ]
    return render(request, "graph/path.html", context)


def _one(text: str, network: Network) -> list[Node]:
    return find_nodes(text, network)[0] if text else []


def _ways(data: QueryDict, start: Node, goal: Node, network: Network) -> dict[str, Any]:
    avoid = [node for node in data.getlist("sans") if node in network.nodes]
    paths = find_paths(start, goal, network, most=MOST_WAYS, avoid=avoid)
    return {
        "start": start.name,
        "goal": goal.name,
        "paths": paths,
        "strong": _shown(paths, data, paths.strong),
        "weak": _shown(paths, data, paths.weak),
        "avoid": [(network.nodes[node], _readmitting(data, node)) for node in avoid],
        "encoded": data.urlencode(),
    }


def _shown(paths: Paths, data: QueryDict, found: Any) -> list[dict[str, Any]]:
    nodes = paths.network.nodes
    return [
        {
            "cost": way.cost,
            "first": nodes[way.nodes[0]],
            "steps": [
                {
                    "edge": edge,
                    "label": relation_label(edge, seen_from=node),
                    "node": nodes[after],
                    "avoid": "" if after == paths.goal.id else _avoiding(data, after),
                }
                for edge, node, after in zip(way.edges, way.nodes, way.nodes[1:], strict=False)
            ],
        }
        for way in found
    ]


def _avoiding(data: QueryDict, node: str) -> str:
    changed = data.copy()
    changed.appendlist("sans", node)
    return "?" + changed.urlencode()


def _readmitting(data: QueryDict, node: str) -> str:
    changed = data.copy()
    changed.setlist("sans", [each for each in data.getlist("sans") if each != node])
    return "?" + changed.urlencode()


@require_safe
def path_json(request: HttpRequest) -> HttpResponse:
    network = load()
    found = [_one(request.GET.get(key, "").strip()[:200], network) for key in ("de", "a")]
    if any(len(nodes) != 1 for nodes in found):
        raise Http404
    paths = find_paths(
        found[0][0], found[1][0], network, most=MOST_WAYS, avoid=request.GET.getlist("sans")
    )
    return JsonResponse(contract(paths), json_dumps_params={"ensure_ascii": False})

"""The ways between two records, each as a picture and as steps with their proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.graph.domain import Network, Node, Way
from contrechamp.graph.domain.chain import chain
from contrechamp.graph.forms import LONGEST, read_ask
from contrechamp.graph.queries import (
    Paths,
    contract,
    find_nodes,
    find_paths,
    load,
    relation_label,
)
from contrechamp.graph.shown.asked import with_
from contrechamp.graph.shown.views import amount_text

MOST_WAYS = 5
CANDIDATES = 12


@require_safe
def path(request: HttpRequest) -> HttpResponse:
    network = load()
    ends = {key: request.GET.get(key, "").strip()[:LONGEST] for key in ("de", "a")}
    found = {key: _one(text, network) for key, text in ends.items()}
    # From a record's page one end is known: its name is written, the other is asked for.
    named = {k: found[k][0].name if len(found[k]) == 1 else text for k, text in ends.items()}
    context: dict[str, Any] = {"start": named["de"], "goal": named["a"], "avoid": []}
    if all(len(nodes) == 1 for nodes in found.values()):
        context |= _ways(request.GET, found["de"][0], found["a"][0], network)
    else:
        context["questions"] = [
            (
                text,
                [(node, with_(request.GET, **{key: node.id})) for node in found[key][:CANDIDATES]],
            )
            for key, text in ends.items()
            if text and len(found[key]) != 1
        ]
        context["data_query"] = None
        context["known"] = [found[k][0] for k in ends if len(found[k]) == 1]
    return render(request, "graph/path.html", context)


def _one(text: str, network: Network) -> list[Node]:
    return find_nodes(text, network)[0] if text else []


def _ways(data: QueryDict, start: Node, goal: Node, network: Network) -> dict[str, Any]:
    avoid = [node for node in dict.fromkeys(data.getlist("sans")) if node in network.nodes]
    year = read_ask(QueryDict(f"au={data.get('au', '')[:4]}")).year
    paths = find_paths(start, goal, network, most=MOST_WAYS, avoid=avoid, at=year)
    return {
        "start": start.name,
        "goal": goal.name,
        "paths": paths,
        "year": year,
        "is_same": start == goal,
        "strong": _shown(paths, data, paths.strong),
        "weak": _shown(paths, data, paths.weak),
        "avoid": [(network.nodes[node], _readmitting(data, node)) for node in avoid],
        "swapped": with_(data, de=goal.id, a=start.id),
        "encoded": data.urlencode(),
    }


def _shown(paths: Paths, data: QueryDict, found: Sequence[Way]) -> list[dict[str, Any]]:
    nodes = paths.network.nodes
    return [
        {
            "cost": way.cost,
            "first": nodes[way.nodes[0]],
            # Made by us, every text in it escaped by `chain`.
            "svg": mark_safe(chain(paths.network, way, _words, _title(paths, way))),  # noqa: S308
            "steps": [
                {
                    "edge": edge,
                    "label": relation_label(edge, seen_from=node),
                    "amount": amount_text(edge),
                    "node": nodes[after],
                    "avoid": "" if after == paths.goal.id else _avoiding(data, after),
                }
                for edge, node, after in zip(way.edges, way.nodes, way.nodes[1:], strict=False)
            ],
        }
        for way in found
    ]


def _words(edge: Any, seen_from: str) -> str:
    return relation_label(edge, seen_from=seen_from)


def _title(paths: Paths, way: Way) -> str:
    names = " → ".join(paths.network.nodes[node].name for node in way.nodes)
    return gettext("Chemin : {names}").format(names=names)


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
    found = [_one(request.GET.get(key, "").strip()[:LONGEST], network) for key in ("de", "a")]
    if any(len(nodes) != 1 for nodes in found):
        raise Http404
    paths = find_paths(
        found[0][0], found[1][0], network, most=MOST_WAYS, avoid=request.GET.getlist("sans")
    )
    return JsonResponse(contract(paths), json_dumps_params={"ensure_ascii": False})

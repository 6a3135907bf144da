"""Who else: what two or more records have in common; who is most like one."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.graph.domain import Network, Node
from contrechamp.graph.domain.formats import cell
from contrechamp.graph.forms import read_given, read_kind
from contrechamp.graph.queries import find_nodes, load
from contrechamp.graph.shown.asked import with_
from contrechamp.graph.shown.meeting import Line, Meeting, Step, Twin, meeting, twins
from contrechamp.graph.shown.views import KIND_LABELS

CANDIDATES = 12
COLUMNS = ("id", "fiche", "sorte", "depuis", "liens", "preuves")
TWIN_COLUMNS = ("id", "fiche", "en_commun", "jaccard", "adamic_adar", "fiches_en_commun")


@require_safe
def common(request: HttpRequest) -> HttpResponse:
    network, texts = load(), read_given(request.GET)
    found = [(text, _found(text, network)) for text in texts]
    given = [nodes[0] for _, nodes in found if len(nodes) == 1]
    context: dict[str, Any] = {
        "typed": [nodes[0].name if len(nodes) == 1 else text for text, nodes in found],
        "given": given,
        "questions": [
            (text, [(node, _answered(texts, text, node)) for node in nodes[:CANDIDATES]])
            for text, nodes in found
            if len(nodes) != 1
        ],
        "encoded": request.GET.urlencode(),
    }
    if len(given) < 2 or len(given) != len(texts):
        context["data_query"] = None
    if len(given) == len(texts) and given:
        kind = read_kind(request.GET)
        context |= _alone(network, given[0]) if len(given) == 1 else {}
        context |= _together(request, network, given, kind) if len(given) > 1 else {}
    return render(request, "graph/common.html", context)


def _found(text: str, network: Network) -> list[Node]:
    return find_nodes(text, network)[0]


def _answered(texts: list[str], text: str, node: Node) -> str:
    """Return the address in which one of the texts is the record that it means."""
    return "?" + urlencode([("de", node.id if each == text else each) for each in texts])


def _together(
    request: HttpRequest, network: Network, given: list[Node], kind: str
) -> dict[str, Any]:
    met = meeting(network, given, kind)
    svg = met.view.picture().svg if met.lines else ""
    return {
        "meeting": met,
        "strong": [line for line in met.lines if not line.is_weak],
        "weak": [line for line in met.lines if line.is_weak],
        "svg": mark_safe(svg),  # noqa: S308  made by us, every text in it escaped
        "legend": [(mark_safe(s), k, words) for k, s, words in met.view.legend],  # noqa: S308
        "kind": kind,
        "kinds": [
            (gettext(KIND_LABELS[each]), with_(request.GET, type=each), each == kind)
            for each in met.kinds
        ],
        "all_kinds": with_(request.GET, type=""),
    }


def _alone(network: Network, node: Node) -> dict[str, Any]:
    return {
        "alone": node,
        "twins": [
            (twin, "?" + urlencode({"de": node.id, "a": twin.node.id}))
            for twin in twins(network, node)
        ],
    }


def _asked(request: HttpRequest) -> tuple[Network, list[Node]]:
    """Return the records that an address names, or answer that there are none."""
    network = load()
    found = [_found(text, network) for text in read_given(request.GET)]
    if not found or any(len(nodes) != 1 for nodes in found):
        raise Http404
    return network, [nodes[0] for nodes in found]


@require_safe
def common_json(request: HttpRequest) -> HttpResponse:
    network, given = _asked(request)
    if len(given) == 1:
        told: dict[str, Any] = {
            "of": _told(given[0]),
            "alike": [_told_twin(twin) for twin in twins(network, given[0])],
        }
    else:
        met = meeting(network, given, read_kind(request.GET))
        told = {
            "of": [_told(node) for node in given],
            "common": [
                {
                    **_told(line.node),
                    "weak": line.is_weak,
                    "from": [
                        [[_told_step(step) for step in route] for route in side]
                        for side in line.sides
                    ],
                }
                for line in met.lines
            ],
        }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _told(node: Node) -> dict[str, str]:
    return {"id": node.id, "name": node.name, "kind": node.kind, "url": node.url}


def _told_twin(twin: Twin) -> dict[str, Any]:
    return {
        **_told(twin.node),
        "shared": list(twin.found.shared),
        "jaccard": twin.found.jaccard,
        "adamic_adar": twin.found.score,
        "doubtful": twin.found.is_doubtful,
    }


def _told_step(step: Step) -> dict[str, Any]:
    return {
        "id": step.edge.id,
        "relation": step.edge.relation,
        "label": step.label,
        "to": step.node.id,
        "status": step.edge.status,
        "evidence": [{"url": e.url, "quote": e.quote} for e in step.edge.evidence],
    }


@require_safe
def common_csv(request: HttpRequest) -> HttpResponse:
    network, given = _asked(request)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    site = f"{request.scheme}://{request.get_host()}"
    if len(given) == 1:
        writer.writerow(TWIN_COLUMNS)
        for twin in twins(network, given[0]):
            writer.writerow(map(cell, _twin_row(twin, network)))
    else:
        writer.writerow(COLUMNS)
        met = meeting(network, given, read_kind(request.GET))
        for line in met.lines:
            for row in _rows(line, met, site):
                writer.writerow(map(cell, row))
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="communs.csv"'
    return response


def _twin_row(twin: Twin, network: Network) -> tuple[str, ...]:
    names = " | ".join(network.nodes[key].name for key in twin.found.shared)
    scores = (str(len(twin.found.shared)), str(twin.found.jaccard), str(twin.found.score))
    return (twin.node.id, twin.node.name, *scores, names)


def _rows(line: Line, met: Meeting, site: str) -> list[tuple[str, ...]]:
    return [
        (
            line.node.id,
            line.node.name,
            line.node.kind,
            start.name,
            " ; ".join(f"{step.label} {step.node.name}" for step in route),
            " ".join(
                f"{site}{proof.url}" if proof.url.startswith("/") else proof.url
                for step in route
                for proof in step.edge.evidence
                if proof.url
            ),
        )
        for start, side in zip(met.given, line.sides, strict=True)
        for route in side
    ]

"""The page of the graph: picture, table, filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from contrechamp.graph.domain import Network, Node
from contrechamp.graph.domain.drawing import FEW
from contrechamp.graph.forms import Ask, read_ask
from contrechamp.graph.queries import find_nodes, load
from contrechamp.graph.shown import View, chips, options, see, sieve_of
from contrechamp.graph.shown.asked import PARTS, asked, bars, with_, without
from contrechamp.graph.shown.groups import grouped, members

ROWS, MEMBERS = 23, 25
"""In one part of a table: more, and the page is heavy without scripts."""
MOST_BESIDE = 12
CANDIDATES = 12
Line = TypeVar("Line")


@require_safe
def graph(request: HttpRequest) -> HttpResponse:
    network, ask = load(), read_ask(request.GET)
    candidates, is_exact = find_nodes(ask.around, network) if ask.around else ([], True)
    if ask.around and (len(candidates) != 1 or not is_exact):
        return _choose(request, ask, candidates)
    centre = candidates[0] if candidates else None
    sieve = sieve_of(network, ask, centre.id if centre else "")
    view = see(network, ask, centre, sieve)
    context: dict[str, Any] = {
        "ask": ask,
        "view": view,
        "rows": _part(view.rows if not view.groups else [], ROWS, request.GET.get("tableau")),
        "encoded": asked(request.GET).urlencode(),
        "chips": chips(request.GET, ask, network, sieve),
        "towns": [
            (one.name, one.key, with_(request.GET, territoire=one.key)) for one in sieve.candidates
        ],
        "whole_url": _whole_url(request, view),
        "is_unknown_territory": bool(ask.territory and not sieve.territory),
        **_drawn(view),
        **options(ask, network),
        **_steps(request.GET, ask, view),
        **_years(request.GET, ask, network),
        **(_group(request.GET, network, view) if view.group else {}),
    }
    return render(request, "graph/graph.html", context)


def _part(lines: Sequence[Line], size: int, number: str | None) -> Page[Line]:
    """Return the part of a table that is asked for; the nearest there is for nonsense."""
    return Paginator(lines, size).get_page(number)


def _choose(request: HttpRequest, ask: Ask, candidates: list[Node]) -> HttpResponse:
    links = [(node, with_(request.GET, autour=node.id)) for node in candidates[:CANDIDATES]]
    left = max(len(candidates) - CANDIDATES, 0)
    context = {"ask": ask, "candidates": links, "left": left, "data_query": None}
    return render(request, "graph/choose.html", context)


def _whole_url(request: HttpRequest, view: View) -> str:
    """Return where a browser with WebGL gets what is seen, or nothing when it is little."""
    is_small = view.centre is not None and len(view.network.nodes) <= FEW
    if is_small or not view.network.edges:
        return ""
    encoded = asked(request.GET).urlencode()
    return reverse("graph:whole") + (f"?{encoded}" if encoded else "")


def _drawn(view: View) -> dict[str, Any]:
    """Return the picture and its legend. Made by us, every text in it escaped by `drawing`."""
    picture = view.picture() if view.network.nodes else None
    return {
        "svg": mark_safe(picture.svg) if picture else "",  # noqa: S308
        "legend": [(mark_safe(shape), kind, words) for kind, shape, words in view.legend],  # noqa: S308
    }


def _steps(data: QueryDict, ask: Ask, view: View) -> dict[str, str]:
    """Return where one can go from this view: nearer, farther, with money as width."""
    has_money = any(edge.amount is not None for edge in view.network.edges.values())
    return {
        "nearer": with_(data, profondeur="") if view.centre and ask.depth == 2 else "",
        "farther": with_(data, profondeur="2") if view.centre and ask.depth == 1 else "",
        "as_money": with_(data, largeur="montant") if has_money and not ask.with_money else "",
    }


def _years(data: QueryDict, ask: Ask, network: Network) -> dict[str, Any]:
    found = bars(data, ask, network)
    return {
        "bars": found,
        "last_year": found[-1].year if found else "",
        "all_years": without(data, "de", "a", "au", "sans_date"),
        "undated_too": with_(data, sans_date="1") if not ask.with_undated else "",
        "dated_only": without(data, "sans_date") if ask.has_period and ask.with_undated else "",
        "kept": [
            (name, value)
            for name, values in data.lists()
            if name not in {"de", "a", "au", *PARTS}
            for value in values
        ],
    }


def _group(data: QueryDict, network: Network, view: View) -> dict[str, Any]:
    """Return who is in the community that is seen, and the communities that it is linked with."""
    if view.group is None:
        return {}
    found = members(network, view.group)
    whole = grouped(network)
    home = whole.holding(view.group.key)
    return {
        "members": _part(found, MEMBERS, data.get("membres")),
        "beside": whole.beside(home.key)[:MOST_BESIDE] if home else [],
    }

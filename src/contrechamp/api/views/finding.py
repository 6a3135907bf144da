"""Search, and the graph around and between records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import BadCursor
from contrechamp.api.problems import not_found
from contrechamp.api.schemas import answers
from contrechamp.api.schemas.asking import NeighboursAsk, PathsAsk, SearchAsk
from contrechamp.graph import queries as graph
from contrechamp.graph.domain import Edge, Network
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.search import queries as searching
from contrechamp.search import services as indexing

from .routes import router

REFRESHED_FIRST = 200
"""Changes left by a writer that was stopped, indexed before a search."""


@router.get(
    "/search",
    response=answers.SearchPage,
    url_name="search",
    tags=["finding"],
    operation_id="search",
    summary=gettext_noop("Chercher dans les fiches, les faits, les pages et les lieux"),
)
def search(request: HttpRequest, ask: Query[SearchAsk]) -> HttpResponse:
    indexing.refresh(most=REFRESHED_FIRST)
    try:
        results = searching.search(_query(ask))
    except Refused:  # Nothing in a search is an error but a cursor that was not given.
        raise BadCursor from None
    if results.stale:
        indexing.note(results.stale)
    said = searching.contract(results)
    del said["took_ms"]  # The same public rows give the same bytes.
    following, said["items"] = said.pop("next"), said.pop("results")
    next_url = door.address_with(request, following) if following else ""
    return door.answer({**said, "next": next_url or None}, next_url=next_url)


def _query(ask: SearchAsk) -> searching.Query:
    facets: dict[str, Any] = {
        name: (value,)
        for name in ("kind", "technology", "place", "year", "status")
        if (value := getattr(ask, name))
    }
    text = ask.q.replace("\0", " ").strip()
    return searching.Query(text=text, sort=ask.sort, limit=ask.limit, cursor=ask.cursor, **facets)


@router.get(
    "/graph/neighbours/{id}",
    response=answers.Neighbours,
    url_name="neighbours",
    tags=["finding"],
    operation_id="getNeighbours",
    summary=gettext_noop("Ce qui entoure une fiche dans le graphe"),
)
def neighbours(request: HttpRequest, id: str, ask: Query[NeighboursAsk]) -> HttpResponse:
    network = graph.load()
    if id not in network.nodes:
        return not_found()
    passes = (lambda edge: edge.relation == ask.relation) if ask.relation else None
    near, left_out = network.ego(id, ask.depth, ask.limit, passes)
    return door.answer(
        {
            "centre": _node(id, network),
            "nodes": [_node(key, network) for key in near.nodes],
            "edges": [_edge(edge) for edge in near.edges.values()],
            "left_out": left_out,
        }
    )


def _node(key: str, network: Network) -> dict[str, Any]:
    node = network.nodes[key]
    return {
        "id": key,
        "kind": node.kind,
        "name": node.name,
        "url": node.url,
        "links": network.degree(key),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "id": edge.id,
        "url": f"/fait/{edge.id}",
        "relation": edge.relation,
        "label": graph.relation_label(edge),
        "source": edge.source,
        "target": edge.target,
        "status": edge.status,
        "amount": edge.amount,
    }


@router.get(
    "/graph/paths",
    response=answers.Paths,
    url_name="paths",
    by_alias=True,
    tags=["finding"],
    operation_id="listPaths",
    summary=gettext_noop("Les chemins entre deux fiches, chaque pas avec sa preuve"),
)
def paths(request: HttpRequest, ask: Query[PathsAsk]) -> HttpResponse:
    network = graph.load()
    start, goal = (graph.get_node(text, network) for text in (ask.start, ask.goal))
    avoid = [key for key in ask.avoid.split(",") if key in network.nodes]
    found = graph.find_paths(start, goal, network, most=ask.most, avoid=avoid, at=ask.year)
    return door.answer(graph.contract(found))

"""What is seen as files: GEXF, FollowTheMoney, CSV, SVG, JSON; and the whole for WebGL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contrechamp.census import published
from contrechamp.census.services.exports import ftm_lines
from contrechamp.graph.domain.compact import compact
from contrechamp.graph.domain.formats import as_json, gexf, table
from contrechamp.graph.domain.layout import Spot
from contrechamp.graph.domain.network import Network, Node
from contrechamp.graph.forms import Ask, read_ask
from contrechamp.graph.queries import find_nodes, load, placed_word, stamp
from contrechamp.graph.queries.loading import Kept
from contrechamp.graph.shown import Sieve, View, see, see_all, sieve_of
from contrechamp.graph.shown.groups import grouped
from contrechamp.kernel.errors import Refused, gettext_noop

MOST_FTM = 20_000
LARGEST_GROUPS = 40
KEPT: dict[str, Kept[bytes]] = {}


def _view(request: HttpRequest, make: Callable[..., View] = see) -> View:
    """Return the view of an address, or answer that there is none."""
    network, ask = load(), read_ask(request.GET)
    found, is_exact = find_nodes(ask.around, network) if ask.around else ([], True)
    if ask.around and (len(found) != 1 or not is_exact):
        raise Http404
    centre = found[0] if found else None
    return make(network, ask, centre, sieve_of(network, ask, centre.id if centre else ""))


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
    lambda view, site: gexf(view.network, view.spots, view.label, site),
)


@require_safe
def record_gexf(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    """Answer with what is around a record, as its page leads to it; where it is since a merge."""
    record = published.find_record(entity)
    if record is None or record.kind != kind:
        now = record.id if record else published.resolve_redirect(entity)
        if now is None:
            raise Http404
        return HttpResponsePermanentRedirect(f"{published.get_record(now).url}.gexf")
    body = _around(record, f"{request.scheme}://{request.get_host()}")
    response = HttpResponse(body, content_type="application/gexf+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{record.id}.gexf"'
    return response


def _around(record: published.Record, site: str) -> str:
    """Return what is around a record; alone, when it has no relation yet."""
    network, ask = load(), Ask(around=record.id)
    centre = network.nodes.get(record.id)
    if centre is None:
        alone = Node(
            id=record.id, name=record.name, kind=record.kind, type=record.type, url=record.url
        )
        spots = {record.id: Spot(0, 0)}
        return gexf(Network.of([alone], []), spots, lambda edge: edge.relation, site)
    view = see(network, ask, centre, sieve_of(network, ask, record.id))
    return gexf(view.network, view.spots, view.label, site)


graph_csv = _file(
    "graphe.csv",
    "text/csv",
    lambda view, site: "\ufeff" + table(view.network, view.label, site),
)
graph_svg = _file("graphe.svg", "image/svg+xml", lambda view, site: view.picture().svg)


@require_safe
def graph_json(request: HttpRequest) -> HttpResponse:
    view = _view(request)
    return JsonResponse(
        as_json(view.network, view.spots, view.label), json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def graph_ftm(request: HttpRequest) -> StreamingHttpResponse:
    """Answer with the records and relations that are seen; of groups, with what they hold."""
    view = _view(request)
    seen = view.behind if view.groups else view.network
    if len(seen.edges) > MOST_FTM:
        raise Refused(
            gettext_noop(
                "Cette vue contient {number} liens : plus de {most}. Filtrez-la, ou prenez "
                "l'export complet du recensement."
            ),
            number=len(seen.edges),
            most=MOST_FTM,
        )
    response = StreamingHttpResponse(
        ftm_lines(list(seen.nodes), list(seen.edges)), content_type="application/jsonl"
    )
    response["Content-Disposition"] = 'attachment; filename="graphe.ftm.jsonl"'
    return response


@require_safe
def whole_json(request: HttpRequest) -> HttpResponse:
    """Answer with the whole graph, or what an address asks for, as columns."""
    word, placed = stamp(), placed_word()
    if read_ask(request.GET) != Ask():
        body = _packed(_view(request, see_all))
    elif word and placed:
        kept = KEPT.setdefault(get_language() or "", Kept(_whole))
        body = kept.get(f"{word} {placed}")
    else:
        body = _whole()
    return HttpResponse(body, content_type="application/json")


def _whole() -> bytes:
    return _packed(see_all(load(), Ask(), None, Sieve()))


def _packed(view: View) -> bytes:
    is_plain = view.centre is None and not view.groups
    parts = grouped(view.network).groups if is_plain else ()
    found = compact(
        view.network,
        view.spots,
        view.label,
        [(each.key, each.name, sorted(each.nodes)) for each in parts[:LARGEST_GROUPS]],
        view.centre.id if view.centre else "",
    )
    return b"".join(_written(found))


def _written(found: object) -> Iterator[bytes]:
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    for part in encoder.iterencode(found):
        yield part.encode()

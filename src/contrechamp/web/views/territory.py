"""Pages of communes, EPCI, départements and regions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contrechamp.atlas import queries as atlas
from contrechamp.places import queries as places
from contrechamp.web.queries.shares import territory_share
from contrechamp.web.queries.territory import dossier

if TYPE_CHECKING:
    from contrechamp.places.models import Territory


def _find(kind: str, slug: str) -> Territory | HttpResponse:
    territory = places.find_by_slug(kind, slug)
    if territory is None:
        raise Http404
    # Accept the code alone and an old spelling of the name, but have one address.
    return territory if territory.slug == slug else redirect(territory, permanent=True)


@require_safe
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find("commune", slug)
    if isinstance(found, HttpResponse):
        return found
    neighbours = list(places.communes_of(f"epci:{found.epci}")) if found.epci else []
    districts = list(places.communes_of(found.key))
    counted = atlas.numbers_of([*neighbours, *districts])
    epci = places.find_territory(f"epci:{found.epci}") if found.epci else None
    here = found.parent.removeprefix("commune:") or found.code
    drawing = atlas.epci_map(epci, neighbours, counted, here=here) if epci else None
    context = {
        "drawing": drawing,
        "neighbours": _with_counts(neighbours, counted, besides=found.key),
        "districts": _with_counts(districts, counted),
        "former": places.became_part_of(found.key),
    }
    return _page(request, found, context)


@require_safe
def epci(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find("epci", slug)
    if isinstance(found, HttpResponse):
        return found
    communes = list(places.communes_of(found.key))
    counted = atlas.numbers_of(communes)
    context = {
        "drawing": atlas.epci_map(found, communes, counted),
        "members": _with_counts(communes, counted),
    }
    return _page(request, found, context)


@require_safe
def departement(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find("departement", slug)
    if isinstance(found, HttpResponse):
        return found
    communes = list(places.communes_of(found.key))
    counted = atlas.numbers_of(communes)
    context = {
        "drawing": atlas.departement_map(found, communes, counted),
        "members": _with_counts(communes, counted),
        "epcis": list(places.epcis_of(found.code)),
    }
    return _page(request, found, context)


@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    found = _find("region", slug)
    if isinstance(found, HttpResponse):
        return found
    inside = list(places.departements_of(found.code))
    counted = atlas.numbers_of(inside)
    context = {
        "drawing": atlas.region_map(found, inside, counted),
        "members": _with_counts(inside, counted),
    }
    return _page(request, found, context)


def _with_counts(
    territories: Sequence[Territory], counted: atlas.Counted, *, besides: str = ""
) -> list[dict[str, Any]]:
    return [
        {"territory": one, "count": counted.of(one.key)}
        for one in territories
        if one.key != besides
    ]


def _page(request: HttpRequest, territory: Territory, more: dict[str, Any]) -> HttpResponse:
    holders = places.holders(territory)
    known = places.territories(holders)
    crumbs = [known[key] for key in reversed(holders) if key in known and key != "country:FR"]
    said = dossier(territory)
    share = territory_share(
        territory,
        department=known.get(f"departement:{territory.departement}"),
        projects=said.project_count,
        contracts=said.contract_count,
        at=said.news[0].at if said.news else None,
    )
    return render(
        request,
        "web/territory.html",
        {
            "territory": territory,
            "share": share,
            "successor": known.get(territory.successor),
            "crumbs": crumbs,
            "dossier": said,
            **more,
        },
    )

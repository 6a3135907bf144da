"""The list of communes, and the map of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contrechamp.cameras import published
from contrechamp.cameras.domain import drawing
from contrechamp.cameras.shown.communes import lines
from contrechamp.cameras.shown.maps import map_of, rows_of
from contrechamp.cameras.shown.words import sentence
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

PER_PAGE, ROWS = 50, 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("departement", "")
    chosen = places.find_territory(f"departement:{code}") if code else None
    rows = lines(chosen.code if chosen else "")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "departements": places.departements(),
        "datasets": published.datasets(),
        "total": sum(row.comparison.found for row in rows),
    }
    return render(request, "cameras/index.html", context)


@require_safe
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(slug)
    if found.slug != slug:
        return redirect("cameras:commune", found.slug, permanent=True)
    cameras = list(published.cameras_in(found.code))
    comparison = published.comparison(found.code)
    if not cameras and comparison.authorised is None:
        raise Http404
    outline = places.commune_outlines(found.departement, {found.code}).get(found.code)
    look = drawing.read_look(request.GET, drawing.whole(outline)) if outline else None
    context: dict[str, Any] = {
        "commune": found,
        "comparison": comparison,
        "says": sentence(comparison),
        "map": map_of(outline, cameras, look, found.slug) if outline and look else None,
        "page": Paginator(rows_of(cameras), ROWS).get_page(request.GET.get("page")),
        "datasets": [d for d in published.datasets() if any(c.dataset == d.pk for c in cameras)],
    }
    return render(request, "cameras/commune.html", context)


def find(slug: str) -> Territory:
    """Return the commune that an address names, or raise Http404."""
    found = places.find_by_slug("commune", slug)
    if found is None:
        raise Http404
    return found

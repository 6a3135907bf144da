"""The map of the country, with its filters and its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contrechamp.census import published
from contrechamp.places import queries as places
from contrechamp.web.queries import counts, maps


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    lines = published.project_lines()
    choices = counts.choices(lines)
    # A value that is not offered is no filter: its echo could tell what is not public.
    technology = request.GET.get("technologie", "")
    technology = technology if technology in {one.id for one in choices.technologies} else ""
    asked = request.GET.get("annee", "")
    year = next((one for one in choices.years if str(one) == asked), None)
    counted = counts.counts(lines, technology=technology, year=year)
    departements = list(places.departements())
    known = [one for one in departements if counted.of(one.key)]
    known.sort(key=lambda one: (-counted.of(one.key), one.code))
    rows = [
        {
            "territory": one,
            "count": counted.of(one.key),
            "communes": len(counted.communes.get(one.code, ())),
        }
        for one in known
    ]
    return render(
        request,
        "web/map.html",
        {
            "drawing": maps.country_map(counted),
            "rows": rows,
            "total": counted.total,
            "nationwide": counted.unplaced,
            "technologies": choices.technologies,
            "years": choices.years,
            "technology": technology,
            "year": year,
            "departements": departements,
            "regions": places.regions(),
        },
    )

"""The page of the map: drawing, legend, years and list, complete without scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from contrechamp.atlas.domain.asking import Ask
from contrechamp.atlas.domain.counting import Place, Survey, undated
from contrechamp.atlas.forms import COUNTRY, address, narrowed, read_ask
from contrechamp.atlas.queries import basemap, clients_of, survey
from contrechamp.atlas.shown import Seen, bars, chips, draw_view, key_of, legend, options, rows, see
from contrechamp.atlas.shown.counted import pick
from contrechamp.atlas.shown.offers import STATUS_WORDS
from contrechamp.atlas.shown.rows import columns, map_of_row
from contrechamp.atlas.shown.words import MEASURES, number
from contrechamp.census import published
from contrechamp.foundation.copying import localdate
from contrechamp.places import queries as places

PER_PAGE = 36
"""Rows of the list: with forty the page of the country would weigh more than it may."""
MOST_CLIENTS = 30
NOT_DRAWN = frozenset(("975", "977", "978", "984", "986", "987", "988", "989"))
MOST_YEARS = 40


@require_safe
@csp_update({"worker-src": ["'self'"]})
def page(request: HttpRequest) -> HttpResponse:
    found = survey()
    ask = read_ask(request.GET, found)
    seen = see(ask)
    context: dict[str, Any] = {
        "place": seen.here,
        "asked": ask.place,
        "is_country": seen.here.key == COUNTRY,
        "is_rate": ask.is_rate,
        "is_of_cameras": ask.is_of_cameras,
        "measure": gettext(MEASURES[ask.measure]),
        "has_zero": any(not seen.tint(key) and not seen.is_unknown(key) for key in seen.inside),
        "sentence": _sentence(seen),
        "drawing": draw_view(seen),
        "key": key_of(seen),
        "legend": legend(seen),
        "columns": columns(seen),
        "has_communes": seen.level != "commune",
        "bars": bars(seen, now=localdate().year)[-MOST_YEARS:],
        "basemap": basemap(),
        "today": localdate(),
        "page_address": request.build_absolute_uri(address(ask)),
        "elsewhere": _elsewhere(seen),
        **_list(seen, request.GET.get("page")),
        **_ways(seen),
        **_undated(seen),
        **_filters(seen, found),
    }
    return render(request, "atlas/map.html", context)


def _list(seen: Seen, asked: str | None) -> dict[str, Any]:
    """Return one page of the list: what is no number of a page is the first."""
    portion = Paginator(rows(seen), PER_PAGE).get_page(asked)

    def url(number: int) -> str:
        first = address(seen.ask)
        if number == 1:
            return f"{first}#list"
        return f"{first}{'&' if '?' in first else '?'}page={number}#list"

    return {
        "rows": [(row, map_of_row(seen, row)) for row in portion],
        "portion": portion,
        "pages": {
            "number": portion.number,
            "paginator": portion.paginator,
            "previous": url(portion.number - 1) if portion.has_previous() else "",
            "next": url(portion.number + 1) if portion.has_next() else "",
        },
    }


def _filters(seen: Seen, found: Survey) -> dict[str, Any]:
    ask, filters = seen.ask, seen.ask.filters
    kept = {
        "acteur": filters.actor,
        "projet": filters.project,
        "au": filters.year,
        "sans_date": "1" if filters.with_undated else "",
        "tri": ask.sort,
    }
    return {
        "options": options(seen),
        "statuses": [
            (value, gettext(words), value == filters.status)
            for value, words in STATUS_WORDS.items()
        ],
        "places": _places(seen, found),
        "not_drawn": [one for one in seen.inside.values() if one.code in NOT_DRAWN],
        "chips": chips(seen),
        "all_url": address(Ask(place=ask.place, measure=ask.measure)),
        "kept": [(name, value) for name, value in kept.items() if value],
        "actor": actor.name if (actor := published.find_record(filters.actor)) else "",
        "clients": clients_of(filters.actor)[:MOST_CLIENTS] if filters.actor else [],
    }


def _places(seen: Seen, found: Survey) -> list[tuple[str, list[Place]]]:
    """Return where the map can go at once: régions, départements, and the place at hand."""
    regions, departements = found.always("régions and départements", lambda: _large(found))
    groups = [
        (gettext("Régions"), regions),
        (gettext("Départements et collectivités d'outre-mer"), departements),
    ]
    if seen.ask.place not in {one.key for one in (*regions, *departements)} | {COUNTRY}:
        at_hand = seen.inside.get(seen.ask.place) or replace(seen.here, key=seen.ask.place)
        groups.insert(0, (gettext("Ici"), [at_hand]))
    return groups


def _large(found: Survey) -> tuple[list[Place], list[Place]]:
    regions = (one for one in found.places.values() if one.level == "region")
    departements = (one for one in found.places.values() if one.level == "departement")
    return (
        sorted(regions, key=lambda one: one.folded),
        sorted(departements, key=lambda one: one.code),
    )


def _ways(seen: Seen) -> dict[str, Any]:
    """Return the ways out of a view: up to what holds it, and down to its files."""
    ask = seen.ask
    above = places.ancestors(seen.here.key)[::-1]
    known = places.territories(above)
    files = {name: address(ask, f"/carte.{name}") for name in ("csv", "geojson", "json")}
    unsorted = replace(ask, sort="")
    return {
        "crumbs": [
            (
                gettext("France") if key == COUNTRY else known[key].name,
                address(replace(ask, place=key)),
            )
            for key in above
            if key in known or key == COUNTRY
        ],
        "data_query": files["json"].removeprefix("/carte.json"),
        "files": files
        | {
            "areas": address(unsorted, "/carte/zones.geojson"),
            "points": address(unsorted, "/carte/points.geojson"),
        },
    }


def _sentence(seen: Seen) -> str:
    total, filters = seen.count.total, seen.ask.filters
    words = ngettext("{count} projet publié", "{count} projets publiés", total.projects)
    said = words.format(count=number(total.projects))
    if filters.year is not None:
        said = gettext("{projects} en {year}").format(projects=said, year=filters.year)
    if total.cameras is not None:
        cameras = int(total.cameras)
        words = ngettext(
            "{projects}, {count} caméra autorisée connue",
            "{projects}, {count} caméras autorisées connues",
            cameras,
        )
        said = words.format(projects=said, count=number(cameras))
    return f"{said}."


def _elsewhere(seen: Seen) -> str:
    """Say how many projects are counted and stand nowhere on the drawing."""
    count = seen.count.elsewhere
    if not count:
        return ""
    if seen.here.key == COUNTRY:
        words = ngettext(
            "{count} projet vaut pour tout le pays ou pour plus d'un département, et n'est pas sur "
            "le dessin.",
            "{count} projets valent pour tout le pays ou pour plus d'un département, et ne sont "
            "pas sur le dessin.",
            count,
        )
    else:
        words = ngettext(
            "{count} projet vaut pour tout le territoire et n'est pas sur le dessin : sa page le "
            "montre.",
            "{count} projets valent pour tout le territoire et ne sont pas sur le dessin : sa page "
            "les montre.",
            count,
        )
    return words.format(count=number(count))


def _undated(seen: Seen) -> dict[str, str]:
    """Say how many projects have no date, and offer the switch that counts them in a year."""
    filters = seen.ask.filters
    every = replace(filters, year=None, with_undated=False)
    here, found = seen.here.key, seen.survey
    count = undated(pick(found, every, here))
    if not count:
        return {}
    words = ngettext("{count} projet n'a pas de date.", "{count} projets n'ont pas de date.", count)
    said = {"undated": words.format(count=number(count))}
    if filters.year is not None:
        said["undated_url"] = address(narrowed(seen.ask, with_undated=not filters.with_undated))
        said["undated_words"] = (
            gettext("Ne pas les compter") if filters.with_undated else gettext("Les compter aussi")
        )
    return said

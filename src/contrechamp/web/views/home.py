"""The first page, and the way in for four kinds of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from contrechamp.atlas import queries as atlas
from contrechamp.census import published
from contrechamp.places import queries as places
from contrechamp.web.queries import news

from . import sources

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

NEWS = 8


@dataclass(frozen=True, slots=True)
class Door:
    """One way in."""

    slug: str
    who: Promise
    what: Promise


DOORS = (
    Door(
        "habitant",
        _("Habitant·e"),
        _("Savoir ce qui filme et calcule chez vous, et demander ce qu'on ne vous dit pas."),
    ),
    Door(
        "journaliste",
        _("Journaliste"),
        _("Qui achète quoi, à qui : chercher, vérifier le passage, citer."),
    ),
    Door("source", _("Source"), _("Vous savez quelque chose : à lire avant d'écrire à quiconque.")),
    Door("juriste", _("Juriste"), _("Des actes datés, leur empreinte, et ce qu'ils établissent.")),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    figures = published.figures()
    return render(
        request,
        "web/home.html",
        {
            "figures": figures if any(figure.value for figure in figures) else [],
            "drawing": atlas.country_map(atlas.numbers_by_departement()),
            "news": news.newest(NEWS),
            "doors": DOORS,
        },
    )


@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = next((one for one in DOORS if one.slug == slug), None)
    if chosen is None:
        raise Http404
    others = [one for one in DOORS if one is not chosen]
    context = {"door": chosen, "others": others, "has_door": bool(sources.door())}
    return render(request, f"web/doors/{slug}.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    edition = {
        "communes": places.communes_of("country:FR").count(),
        "epcis": places.everything().filter(kind="epci").count(),
    }
    return render(request, "web/about.html", {"figures": published.figures(), "edition": edition})


def typed_towns(request: HttpRequest) -> tuple[str, Sequence[Territory]]:
    """Return what somebody typed, and the territories that it may mean."""
    typed = request.GET.get("q", "").replace("\x00", "")[:120].strip()
    return typed, places.search_territories(typed, 30) if typed else []


@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """Find a territory by what somebody typed; the only one is opened at once."""
    typed, found = typed_towns(request)
    if len(found) == 1:
        return redirect(found[0])
    departements = places.territories(f"departement:{one.departement}" for one in found)
    rows = [
        {"territory": one, "departement": departements.get(f"departement:{one.departement}", "")}
        for one in found
    ]
    query = f"?{urlencode({'q': typed})}" if typed else ""
    context = {"q": typed, "found": rows, "data_query": query}
    return render(request, "web/towns.html", context)

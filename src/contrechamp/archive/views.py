"""For members: what is kept of outside pages, and which are gone."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contrechamp.foundation.access import members_only

from . import queries

PER_PAGE = 50


@require_safe
@members_only
def sources(request: HttpRequest) -> HttpResponse:
    """List the copies, those of dead pages first."""
    dead_only = "mortes" in request.GET
    found = queries.visible_to(request.user, dead_only=dead_only)
    portion = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    is_on = settings.CONTRECHAMP.archive_sources
    return render(
        request,
        "archive/sources.html",
        {"portion": portion, "dead_only": dead_only, "is_on": is_on},
    )


@require_safe
@members_only
def source(request: HttpRequest, evidence: str) -> HttpResponse:
    """Show the text of a copy, to compare it with what is cited. The page itself is not shown."""
    found = queries.find_visible(evidence, request.user)
    if found is None:
        raise Http404
    return render(request, "archive/source.html", {"copy": found})

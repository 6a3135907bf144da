"""The reference that people read, made from the same document that programs read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contrechamp.api.domain.reference import sections, shapes
from contrechamp.api.shown.census import BASE

from . import interface


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show every operation, what it takes and what it answers."""
    document = interface.document()
    context = {
        "about": document["info"]["description"],
        "version": document["info"]["version"],
        "sections": sections(document),
        "base": BASE,
        "limits": settings.CONTRECHAMP,
        "site": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "api/reference.html", context)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Show the form of every answer, on a page of its own: together they would be too heavy."""
    return render(request, "api/shapes.html", {"shapes": shapes(interface.document())})

"""The page of one request, for everybody and for those who see to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contrechamp.foi.queries.access import visible_to
from contrechamp.foi.queries.page import page_of


@require_safe
def request(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(visible_to(request.user), pk=key)
    page = page_of(found, request.user, now=timezone.now())
    return render(request, "foi/request.html", {"page": page, "asked": found})

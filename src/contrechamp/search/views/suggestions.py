"""What may be meant, while somebody types. Nothing that was typed is kept or sent back."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from contrechamp.search.queries import suggest

KEEP_S = 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    found = suggest(request.GET.get("q", "").replace("\0", ""))
    response = JsonResponse(
        {"suggestions": [asdict(each) for each in found]},
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = f"private, max-age={KEEP_S}"
    return response

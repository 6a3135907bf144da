"""A campaign to take away: its bodies and how far each is, as CSV and JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contrechamp.foi.queries import campaigns
from contrechamp.foi.queries.campaigns import Line
from contrechamp.foundation.table import csv_lines

from .campaigns import find

COLUMNS = (
    "body",
    "name",
    "siren",
    "insee",
    "departement",
    "state",
    "asked_on",
    "days_to_answer",
    "request",
)


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    rows = _rows(request, slug)
    lines = csv_lines(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    return JsonResponse(
        {
            "title": found.title,
            "url": reverse("foi:campaign", args=[found.slug]),
            "items": [each.get("wording", "") for each in found.items],
            "bodies": _rows(request, slug),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _rows(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    page = campaigns.page_of(find(request, slug), now=timezone.now())
    return [_row(line) for line in page.lines]


def _row(line: Line) -> dict[str, Any]:
    asked = line.request
    return {
        "body": line.body.pk,
        "name": line.body.name,
        "siren": line.body.siren,
        "insee": line.body.insee,
        "departement": line.body.departement,
        "state": line.state or "",
        "asked_on": asked.sent_on.isoformat() if asked and asked.sent_on else "",
        "days_to_answer": asked.days_to_answer if asked else None,
        "request": reverse("foi:request", args=[asked.pk]) if asked else "",
    }

"""The page of one action, for everybody and for its team; its data and its calendar."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contrechamp.cases.domain.calendar import entries
from contrechamp.cases.models import Action
from contrechamp.cases.queries.access import public, role_of, visible_to
from contrechamp.cases.queries.page import Page, dated, page_of
from contrechamp.cases.shown.words import fact_words, said
from contrechamp.kernel.icalendar import calendar

from .lists import as_data


@require_safe
def action(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(visible_to(request.user), pk=key)
    page = page_of(found, request.user, now=timezone.now())
    return render(request, "cases/action.html", {"page": page, "action": found})


@require_safe
def action_json(request: HttpRequest, key: str) -> HttpResponse:
    """What everybody may read of an action, as data: nothing of what its team alone sees."""
    found = get_object_or_404(public(), pk=key)
    page = page_of(found, AnonymousUser(), now=timezone.now())
    return JsonResponse(_as_data(found, page, f"{request.scheme}://{request.get_host()}"))


def _as_data(found: Action, page: Page, site: str) -> dict[str, object]:
    return as_data(found, site) | {
        "about": found.about,
        "next": said(page.step.sentence, page.step.values),
        "facts": [
            {
                "kind": line.row.kind,
                "first": line.row.first.isoformat(),
                "last": line.row.last.isoformat(),
                "text": fact_words(line.row.kind, line.row.values),
                "proof": line.row.proof,
            }
            for line in page.facts
        ],
        "deadlines": [item.as_json() for item in page.dates],
        "instances": [
            {
                "court": each.court,
                "number": each.number,
                "decided_on": each.decided_on.isoformat() if each.decided_on else None,
                "ecli": each.ecli,
                "result": each.result,
                "source": each.source,
            }
            for each in page.instances
        ],
        "parties": [{"side": p.side, "name": p.name, "number": p.number} for p in page.parties],
    }


@require_safe
def action_ics(request: HttpRequest, key: str) -> HttpResponseBase:
    """The calendar of one action, as public as it is."""
    found = get_object_or_404(visible_to(request.user), pk=key)
    is_team = bool(role_of(request.user, found))
    one = dated(found, site=request.build_absolute_uri("/").rstrip("/"), is_team=is_team)
    events = entries(
        [one], today=timezone.localdate(), say=lambda text, /, **values: said(text, values)
    )
    host = request.get_host().partition(":")[0]
    parts = calendar(events, host=host, name=f"{found.title} — Contrechamp")
    answer = StreamingHttpResponse(parts, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{found.pk}.ics"'
    return answer

"""A record as those who work on it see it: facts of all states, names, numbers, history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from contrechamp.census import published, queries, services
from contrechamp.census.forms.entities import SCHEMES, IdentifierForm, NameForm
from contrechamp.census.models import Entity
from contrechamp.census.shown import working
from contrechamp.census.shown.histories import working_changes
from contrechamp.foundation.access import editors_only, members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .finding import entity_or_404, reader_of

PER_PAGE = 100


@members_only
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, entity: str) -> HttpResponse:
    found = entity_or_404(request, entity)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    name_form = NameForm(request.POST if act == "name" else None)
    identifier_form = IdentifierForm(request.POST if act == "identifier" else None)
    why = ""
    form: NameForm | IdentifierForm | None = None
    if act in {"name", "identifier"}:
        form = name_form if act == "name" else identifier_form
    if form is not None and form.is_valid():
        try:
            _write(request, found, act, form.cleaned_data)
        except Refused as refusal:
            why = say(refusal)
        else:
            return redirect("census:desk", found.pk)
    return _show(request, found, name_form, identifier_form, form, why)


def _write(request: HttpRequest, entity: Entity, act: str, given: dict[str, Any]) -> None:
    actor, now = reader_of(request), timezone.now()
    if act == "identifier":
        services.add_identifier(
            entity, scheme=given["scheme"], value=given["value"], actor=actor, now=now
        )
    elif given["role"] == "MAIN":
        services.rename_entity(entity, name=given["text"], actor=actor, now=now)
    else:
        services.add_name(entity, text=given["text"], role=given["role"], actor=actor, now=now)


def _show(
    request: HttpRequest,
    entity: Entity,
    name_form: NameForm,
    identifier_form: IdentifierForm,
    form: NameForm | IdentifierForm | None,
    why: str,
) -> HttpResponse:
    reader = reader_of(request)
    text = request.GET.get("a", "")
    start = int(text) if text.isdecimal() and len(text) < 7 else 0
    claims = list(
        queries.claims_visible_to(reader)
        .filter(subject=entity)
        .select_related("subject", "target", "made_by")
        .prefetch_related("evidence__checks__by")
        .order_by("property", "made_at", "pk")[start : start + PER_PAGE + 1]
    )
    labels = dict(SCHEMES)
    record = published.find_record(entity.pk)
    return render(
        request,
        "census/desk.html",
        {
            "entity": {
                "id": entity.pk,
                "name": entity.name,
                "type_label": working.type_label(entity.type),
                "state_label": entity.get_state_display(),
                "is_held": entity.person_hold,
                "public_url": published.record_url(record.kind, entity.pk) if record else "",
            },
            "claims": working.lines_of(claims[:PER_PAGE], reader),
            "names": entity.names.order_by("role", "text"),
            "identifiers": [
                {"label": labels.get(row.scheme, row.scheme), "value": row.value}
                for row in entity.identifiers.order_by("scheme", "value")
            ],
            "name_form": name_form,
            "identifier_form": identifier_form,
            "form": form,
            "why": why,
            "next_url": f"?a={start + PER_PAGE}" if len(claims) > PER_PAGE else "",
            "first_url": reverse("census:desk", args=[entity.pk]) if start else "",
        },
    )


@members_only
@require_GET
def history(request: HttpRequest, entity: str) -> HttpResponse:
    """Show all that was done to a record, drafts included."""
    found = entity_or_404(request, entity)
    reader = reader_of(request)
    return render(
        request,
        "census/history.html",
        {
            "page": {
                "name": found.name,
                "url": reverse("census:desk", args=[found.pk]),
                "atom_url": "",
                "changes": working_changes(
                    queries.history_of(found.pk), may_revert=reader.is_editor
                ),
            }
        },
    )


@editors_only
@require_http_methods(["GET", "POST"])
def revert(request: HttpRequest, change: str) -> HttpResponse:
    """Put back what a change replaced, as a new change."""
    found = queries.find_change(change)
    if found is None:
        raise Http404
    why = ""
    if request.method == "POST":
        try:
            services.revert(
                found.pk,
                actor=reader_of(request),
                now=timezone.now(),
                reason=request.POST.get("reason", "")[:2000],
            )
        except Refused as refusal:
            why = say(refusal)
        else:
            first = found.lines.order_by("pk").first()
            return redirect("census:desk-history", first.entity) if first else redirect("/")
    return render(
        request,
        "census/revert.html",
        {"changes": working_changes([found], may_revert=False), "why": why},
    )

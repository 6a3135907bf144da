"""The page of one public fact: both ends, every source, its history, how to cite it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.census.models import Entity
from contrechamp.census.shown.evidence import with_crop
from contrechamp.census.shown.facts import bounds_text
from contrechamp.census.shown.histories import public_changes
from contrechamp.census.shown.public import fact_of, titles_of
from contrechamp.census.shown.shares import fact_share

from . import data


def fact_or_404(claim: str) -> published.Fact:
    """Return the public fact: hidden and never been answer alike."""
    found = published.find_fact(claim)
    if found is None:
        raise Http404
    return found


@require_safe
def fact(request: HttpRequest, claim: str) -> HttpResponse:
    found = fact_or_404(claim)
    shown = fact_of(found, titles_of([found]))
    evidence = [with_crop(one) for one in shown.evidence]
    page: dict[str, Any] = {
        "id": found.id,
        "fact": shown,
        "sentence": shown.sentence,
        "subject_name": found.subject.name,
        "subject_url": found.subject.url,
        "subject_kind_label": str(Entity.Kind(found.subject.kind).label).capitalize(),
        "as_alleged": shown.status == "alleged",
        "is_read_alone": found.is_read_alone,
        "bounds": bounds_text(found.earliest, found.latest) if shown.dates else "",
        "supports": [one for one in evidence if one.stance == "SUPPORTS"],
        "against": [one for one in evidence if one.is_against],
        "mentions": [one for one in evidence if one.is_mention],
        "changes": public_changes(published.changes_of_fact(found.id), {found.id: found.property}),
        "url": found.url,
        "json_url": f"{found.url}.json",
        "atom_url": f"{found.url}.atom",
        "propose_url": reverse("census:propose-fact", args=[found.id]),
    }
    return render(request, "census/fact.html", {"page": page, "share": fact_share(found, shown)})


@require_safe
@conditional_page
def as_json(request: HttpRequest, claim: str) -> HttpResponse:
    return data.answer(data.fact_as_data(fact_or_404(claim)))


@require_safe
def history(request: HttpRequest, claim: str) -> HttpResponse:
    found = fact_or_404(claim)
    shown = fact_of(found, {})
    rows = published.changes_of_fact(found.id)
    page = {
        "id": found.id,
        "name": shown.sentence,
        "url": found.url,
        "atom_url": f"{found.url}.atom",
        "changes": public_changes(rows, {found.id: found.property}),
    }
    return render(request, "census/history.html", {"page": page})

"""Pages of public records, and of their history. They read `census.published` alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.census.shown.histories import public_changes, versions
from contrechamp.census.shown.records import PER_PART, page_of, part_of
from contrechamp.census.shown.shares import record_share
from contrechamp.places import queries as places

from . import data

PER_PAGE = 100


def record_or_answer(kind: str, entity: str, suffix: str = "") -> published.Record | HttpResponse:
    """Return the record, or the way to it: merged (301), of another kind, or nowhere (404)."""
    found = published.find_record(entity)
    if found is None:
        now = published.resolve_redirect(entity)
        if now is None:
            raise Http404
        found = published.get_record(now)
        return HttpResponsePermanentRedirect(f"{found.url}{suffix}")
    if found.kind != kind:
        return HttpResponsePermanentRedirect(f"{found.url}{suffix}")
    return found


@require_safe
def record(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    found = record_or_answer(kind, entity)
    if isinstance(found, HttpResponse):
        return found
    if found.territory and (where := territory_url(found.territory)):
        return redirect(where)
    if wanted := request.GET.get("partie", ""):
        return part(request, found, wanted[:40])
    page = page_of(found, whole="tout" in request.GET)
    return render(request, "census/record.html", {"page": page, "share": record_share(found, page)})


def part(request: HttpRequest, record: published.Record, wanted: str) -> HttpResponse:
    """Show one part of a record that has thousands of facts, a hundred at a time."""
    text = request.GET.get("a", "")
    start = int(text) if text.isdecimal() and len(text) < 8 else 0
    found = part_of(record, wanted, start=start)
    if found is None:
        return redirect(record.url)
    page, total = found
    share = record_share(record, page)
    here = f"{record.url}?partie={wanted}"
    context = {
        "page": page,
        "share": share,
        "part": {
            "first": min(start + 1, total),
            "last": min(start + PER_PART, total),
            "total": total,
            "earlier_url": f"{here}&a={max(start - PER_PART, 0)}" if start else "",
            "later_url": f"{here}&a={start + PER_PART}" if start + PER_PART < total else "",
        },
    }
    return render(request, "census/record.html", context)


def territory_url(key: str) -> str:
    """Return the page of a territory, or an empty text where there is none."""
    territory = places.find_territory(key)
    if territory is None:
        return ""
    try:
        return str(territory.get_absolute_url())
    except (NoReverseMatch, AttributeError):
        return ""


@require_safe
def history(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    found = record_or_answer(kind, entity, "/historique")
    if isinstance(found, HttpResponse):
        return found
    before = request.GET.get("avant") or None
    rows = published.newest(PER_PAGE + 1, before, entity=found.id)
    facts = published.find_facts([row.claim for row in rows if row.claim])
    page = {
        "desk_id": found.id,
        "name": found.name,
        "url": found.url,
        "atom_url": f"{found.url}.atom",
        "versions": versions(
            public_changes(rows[:PER_PAGE], {key: fact.property for key, fact in facts.items()}),
            found.name,
        ),
        "next": rows[PER_PAGE - 1].cursor if len(rows) > PER_PAGE else "",
        "first_url": request.path if before else "",
    }
    return render(request, "census/history.html", {"page": page})


@require_safe
@conditional_page
def as_json(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    found = record_or_answer(kind, entity, ".json")
    if isinstance(found, HttpResponse):
        return found
    return data.answer(data.record_as_data(found))

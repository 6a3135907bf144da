"""Before a document is public: which passages name private persons, and what is done with each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contrechamp.documents import queries, services
from contrechamp.documents.forms import DecisionForm, PointForm, keeping_reasons, pointed_kinds
from contrechamp.documents.models import Version
from contrechamp.foundation.access import editors_only, members_only

from .access import by_hash, member


@require_safe
@members_only
@by_hash
def screening(request: HttpRequest, version: Version) -> HttpResponse:
    """Show what waits for a decision, by kind and by page."""
    document = version.document
    return render(
        request,
        "documents/screening.html",
        {
            "version": version,
            "document": document,
            "counts": queries.screening.counts(document),
            "pages": queries.screening.pages_of(document),
            "hidden": queries.screening.hidden_text(document),
            "screened": queries.screening.screened_at(document),
            "reasons": keeping_reasons(),
        },
    )


@require_safe
@members_only
@by_hash
def screened_page(request: HttpRequest, version: Version, number: int) -> HttpResponse:
    """Show one page with each passage marked in its picture and its words."""
    page = queries.find_page(version.file_id, number)
    if page is None:
        raise Http404
    rows = queries.screening.findings(version.document).filter(file=version.file_id, page=number)
    return render(
        request,
        "documents/screening_page.html",
        {
            "version": version,
            "page": page,
            "found": queries.screening.shown(list(rows)),
            "reasons": keeping_reasons(),
            "kinds": pointed_kinds(),
            "next": queries.screening.next_page(version.document, version.file_id, number),
        },
    )


@require_POST
@members_only
@by_hash
def screen(request: HttpRequest, version: Version) -> HttpResponse:
    """Look for personal data and badly made redactions now."""
    services.prepare_publication(version.document, now=timezone.now())
    return redirect("documents:screening", key=version.file_id)


@require_POST
@members_only
@by_hash
def decide(request: HttpRequest, version: Version) -> HttpResponse:
    """Decide of one passage or of a whole kind, or take a decision back."""
    form = DecisionForm(request.POST)
    form.check()
    who: dict[str, Any] = {"actor": member(request), "now": timezone.now()}
    document, given = version.document, form.fields_for_service()
    if form.cleaned_data["undo"]:
        services.take_back(document, [form.cleaned_data["finding"] or 0], **who)
    elif kind := form.cleaned_data["kind"]:
        services.decide_kind(document, kind, **given, **who)
    else:
        services.decide(document, [form.cleaned_data["finding"] or 0], **given, **who)
    return redirect(_back(version, form.cleaned_data["page"], form.cleaned_data["finding"]))


@require_POST
@members_only
@by_hash
def point(request: HttpRequest, version: Version, number: int) -> HttpResponse:
    """Note what no detector sees: a signature, a face."""
    form = PointForm(request.POST)
    form.check()
    services.point_at(
        version.document,
        version.file_id,
        number,
        kind=form.cleaned_data["kind"],
        rect=form.rect(),
        actor=member(request),
        now=timezone.now(),
    )
    return redirect(_back(version, number, None))


@require_POST
@editors_only
@by_hash
def keep_hidden(request: HttpRequest, version: Version) -> HttpResponse:
    """Publish a badly redacted file as it is, with the reason; an empty reason takes it back."""
    services.decide_hidden_text(
        version.document,
        request.POST.get("file", "")[:64],
        reason=request.POST.get("reason", "")[:1000],
        actor=member(request),
        now=timezone.now(),
    )
    return redirect("documents:screening", key=version.file_id)


def _back(version: Version, page: int | None, finding: int | None) -> str:
    if page is None:
        return reverse("documents:screening", args=[version.file_id])
    address = reverse("documents:screened-page", args=[version.file_id, page])
    return f"{address}#f{finding}" if finding else address

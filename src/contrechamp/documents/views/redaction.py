"""Public copies from the page, without scripts: propose, look, make, compare, confirm."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.documents import queries, services
from contrechamp.documents.domain.redaction.plan import Keep
from contrechamp.documents.forms import BOX_ROWS, RedactForm, reason_choices
from contrechamp.documents.models import Document, Redaction
from contrechamp.documents.queries import reading
from contrechamp.foundation.access import editors_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, gettext_noop

from .access import find_document, member

SHOWN = 300
"""Occurrences of one page of the preview."""
MOST_PAGES = 40
"""Pages shown side by side."""
LEAKS = gettext_noop("Le test de fuite a échoué : rien n'a été publié.")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def redact(request: HttpRequest, document_id: str) -> HttpResponse:
    """Take down what a public copy of a document hides."""
    document = find_document(request, document_id)
    marked = queries.screening.passages_to_redact(document)
    form = RedactForm(request.POST or None, marked=len(marked))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.propose_copy(
                document,
                form.plan(),
                actor=member(request),
                now=timezone.now(),
                is_screened=bool(form.cleaned_data.get("screened")),
            )
            return redirect("documents:redaction", document_id, made.pk)
        except Refused as refused:
            form.add_error(None, say(refused))
    rows = [_row(request, number) for number in range(BOX_ROWS)]
    return render(
        request,
        "documents/redact.html",
        {
            "document": document,
            "original": services.original_of(document),
            "form": form,
            "rows": rows,
            "reasons": reason_choices(),
            "copies": queries.redactions_of(document),
        },
        status=400 if form.errors else 200,
    )


def _row(request: HttpRequest, number: int) -> dict[str, Any]:
    names = ("page", "left", "top", "right", "bottom", "reason")
    return {"number": number} | {
        name: request.POST.get(f"{name}-{number}", "")[:20] for name in names
    }


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def redaction(request: HttpRequest, document_id: str, redaction_id: str) -> HttpResponse:
    """Show what will be hidden, or both truths side by side; do what is asked."""
    document = find_document(request, document_id)
    found = _redaction(document, redaction_id)
    error = ""
    if request.method == "POST":
        try:
            error = ACTS[_act(request)](request, found)
        except Refused as refused:
            error = say(refused)
        if not error:
            return _next(document, found)
        found = _redaction(document, redaction_id)
    context = {"document": document, "redaction": found, "error": error} | _shown(found)
    return render(request, "documents/redaction.html", context, status=409 if error else 200)


def _act(request: HttpRequest) -> str:
    return next((name for name in ACTS if name in request.POST), "keep")


def _next(document: Document, found: Redaction) -> HttpResponse:
    found.refresh_from_db()
    if found.state == Redaction.State.DROPPED:
        return redirect("documents:redact", document.pk)
    if found.state == Redaction.State.PUBLIC:
        return redirect("documents:document", found.copy_id)
    return redirect("documents:redaction", document.pk, found.pk)


def _shown(found: Redaction) -> dict[str, Any]:
    if found.state == Redaction.State.PROPOSED:
        return _preview(found)
    boxes = found.boxes.order_by("page", "pk")
    pages = sorted(set(boxes.values_list("page", flat=True)))
    return {"boxes": boxes, "pages": pages[:MOST_PAGES], "pages_left": len(pages) - MOST_PAGES}


def _preview(found: Redaction) -> dict[str, Any]:
    try:
        copy = services.look_at(found)
    except Refused as refused:
        return {"cannot": say(refused)}
    reasons = dict(reason_choices())
    plan_terms = services.plan_of(found).terms
    rows = [
        {
            "number": number,
            "occurrence": each,
            "reason": reasons.get(plan_terms[each.index].reason, ""),
        }
        for number, each in enumerate(copy.found.occurrences[:SHOWN])
    ]
    return {
        "copy": copy,
        "rows": rows,
        "boxes": [box for box in copy.found.boxes if box.source != "term"],
        "more": max(len(copy.found.occurrences) - SHOWN, 0),
    }


def _keep(request: HttpRequest, found: Redaction) -> str:
    """Let what was unticked stand."""
    copy = services.look_at(found)
    ticked = set(request.POST.getlist("hide"))
    shown = int(request.POST.get("shown", "0")) if request.POST.get("shown", "").isdecimal() else 0
    kept = [
        Keep(each.page, rect)
        for number, each in enumerate(copy.found.occurrences[:shown])
        if str(number) not in ticked
        for rect in each.rects
    ]
    services.keep_some(found, kept, actor=member(request))
    return ""


def _make(request: HttpRequest, found: Redaction) -> str:
    _keep(request, found)
    found.refresh_from_db()
    copy = services.make_public_copy(
        found, actor=member(request), now=timezone.now(), is_decided="decided" in request.POST
    )
    return "" if copy.passed else gettext(LEAKS)


def _confirm(request: HttpRequest, found: Redaction) -> str:
    services.confirm_copy(found, reviewer=member(request), now=timezone.now())
    return ""


def _drop(request: HttpRequest, found: Redaction) -> str:
    services.drop_copy(found, actor=member(request), now=timezone.now())
    return ""


ACTS = {"make": _make, "confirm": _confirm, "drop": _drop, "keep": _keep}


@require_safe
@editors_only
def picture(request: HttpRequest, document_id: str, redaction_id: str, number: int) -> HttpResponse:
    """Draw a page of the sealed original or of the copy; it is never kept on disk."""
    found = _redaction(find_document(request, document_id), redaction_id)
    file = found.original if request.GET.get("de") == "original" else found.copy
    page = queries.find_page(file.pk, number) if file else None
    if page is None or not page.has_image:
        raise Http404
    body = reading.picture_of(page, reading.WIDTHS[0], keep=False)
    response = HttpResponse(body, content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    return response


def _redaction(document: Document, redaction_id: str) -> Redaction:
    found = queries.find_redaction(redaction_id, document)
    if found is None:
        raise Http404
    return found

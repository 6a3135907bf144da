"""What members do with documents: describe them, hand them in, publish, withdraw."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.documents import services
from contrechamp.documents.forms import EditForm, ReasonForm, described
from contrechamp.documents.models import Document
from contrechamp.documents.queries import cards
from contrechamp.foundation.access import editors_only, members_only
from contrechamp.kernel.errors import Refused, gettext_noop

from .access import find_document, member


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, document_id: str) -> HttpResponse:
    """Change what is said of a document; when two did at once, show both texts."""
    document = find_document(request, document_id)
    form = EditForm(request.POST or None, initial=described(document))
    conflict: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.describe_document(
                document,
                expected_version=form.cleaned_data["expected_version"],
                actor=member(request),
                now=timezone.now(),
                **form.fields_for_service(),
            )
        except services.Conflict as other:
            conflict = _differences(form, other.current)
            form = _again(request, other.current)
        else:
            return _back(document, "described")
    return render(
        request,
        "documents/edit.html",
        {"document": document, "form": form, "conflict": conflict},
        status=409 if conflict else 200,
    )


def _differences(form: EditForm, current: Document) -> list[tuple[str, str, str]]:
    """Return label, our text and the other's for each field that both do not say alike."""
    theirs = described(current)
    rows: list[tuple[str, str, str]] = []
    for field in form:
        if field.name == "expected_version":
            continue
        ours, other = str(field.value() or ""), str(theirs[field.name] or "")
        if ours != other:
            rows.append((str(field.label), ours, other))
    return rows


def _again(request: HttpRequest, current: Document) -> EditForm:
    """Return the form with what the person wrote, ready to be saved over the other's text."""
    typed = request.POST.copy()
    typed["expected_version"] = str(current.version)
    return EditForm(typed)


@require_POST
@members_only
def submit(request: HttpRequest, document_id: str) -> HttpResponse:
    """Hand a draft to a second person."""
    document = find_document(request, document_id)
    services.submit_document(document, actor=member(request), now=timezone.now())
    return _back(document, "submitted")


@require_POST
@editors_only
def publish(request: HttpRequest, document_id: str) -> HttpResponse:
    """Make a document public."""
    document = find_document(request, document_id)
    services.publish_document(document, reviewer=member(request), now=timezone.now())
    return _back(document, "published")


@require_POST
@editors_only
def give_back(request: HttpRequest, document_id: str) -> HttpResponse:
    """Return a document to its author with the reason."""
    document = find_document(request, document_id)
    services.return_document(
        document, reviewer=member(request), now=timezone.now(), reason=_reason(request)
    )
    return _back(document, "returned")


@require_POST
@editors_only
def withdraw(request: HttpRequest, document_id: str) -> HttpResponse:
    """Take a document away from the public; its address says why."""
    document = find_document(request, document_id)
    services.withdraw_document(
        document, actor=member(request), now=timezone.now(), reason=_reason(request)
    )
    return _back(document, "withdrawn")


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext_noop("Dites pourquoi, en une phrase."))
    reason: str = form.cleaned_data["reason"]
    return reason


def _back(document: Document, done: str) -> HttpResponse:
    """Return to the document's card, with a word of what was done."""
    versions = cards.newest_versions([document])
    if not versions:
        return redirect("documents:documents")
    return redirect(f"{reverse('documents:document', args=[versions[0].file_id])}?fait={done}")


__all__ = ["edit", "give_back", "publish", "submit", "withdraw"]

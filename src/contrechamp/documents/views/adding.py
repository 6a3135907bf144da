"""Bringing documents in from a form: many files or one ZIP, and what became of each."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.documents import services
from contrechamp.documents.forms import AddForm, BatchForm
from contrechamp.documents.models import Batch
from contrechamp.documents.queries import cards, lists
from contrechamp.foundation.access import members_only
from contrechamp.foundation.landing import arrivals, land
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .access import member


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add(request: HttpRequest) -> HttpResponse:
    """Take files in, then show what became of each."""
    choices = _collections(request)
    if request.method != "POST":
        return _form(request, AddForm(collections=choices))
    form = AddForm(request.POST, request.FILES, collections=choices)
    if not form.is_valid():
        return _form(request, form, status=400)
    folder = Path(mkdtemp(dir=arrivals(), prefix="new-"))
    try:
        names = dict(
            land(each, folder / str(n)) for n, each in enumerate(form.cleaned_data["files"])
        )
        batch_id = services.add_uploads(
            names, actor=member(request), now=timezone.now(), **form.fields_for_service()
        )
    except Refused as refused:
        form.add_error(None, say(refused))
        return _form(request, form, status=refused.status)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return redirect("documents:batch", batch_id=batch_id)


def _form(request: HttpRequest, form: AddForm, status: int = 200) -> HttpResponse:
    mine = lists.batches_of(member(request))[:5]
    limits = settings.CONTRECHAMP
    return render(
        request,
        "documents/add.html",
        {"form": form, "batches": mine, "limits": limits},
        status=status,
    )


def _collections(request: HttpRequest) -> list[tuple[str, str]]:
    return list(cards.collections(request.user).order_by("title").values_list("slug", "title"))


@require_safe
@members_only
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Show what became of each file of an arrival, and how far recognition is."""
    found = _batch(request, batch_id)
    form = BatchForm(collections=_collections(request))
    return render(request, "documents/batch.html", _shown(found) | {"form": form})


def _shown(found: Batch) -> dict[str, Any]:
    items = lists.batch_items(found)
    return {"batch": found, "files": items, "progress": lists.batch_progress(found)}


@require_POST
@members_only
def change_batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Say the same of all documents of an arrival, hand them all in, or read again what failed."""
    found = _batch(request, batch_id)
    if "again" in request.POST:
        services.read_again(lists.batch_files(found))
        return redirect("documents:batch", batch_id=batch_id)
    if "submit" in request.POST:
        services.submit_all(
            lists.batch_documents(found, member(request)), actor=member(request), now=timezone.now()
        )
        return redirect("documents:batch", batch_id=batch_id)
    form = BatchForm(request.POST, collections=_collections(request))
    if not form.is_valid():
        return render(request, "documents/batch.html", _shown(found) | {"form": form}, status=400)
    collection = cards.collections(request.user).filter(slug=form.cleaned_data["collection"])
    services.describe_all(
        lists.batch_documents(found, member(request)),
        collection=collection.first(),
        actor=member(request),
        now=timezone.now(),
        **form.fields_for_service(),
    )
    return redirect("documents:batch", batch_id=batch_id)


def _batch(request: HttpRequest, batch_id: str) -> Batch:
    found = lists.find_batch(batch_id, request.user)
    if found is None:
        raise Http404
    return found

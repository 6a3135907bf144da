"""Bundles of an action: asked for, waited for, taken. For its team alone, public or not."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.cases import services
from contrechamp.cases.models import Bundle
from contrechamp.cases.queries.access import mine
from contrechamp.cases.services.bundling import zip_of
from contrechamp.cases.views.checks import checks_of, why_failed
from contrechamp.foundation.access import members_only
from contrechamp.kernel.errors import Refused

from .exhibits import refused, user_of

ZIPS = {"depot": "depot", "tout": ""}
PDFS = {"recueil": "recueil.pdf", "inventaire": "inventaire-interne.pdf"}
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def bundles(request: HttpRequest, key: str) -> HttpResponse:
    """The bundles that were made; ask for one."""
    action = get_object_or_404(mine(user_of(request)), pk=key)
    now = timezone.now()
    if request.method == "POST":
        why = request.POST.get("motif", "").strip()[:300]
        try:
            row = services.want_bundle(action, actor=user_of(request), now=now, why=why)
        except Refused as no:
            return refused(request, action, no)
        return redirect("cases:bundle", action.pk, row.pk)
    context = {
        "action": action,
        "rows": action.bundles.select_related("asked_by").order_by("-asked_at", "-pk")[:SHOWN],
        "checks": checks_of(action, user_of(request), now=now),
    }
    return render(request, "cases/bundles.html", context)


@require_safe
@members_only
@never_cache
def bundle(request: HttpRequest, key: str, bundle: str) -> HttpResponse:
    """How far one bundle is; its files once it is made."""
    action = get_object_or_404(mine(user_of(request)), pk=key)
    row = get_object_or_404(action.bundles.select_related("asked_by"), pk=bundle)
    context = {
        "action": action,
        "row": row,
        "progress": services.progress_of(row),
        "why": why_failed(row),
        "is_waiting": row.state in {Bundle.State.WAITING, Bundle.State.RUNNING},
    }
    return render(request, "cases/bundle.html", context)


@require_safe
@members_only
@never_cache
def bundle_file(request: HttpRequest, key: str, bundle: str, form: str) -> HttpResponse:
    """One file of a bundle that is made."""
    action = get_object_or_404(mine(user_of(request)), pk=key)
    row = get_object_or_404(action.bundles, pk=bundle, state=Bundle.State.DONE)
    folder = services.folder_of(row)
    if form not in ZIPS | PDFS or not folder.is_dir():
        raise Http404
    services.note_taken(row, now=timezone.now())
    return cast("HttpResponse", _given(folder, form, f"{action.pk}-{form}"))


def _given(folder: Path, form: str, name: str) -> HttpResponseBase:
    if form in PDFS:
        path = folder / PDFS[form]
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.pdf")
    answer = StreamingHttpResponse(zip_of(folder / ZIPS[form]), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer

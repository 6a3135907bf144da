"""The files of a dossier: a small one at once, else by a page that says how far it is."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from contrechamp.documents.domain.dossiers import plain
from contrechamp.dossiers import queries, services
from contrechamp.dossiers.domain import Ask, query_of

from .kept import dossier_or_404
from .opened import asked, site_of

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@require_safe
def as_pdf(request: HttpRequest) -> HttpResponseBase:
    """Give the PDF of the dossier in the address."""
    return _file(request, asked(request), "pdf")


@require_safe
def as_zip(request: HttpRequest) -> HttpResponseBase:
    """Give the ZIP, exhibits included."""
    return _file(request, asked(request), "zip")


@require_safe
def preparation(request: HttpRequest) -> HttpResponse:
    """Say how far a file is; have it made."""
    return _progress(request, asked(request))


@require_safe
def kept_as_pdf(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give the PDF of a kept dossier."""
    return _file(request, queries.ask_of(dossier_or_404(request, key)), "pdf", key)


@require_safe
def kept_as_zip(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give the ZIP of a kept dossier."""
    return _file(request, queries.ask_of(dossier_or_404(request, key)), "zip", key)


@require_safe
def kept_preparation(request: HttpRequest, key: str) -> HttpResponse:
    """Say how far a file of a kept dossier is."""
    return _progress(request, queries.ask_of(dossier_or_404(request, key)), key)


def _frame(request: HttpRequest, ask: Ask, key: str) -> services.Frame:
    path = reverse("dossiers:kept", args=[key]) if key else ""
    path = path or f"{reverse('dossiers:dossier')}?{query_of(ask)}"
    day = timezone.localdate()
    return services.Frame(site=site_of(request), day=day, address=site_of(request) + path)


def _file(request: HttpRequest, ask: Ask, form: str, key: str = "") -> HttpResponseBase:
    dossier = services.dossier_of(ask, _frame(request, ask, key))
    path = services.make_small(dossier, form, now=timezone.now())
    if path is None:
        return redirect(f"{_address('preparation', key)}?{_query(ask, key, form)}")
    return _given(path, dossier.cover.title, form)


def _given(path: Path, title: str, form: str) -> FileResponse:
    name = f"{plain(title)[:60].strip('-') or 'dossier'}.{form}"
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[form]
    )
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer


def _progress(request: HttpRequest, ask: Ask, key: str = "") -> HttpResponse:
    form = "zip" if request.GET.get("forme") == "zip" else "pdf"
    ready = services.want(ask, _frame(request, ask, key), form, now=timezone.now())
    query = _query(ask, key, form)
    answer = render(
        request,
        "dossiers/preparation.html",
        {
            "ready": ready,
            "form": form,
            "ask": ask,
            "size": ready.path.stat().st_size if ready.path else 0,
            "file_url": f"{_address(form, key)}?{query}",
            "back_url": reverse("dossiers:kept", args=[key])
            if key
            else f"{reverse('dossiers:dossier')}?{query_of(ask)}",
        },
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _address(name: str, key: str) -> str:
    return reverse(f"dossiers:kept-{name}", args=[key]) if key else reverse(f"dossiers:{name}")


def _query(ask: Ask, key: str, form: str) -> str:
    return f"forme={form}" if key else f"{query_of(ask)}&forme={form}"

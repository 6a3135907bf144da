from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Refused

from . import queries, services
from .forms import MirrorForm


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say how a copy is made and checked, and which are known."""
    return _page(request, MirrorForm())


def _page(request: HttpRequest, form: MirrorForm, status: int = 200) -> HttpResponse:
    key = signing.find_public_key()
    shown = {
        "mirrors": list(queries.mirrors()),
        "key": key,
        "fingerprint": signing.fingerprint(key) if key else "",
        "form": form if getattr(request.user, "is_administrator", False) else None,
    }
    return render(request, "mirror/mirrors.html", shown, status=status)


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """Hand out the key that manifests are checked with."""
    if not (key := signing.find_public_key()):
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


def _check_may(request: HttpRequest) -> None:
    if not getattr(request.user, "is_administrator", False):
        raise Http404


@require_POST
@login_required
def add(request: HttpRequest) -> HttpResponse:
    _check_may(request)
    form = MirrorForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        services.add_mirror(**form.cleaned_data, now=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=409)
    return redirect("mirror:mirrors")


@require_POST
@login_required
def remove(request: HttpRequest, key: int) -> HttpResponse:
    _check_may(request)
    if not services.remove_mirror(key):
        raise Http404
    return redirect("mirror:mirrors")

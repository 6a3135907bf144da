from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contrechamp.foundation import signing
from contrechamp.foundation.access import administrators_only
from contrechamp.foundation.words import say
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


@administrators_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    form = MirrorForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        services.add_mirror(**form.cleaned_data, now=timezone.now())
    except Refused as refused:
        form.add_error(None, say(refused))
        return _page(request, form, status=409)
    return redirect("mirror:mirrors")


@administrators_only
@require_POST
def remove(request: HttpRequest, key: int) -> HttpResponse:
    if not services.remove_mirror(key):
        raise Http404
    return redirect("mirror:mirrors")

"""In and out. A session ends after thirty minutes without a word."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.desk.forms import SignInForm
from contrechamp.desk.models import Reader
from contrechamp.desk.services import signing_in
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, Unavailable

P = ParamSpec("P")
READER = "reader"


def reader_of(request: HttpRequest) -> Reader | None:
    """Return who is signed in; a reader who was dismissed is nobody at once."""
    pk = request.session.get(READER)
    return Reader.objects.filter(pk=pk, is_active=True).first() if pk else None


def for_readers(
    view: Callable[Concatenate[HttpRequest, Reader, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let readers in; say a refusal on the page that it comes from."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reader = reader_of(request)
        if reader is None:
            return redirect("desk:sign-in")
        try:
            return view(request, reader, *args, **kwargs)
        except (Refused, Unavailable) as refused:
            return render(
                request,
                "desk/refused.html",
                {
                    "sentence": say(refused),
                    "reader": reader,
                    "back": request.META.get("HTTP_REFERER", "/"),
                },
                status=refused.status,
            )

    return door


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the three, say nothing of which was wrong."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reader = signing_in.check(**form.cleaned_data, now=timezone.now())
        if reader:
            request.session.flush()
            request.session[READER] = reader.pk
            return redirect("desk:index")
        form.add_error(None, gettext(signing_in.WRONG))
    return render(request, "desk/sign_in.html", {"form": form}, status=403 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    messages.success(request, gettext("Vous êtes sorti·e."))
    return redirect("desk:sign-in")

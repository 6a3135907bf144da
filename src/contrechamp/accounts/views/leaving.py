"""Taking one's data away, and leaving."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.accounts import queries, services
from contrechamp.accounts.forms import EraseForm
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .asking import user_of


@members_only
@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Say what is kept, and lead to the archive and to the way out."""
    context = {"erasure": queries.find_erasure(user_of(request))}
    return render(request, "accounts/data.html", context)


@members_only
@never_cache
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Give all that is the person's, at once."""
    user, now = user_of(request), timezone.now()
    response = HttpResponse(services.archive(user, now), content_type="application/zip")
    name = f"contrechamp-{user.username}-{now:%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{_ascii(name)}"'
    return response


@members_only
@sensitive_post_parameters("passphrase")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Let somebody leave, in seven days or at once."""
    user, form = user_of(request), EraseForm(request.POST or None)
    if form.is_valid():
        at_once = form.cleaned_data["when"] == "now"
        try:
            services.ask_erasure(
                user,
                passphrase=form.cleaned_data["passphrase"],
                with_texts=form.cleaned_data["texts"] == "erase",
                at_once=at_once,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error("passphrase", say(refused))
        else:
            if not at_once:
                return redirect("accounts:data")
            logout(request)
            return render(request, "accounts/erased.html")
    return render(request, "accounts/erase.html", {"form": form})


@members_only
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Call the erasure off."""
    services.cancel_erasure(user_of(request), now=timezone.now())
    return redirect("accounts:data")


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "_")

"""Passkeys: one's own list, and signing in with one. Making and using one needs a script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.accounts import queries, services
from contrechamp.accounts.forms import PasskeyForm
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .asking import place_of, user_of
from .session import open_session


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkeys(request: HttpRequest) -> HttpResponse:
    """List one's passkeys; keep one that a device has made."""
    user, place, problem = user_of(request), place_of(request), ""
    if request.method == "POST":
        try:
            services.add_passkey(
                user,
                name=request.POST.get("name", ""),
                answer=request.POST.get("answer", ""),
                state=request.POST.get("state", ""),
                now=timezone.now(),
                **place,
            )
            return redirect("accounts:passkeys")
        except Refused as refused:
            problem = say(refused)
    context = {
        "form": PasskeyForm(),
        "passkeys": queries.passkeys_of(user),
        "key": services.ask_new(user, **place),
        "codes_left": queries.recovery_codes_left(user),
        "problem": problem,
    }
    return render(request, "accounts/passkeys.html", context)


@members_only
@require_POST
def remove_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Forget one of one's passkeys."""
    services.remove_passkey(user_of(request), number, now=timezone.now())
    return redirect("accounts:passkeys")


@never_cache
@require_POST
def sign_in_by_key(request: HttpRequest) -> HttpResponse:
    """Sign somebody in whose device proves to hold a key."""
    now = timezone.now()
    try:
        user = services.check_proof(
            answer=request.POST.get("answer", ""),
            state=request.POST.get("state", ""),
            now=now,
            **place_of(request),
        )
    except Refused as refused:
        context = {"problem": say(refused)}
        return render(request, "accounts/key_refused.html", context, status=refused.status)
    after = request.POST.get("next", "")
    return open_session(request, user, stay=bool(request.POST.get("stay")), after=after, now=now)

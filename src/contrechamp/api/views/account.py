"""A member's tokens: made, seen once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.api import queries, services
from contrechamp.api.domain import is_live
from contrechamp.api.forms import SCOPES, TokenForm
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens; make one and show its secret, once."""
    user, now = _user(request), timezone.now()
    form, secret = TokenForm(request.POST or None), ""
    if form.is_valid():
        try:
            _, secret = services.make_token(user, now=now, **form.values())
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            form = TokenForm()
    names = dict(SCOPES)
    rows = [
        {
            "token": token,
            "scopes": [names.get(scope, scope) for scope in token.scopes],
            "is_live": is_live(ends_at=token.ends_at, revoked_at=token.revoked_at, now=now),
        }
        for token in queries.tokens_of(user)
    ]
    return render(request, "api/tokens.html", {"form": form, "secret": secret, "rows": rows})


@require_POST
@members_only
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's tokens. Somebody else's is left alone, and nothing is said of it."""
    services.revoke_token(_user(request), number, now=timezone.now())
    return redirect("api:tokens")


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)

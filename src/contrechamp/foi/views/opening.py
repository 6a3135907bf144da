"""Who may open the pages of a draft, and which draft it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from contrechamp.foi.models import Request
from contrechamp.foi.queries.access import editable_by
from contrechamp.foundation.access import members_only

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

View = Callable[[HttpRequest, Request], HttpResponse]


def me(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast("User", request.user)


def asked(request: HttpRequest, key: str) -> Request:
    """Return a request that the reader may change; others are told of none."""
    found = editable_by(me(request)).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def of_request(view: View) -> Callable[..., HttpResponse]:
    """Open a page of a request to whoever may change it."""

    @wraps(view)
    def opened(request: HttpRequest, key: str) -> HttpResponse:
        return view(request, asked(request, key))

    return members_only(opened)


def of_draft(view: View) -> Callable[..., HttpResponse]:
    """Open a page of a draft; once it has left there is nothing to write, only to follow."""

    @wraps(view)
    def opened(request: HttpRequest, key: str) -> HttpResponse:
        found = asked(request, key)
        if found.sent_on is not None:
            return redirect("foi:request", found.pk)
        return view(request, found)

    return members_only(opened)

"""What a browser keeps: a session for who is signed in, nothing for who is not."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from contrechamp.accounts import services
from contrechamp.accounts.models import User
from contrechamp.accounts.queries import OPENED_AT

from .guard import mark

SHORT_S, LONG_S = 12 * 3600, 30 * 24 * 3600
DEVICE = "device"
DEVICE_S = 400 * 24 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_next(request: HttpRequest, after: str) -> str:
    """Return where to go afterwards: a page of this site, or the home page."""
    own = url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return after if after.startswith("/") and own else resolve_url(settings.LOGIN_REDIRECT_URL)


def open_session(
    request: HttpRequest, user: User, *, stay: bool, after: str, now: datetime
) -> HttpResponse:
    """Sign somebody in and lead them on."""
    login(request, user, backend=BACKEND)
    services.note_month(user, now=now)
    request.session[OPENED_AT] = now.isoformat()
    mark(request, user)
    request.session.set_expiry(LONG_S if stay else SHORT_S)
    response = HttpResponseRedirect(safe_next(request, after))
    if not known_device(request, user.username):
        _remember_device(response, user)
    return response


def known_device(request: HttpRequest, name: str) -> str:
    """Return what names this browser when that person has signed in with it; otherwise nothing."""
    try:
        known = signing.loads(
            request.COOKIES.get(DEVICE, ""), salt="accounts.device", max_age=DEVICE_S
        )
    except signing.BadSignature:
        return ""
    is_theirs = known["name"] == name.strip().casefold()
    return str(known["device"]) if is_theirs else ""


def _remember_device(response: HttpResponse, user: User) -> None:
    known = {"name": user.username.casefold(), "device": secrets.token_urlsafe(12)}
    response.set_cookie(
        DEVICE,
        signing.dumps(known, salt="accounts.device"),
        max_age=DEVICE_S,
        path=resolve_url(settings.LOGIN_URL),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )

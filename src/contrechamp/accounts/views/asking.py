"""Who asks for a page."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from contrechamp.accounts import services
from contrechamp.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """Return who is signed in; a decorator such as `members_only` has seen to it."""
    assert isinstance(request.user, User)  # noqa: S101  it tells the type
    return request.user


def place_of(request: HttpRequest) -> dict[str, str]:
    """Return under which name and origin the site is reached: a passkey is bound to it."""
    host = request.get_host()
    return {"host": host, "origin": f"{request.scheme}://{host}"}


def circuit_of(request: HttpRequest, now: datetime) -> str:
    """Return an opaque key of the circuit that a proxy of ours tells; empty when none does."""
    header = settings.CONTRECHAMP.circuit_header
    return services.circuit_key(request.headers.get(header, ""), now) if header else ""

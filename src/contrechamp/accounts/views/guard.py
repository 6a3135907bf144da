"""What concerns every session: its last day of use, and the second lock of who publishes."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from contrechamp.accounts import queries
from contrechamp.accounts.models import User
from contrechamp.accounts.queries import USED_ON

LOCK_WANTED = "lock_wanted"
OPEN = ("/compte/", "/deconnexion/", "/langue", "/static/")
"""Where one may go before one has a second lock: to one's account, and out."""


class SessionMiddleware:
    """Write the day of use once a day; lead who may publish to a second lock first.

    The mark is set at sign-in (`lock_wanted`), so that a session of before is not cut off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            today = timezone.localdate().isoformat()
            if request.session.get(USED_ON) != today:
                request.session[USED_ON] = today
            if request.session.get(LOCK_WANTED):
                if not queries.needs_second_lock(request.user):
                    del request.session[LOCK_WANTED]
                elif not request.path.startswith(OPEN):
                    return HttpResponseRedirect(reverse("accounts:me"))
        return self.get_response(request)


def mark(request: HttpRequest, user: User) -> None:
    """Note in a new session that its person needs a second lock first, where that is asked."""
    is_demo = (settings.CONTRECHAMP.data / "demo").exists()
    if settings.CONTRECHAMP.second_lock and not is_demo and queries.needs_second_lock(user):
        request.session[LOCK_WANTED] = True

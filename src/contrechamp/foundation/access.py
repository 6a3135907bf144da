"""Who may open a page: decorators for the views of every room.

A visitor is asked to sign in; who is signed in without the right is told what anybody is told
about a page that does not exist (404), so that nobody learns what is behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def _only(may: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.is_authenticated:
                # What was sent is lost: afterwards one is led home, not to an address that only
                # takes forms.
                is_page = request.method in {"GET", "HEAD"}
                return redirect_to_login(request.get_full_path() if is_page else "/")
            if not may(request):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


members_only = _only(lambda request: True)
editors_only = _only(lambda request: bool(getattr(request.user, "is_editor", False)))
moderators_only = _only(lambda request: bool(getattr(request.user, "is_moderator", False)))
administrators_only = _only(lambda request: bool(getattr(request.user, "is_administrator", False)))

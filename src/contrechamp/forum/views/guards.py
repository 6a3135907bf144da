"""Who may open pages of moderation: to others they are not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from contrechamp.forum.queries.moderation import moderates_somewhere

View = Callable[..., HttpResponse]


def moderators_only(view: View) -> View:
    """Answer 404 to who moderates nothing. Beneath `members_only`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not moderates_somewhere(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded

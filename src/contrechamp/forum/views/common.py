"""What all pages of the forum share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

View = Callable[..., HttpResponse]


def forum_here(view: View) -> View:
    """Answer only where the forum is this one: an operator may keep another elsewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if settings.CONTRECHAMP.forum_external_url:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def now_of() -> datetime:
    """Return the moment of a request: the only place of the room that reads the clock."""
    return timezone.now()

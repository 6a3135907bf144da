"""What all pages of the forum share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

Answer = TypeVar("Answer", bound=HttpResponseBase)


def forum_here(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Answer only where the forum is this one: an operator may keep another elsewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Answer:
        if settings.CONTRECHAMP.forum_external_url:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def now_of() -> datetime:
    """Return the moment of a request: the only place of the room that reads the clock."""
    return timezone.now()

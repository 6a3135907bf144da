"""What all pages of the forum share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from contrechamp.forum.queries import files
from contrechamp.forum.services import attaching, gate
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Answer = TypeVar("Answer", bound=HttpResponseBase)


def forum_here(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Answer only where the forum is this one: an operator may keep another elsewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Answer:
        if settings.CONTRECHAMP.forum_external_url:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def number_of(text: str) -> int:
    """Return the number that a form names; 0, which nothing has, where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


def refused(act: Callable[[], object]) -> str:
    """Do what a form asks for; return why it is refused, or nothing when it is done."""
    try:
        act()
    except Refused as refusal:
        return say(refusal)
    return ""


def bringing(user: User, key: str) -> dict[str, Any]:
    """Return what a form shows of the files of a draft, and whether more may come."""
    most = gate.limits_of(user).attachments
    return {
        "kept": key,
        "files": files.draft_files(user, key),
        "may_bring": attaching.may_bring(user),
        "bring_later": files.store() is not None and not most,
        "most_files": most,
        "most_bytes": attaching.most_bytes(),
    }


def now_of() -> datetime:
    """Return the moment of a request: the only place of the room that reads the clock."""
    return timezone.now()

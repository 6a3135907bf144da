"""The files that go with posts: read where the post may be read, and only there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contrechamp.forum.domain.subjects import AttachmentStore
from contrechamp.forum.models import DraftFile, PostAttachment
from contrechamp.forum.queries.files import find_attachment, find_brought, find_waiting, store
from contrechamp.foundation.access import members_only

from .common import forum_here

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

File = PostAttachment | DraftFile


@require_safe
@forum_here
def file(request: HttpRequest, key: str, n: int, position: int) -> HttpResponse:
    return _given(find_attachment(request.user, key, n, position))


@require_safe
@members_only
@forum_here
def waiting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file of a post that waits: to its author, and to who decides of it."""
    return _given(find_waiting(cast("User", request.user), pk))


@require_safe
@forum_here
def preview(request: HttpRequest, key: str, n: int, position: int) -> HttpResponse:
    return _small(find_attachment(request.user, key, n, position))


@require_safe
@members_only
@forum_here
def waiting_preview(request: HttpRequest, pk: int) -> HttpResponse:
    return _small(find_waiting(cast("User", request.user), pk))


@require_safe
@members_only
@forum_here
def draft_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show somebody what they brought."""
    return _small(find_brought(cast("User", request.user), pk))


def _or_nothing(
    found: File | None, bytes_of: Callable[[AttachmentStore, File], bytes]
) -> tuple[File, bytes]:
    """Return a file and bytes of it; whoever may not have it, or nobody can, learns nothing."""
    kept = store()
    if found is None or kept is None:
        raise Http404
    try:
        return found, bytes_of(kept, found)
    except KeyError:
        raise Http404 from None


def _small(found: File | None) -> HttpResponse:
    """Answer with a small picture that we drew: it holds nothing of the file but what is seen."""
    _, small = _or_nothing(found, lambda kept, file: kept.preview(file.sha256, file.media_type))
    return HttpResponse(small, content_type="image/webp", headers=NOT_KEPT)


NOT_KEPT = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
"""What a moderator takes away is gone, from the memory of browsers too."""


def _given(found: File | None) -> HttpResponse:
    file, content = _or_nothing(found, lambda kept, file: kept.read(file.sha256))
    response = HttpResponse(content, content_type=file.media_type, headers=NOT_KEPT)
    name = quote(file.name)
    # A PDF or picture of somebody unknown is not shown in the site's own name.
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    return response

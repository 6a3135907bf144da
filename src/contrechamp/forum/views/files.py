"""The files that go with posts: read where the post may be read, and only there."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contrechamp.forum.queries.files import find_attachment, store

from .common import forum_here


@require_safe
@forum_here
def file(request: HttpRequest, key: str, n: int, position: int) -> HttpResponse:
    found = find_attachment(request.user, key, n, position)
    kept = store()
    if found is None or kept is None:
        raise Http404
    response = HttpResponse(kept.read(found.sha256), content_type=found.media_type)
    name = quote(found.name)
    # A PDF or picture of somebody unknown is not shown in the site's own name.
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

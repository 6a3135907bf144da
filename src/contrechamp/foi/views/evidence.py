"""The evidence of a request as one file: whole for those who see to it, masked for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contrechamp.foi import services
from contrechamp.foi.queries import access


@require_safe
@never_cache
def full(request: HttpRequest, key: str) -> StreamingHttpResponse:
    if not request.user.is_authenticated:
        raise Http404
    found = get_object_or_404(access.editable_by(request.user), pk=key)
    return _zip(services.full_evidence(found, actor=request.user), f"preuves-{key}.zip")


@require_safe
def public(request: HttpRequest, key: str) -> StreamingHttpResponse:
    found = get_object_or_404(access.public(), pk=key)
    return _zip(services.public_evidence(found), f"preuves-publiques-{key}.zip")


def _zip(parts: Iterator[bytes], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(parts, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""The base map, in pieces: the browser reads the file of tiles by ranges of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from contrechamp.atlas.domain.pieces import Piece, Unsatisfiable, piece_of
from contrechamp.atlas.queries import Basemap, basemap

PART = 64 * 1024
LASTS_S = 3600


@require_safe
def pieces(request: HttpRequest) -> HttpResponseBase:
    found = basemap()
    if found is None:
        raise Http404
    asked = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", found.tag)
    if not asked or condition != found.tag:
        return _headers(_answer(request, found, Piece(0, found.size - 1), 200), found)
    try:
        piece = piece_of(asked, found.size)
    except Unsatisfiable:
        refused = HttpResponse(status=416, content_type="application/octet-stream")
        refused["Content-Range"] = f"bytes */{found.size}"
        return _headers(refused, found)
    response = _headers(_answer(request, found, piece, 206), found)
    response["Content-Range"] = f"bytes {piece.first}-{piece.last}/{found.size}"
    return response


def _answer(request: HttpRequest, found: Basemap, piece: Piece, status: int) -> HttpResponseBase:
    content = iter(()) if request.method == "HEAD" else _read(found.path, piece)
    response = StreamingHttpResponse(
        content, status=status, content_type="application/octet-stream"
    )
    response["Content-Length"] = str(piece.length)
    return response


def _headers(response: HttpResponseBase, found: Basemap) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = found.tag
    response["Cache-Control"] = f"public, max-age={LASTS_S}"
    return response


def _read(path: Path, piece: Piece) -> Iterator[bytes]:
    left = piece.length
    with path.open("rb") as file:
        file.seek(piece.first)
        while left and (part := file.read(min(PART, left))):
            left -= len(part)
            yield part

"""The page of the dumps, and their files: whole or in parts, at addresses that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from contrechamp.atlas.domain.pieces import Piece, Unsatisfiable, piece_of
from contrechamp.foundation.signing import find_public_key, fingerprint
from contrechamp.opendata import queries
from contrechamp.opendata.domain.manifest import KEY, MANIFEST, SIGNATURE
from contrechamp.opendata.queries import Held
from contrechamp.opendata.shown import lists, uses_of

BLOCK = 64 * 1024
KINDS = {
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pem": "application/x-pem-file",
    ".parquet": "application/vnd.apache.parquet",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    every = queries.dumps()
    key = find_public_key()
    site = request.build_absolute_uri("/")[:-1]
    response = render(
        request,
        "opendata/page.html",
        {
            "latest": every[0] if every else None,
            "uses": uses_of(every[0], site) if every else [],
            "older": every[1:],
            "checked_with": (MANIFEST, SIGNATURE, KEY),
            "lists": lists(),
            "key": key,
            "fingerprint": fingerprint(key) if key else "",
        },
    )
    # A dump changes it and no fact does, so that the pages that are kept would not know.
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def file(request: HttpRequest, day: str, name: str) -> HttpResponseBase:
    found = queries.find_file(day, name)
    if found is None:
        raise Http404
    response = _answer(request, found)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = found.tag
    response["Last-Modified"] = http_date(found.at.timestamp())
    response["Cache-Control"] = "no-cache"
    return response


def _answer(request: HttpRequest, found: Held) -> HttpResponseBase:
    unchanged = get_conditional_response(request, found.tag, int(found.at.timestamp()))
    if unchanged is not None:
        return unchanged
    asked = request.headers.get("Range", "")
    still = request.headers.get("If-Range", found.tag) in (
        found.tag,
        http_date(found.at.timestamp()),
    )
    if not (asked and still):
        return _piece(request, found, Piece(0, found.size - 1), 200)
    try:
        piece = piece_of(asked, found.size)
    except Unsatisfiable:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{found.size}"
        return refused
    response = _piece(request, found, piece, 206)
    response["Content-Range"] = f"bytes {piece.first}-{piece.last}/{found.size}"
    return response


def _piece(request: HttpRequest, found: Held, piece: Piece, status: int) -> HttpResponseBase:
    content = iter(()) if request.method == "HEAD" else _read(found.path, piece)
    kind = KINDS.get(found.path.suffix, "application/octet-stream")
    response = StreamingHttpResponse(content, status=status, content_type=kind)
    response["Content-Length"] = str(piece.length)
    if not kind.startswith("text/"):
        response["Content-Disposition"] = f'attachment; filename="{found.path.name}"'
    return response


def _read(path: Path, piece: Piece) -> Iterator[bytes]:
    left = piece.length
    with path.open("rb") as content:
        content.seek(piece.first)
        while left and (block := content.read(min(BLOCK, left))):
            left -= len(block)
            yield block

"""Reading a form while it arrives. The bytes of a file go to `Sink` and nowhere else.

Django's parser of multipart is used, and watched: what it drops in silence (a part without a
name, a file after a cut) must not pass for received.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from .protocol import Body, Request

MOST_FIELDS = 8
# A part's own head is at most 1 KiB for Django; what lies beyond such heads was dropped.
PART_OVERHEAD = 2048
SMALL_FORM = 16_384
UNNAMED = "sans-nom"
FIELDS = frozenset({"adresse", "message", "token", "pieces", "codename", "tout"})


class Wrong(ValueError):
    """The form is not taken; `reason` names the sentence that the page says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sink(Protocol):
    """Where the files go while they arrive."""

    def begin_piece(self, name: str, declared_type: str) -> None:
        """A file of that name follows."""

    def write(self, chunk: bytes) -> None:
        """Some of its bytes."""

    def end_piece(self) -> None:
        """It is whole."""


class _Nothing:
    """Stands where Django keeps a file, and holds none of it."""

    name = ""
    size = 0

    def close(self) -> None:
        """Nothing to close."""


class _Handler(FileUploadHandler):
    chunk_size = 1 << 16

    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self._sink = sink
        self.pieces = 0
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != "pieces":
            raise Wrong("malformed")
        self.pieces += 1
        self._sink.begin_piece(self.file_name or UNNAMED, self.content_type or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._sink.write(raw_data)
        self.received += len(raw_data)

    def file_complete(self, file_size: int) -> Any:
        self._sink.end_piece()
        return _Nothing()


class _Parser(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str:
        """A name that Django would drop, with the file behind it, becomes a neutral one."""
        return super().sanitize_file_name(file_name) or UNNAMED


class Form:
    """The fields of a form, and how many files came with it."""

    def __init__(self, fields: Mapping[str, str], pieces: int) -> None:
        self._fields = fields
        self.pieces = pieces

    def get(self, name: str) -> str:
        """The field's text, empty when it is absent."""
        return self._fields.get(name, "")


def read_multipart(request: Request, sink: Sink, message_chars: int) -> Form:
    """The whole form, its files given to `sink`; raises Wrong, CutShort, OSError and the sink's."""
    kind = request.fields.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise Wrong("malformed")
    handler = _Handler(sink)
    meta = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(request.body.length)}
    try:
        post, files = _Parser(meta, cast("Any", request.body), [handler], "utf-8").parse()
    except (TooManyFilesSent, TooManyFieldsSent) as problem:
        raise Wrong("files") from problem
    except RequestDataTooBig as problem:
        raise Wrong("long") from problem
    except (MultiPartParserError, SuspiciousOperation) as problem:
        raise Wrong("malformed") from problem
    _check_whole(request.body, kind)
    fields = {name: str(post[name]) for name in post}
    if any(len(post.getlist(name)) != 1 for name in post) or fields.keys() - FIELDS:
        raise Wrong("malformed")
    # A file without a name is a field for Django: a browser sends an empty one if none is chosen.
    if fields.get("pieces"):
        raise Wrong("malformed")
    if handler.pieces != sum(len(files.getlist(name)) for name in files):
        raise Wrong("malformed")
    _check_sum(request.body.length, handler, fields)
    form = Form(fields, handler.pieces)
    if len(form.get("message").replace("\r\n", "\n")) > message_chars:
        raise Wrong("long")
    return form


def check_not_empty(form: Form) -> None:
    """There is a message or a file; raises Wrong."""
    if not form.pieces and not form.get("message").strip():
        raise Wrong("empty")


def _check_whole(body: Body, kind: str) -> None:
    """The closing boundary came, and not a byte is missing."""
    boundary = kind.partition("boundary=")[2].partition(";")[0].strip().strip('"').encode("latin-1")
    body.rest()  # What comes after the last boundary, which Django does not ask for.
    if not boundary or not body.tail.rstrip(b"\r\n").endswith(b"--" + boundary + b"--"):
        raise Wrong("cut")


def _check_sum(length: int, handler: _Handler, fields: Mapping[str, str]) -> None:
    """What arrived and what was taken add up, but for the heads of the parts."""
    taken = handler.received + sum(len(text.encode()) for text in fields.values())
    # One more for the empty file that a browser sends when none is chosen.
    parts = handler.pieces + len(fields) + 1
    if not 0 <= length - taken <= parts * PART_OVERHEAD:
        raise Wrong("malformed")


def read_small(request: Request) -> Form:
    """A form without files; raises Wrong, CutShort, OSError."""
    if request.body.length > SMALL_FORM:
        raise Wrong("long")
    kind = request.fields.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return read_multipart(request, _Refuses(), SMALL_FORM)
    if kind != "application/x-www-form-urlencoded":
        raise Wrong("malformed")
    raw = io.BytesIO()
    while chunk := request.body.read():
        raw.write(chunk)
    try:
        pairs = parse_qsl(
            raw.getvalue().decode("utf-8", "replace"),
            keep_blank_values=True,
            strict_parsing=bool(raw.getvalue()),
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as problem:
        raise Wrong("malformed") from problem
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Wrong("malformed")
    return Form(fields, 0)


class _Refuses:
    def begin_piece(self, name: str, declared_type: str) -> None:
        raise Wrong("malformed")

    def write(self, chunk: bytes) -> None:
        raise Wrong("malformed")

    def end_piece(self) -> None:
        raise Wrong("malformed")

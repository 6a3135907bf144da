"""HTTP as the door speaks it: one strict request, one answer, no more.

Whatever a browser does not do refuses. Nothing that a client sent is repeated in an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

LONGEST_LINE = 8192
LONGEST_HEAD = 32_768
MOST_FIELDS = 64
METHODS = frozenset({"GET", "HEAD", "POST"})
# Either tells that somebody stands between the source and us.
BETWEEN = frozenset({"x-tor2web", "via", "forwarded", "x-real-ip"})
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_TARGET = re.compile(r"/[\x21-\x7e]*\Z")
_VERSION = re.compile(r"HTTP/1\.[01]\Z")


class Stream(Protocol):
    """What a request is read from."""

    def readline(self, size: int, /) -> bytes:
        """A line, or as much of it as `size` allows."""

    def read1(self, size: int, /) -> bytes:
        """What is there, up to `size`; nothing at the end."""


class Malformed(Exception):
    """The request is refused before it is looked at; `status` says how."""

    def __init__(self, status: int, path: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.path = path


class CutShort(Exception):
    """The body ended before its announced length."""


class Body:
    """Exactly the announced bytes, or CutShort. Django takes a cut body for a complete one."""

    def __init__(self, stream: Stream, length: int) -> None:
        self._stream = stream
        self.length = length
        self.left = length
        self.tail = b""

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes, at most 64 KiB; nothing at the end. Raises CutShort."""
        wanted = self.left if size is None or size < 0 else min(size, self.left)
        if not wanted:
            return b""
        data = self._stream.read1(min(wanted, 1 << 16))
        if not data:
            raise CutShort
        self.left -= len(data)
        self.tail = data[-512:] if len(data) >= 512 else (self.tail + data)[-512:]
        return data

    def rest(self) -> None:
        """Read on to the announced end and forget it; raises CutShort."""
        while self.left:
            self.read(1 << 16)


@dataclass(frozen=True)
class Request:
    """One request. `fields` are those of the head, by lower-case name."""

    method: str
    path: str
    body: Body
    fields: Mapping[str, str] = field(default_factory=dict)

    def is_for(self, host: str) -> bool:
        """Whether the Host is ours; a port is no matter."""
        return re.sub(r":[0-9]{1,5}\Z", "", self.fields["host"]).lower() == host

    def came_through_another(self) -> bool:
        """Whether a gateway or a proxy says that it passed this on."""
        return any(name in BETWEEN or name.startswith("x-forwarded-") for name in self.fields)


def read_request(stream: Stream, limit: int) -> Request:
    """The request at the head of the stream, its body unread; raises Malformed, CutShort."""
    method, path = _request_line(stream)
    try:
        fields = _fields(stream)
        length = _length(method, fields, limit)
    except Malformed as refusal:
        raise Malformed(refusal.status, path) from None
    if method not in METHODS:
        raise Malformed(405, path)
    return Request(method, path, Body(stream, length), fields)


def _request_line(stream: Stream) -> tuple[str, str]:
    line = _line(stream, too_long=414)
    words = line.split(" ")
    if len(words) != 3 or not _VERSION.match(words[2]):
        raise Malformed(400)
    method, target, _ = words
    if not _NAME.match(method):
        raise Malformed(400)
    if not _TARGET.match(target):
        raise Malformed(400 if method in METHODS else 405)
    return method, target


def _fields(stream: Stream) -> dict[str, str]:
    fields: dict[str, str] = {}
    total = 0
    while line := _line(stream, too_long=400):
        total += len(line)
        name, colon, value = line.partition(":")
        name, value = name.lower(), value.strip(" \t")
        if not colon or not _NAME.match(name) or not value.replace("\t", " ").isprintable():
            raise Malformed(400)
        if name in fields and name in {"host", "content-length", "content-type"}:
            raise Malformed(400)
        fields[name] = value
        if total > LONGEST_HEAD or len(fields) > MOST_FIELDS:
            raise Malformed(400)
    if "transfer-encoding" in fields or not fields.get("host"):
        raise Malformed(400)
    return fields


def _length(method: str, fields: Mapping[str, str], limit: int) -> int:
    text = fields.get("content-length", "")
    if not text and method == "POST":
        raise Malformed(411)
    if text and not re.fullmatch(r"[0-9]{1,12}", text):
        raise Malformed(400)
    length = int(text or "0")
    if length > limit:
        raise Malformed(413)
    return length


def _line(stream: Stream, *, too_long: int) -> str:
    raw = stream.readline(LONGEST_LINE + 1)
    if not raw:
        raise CutShort
    if len(raw) > LONGEST_LINE:
        raise Malformed(too_long)
    if not raw.endswith(b"\r\n"):
        raise Malformed(400)
    try:
        return raw[:-2].decode("latin-1")
    except UnicodeDecodeError:  # pragma: no cover - latin-1 has every byte
        raise Malformed(400) from None

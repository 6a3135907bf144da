"""The bundle in which a clean copy leaves for the house: two members, exactly the listed keys.

`promotion/1` says nothing of where the copy comes from: no message, no name or digest of the
original, no mailbox, no day, no reader. An unknown key refuses the bundle.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from . import framing
from .container import MIB
from .framing import ContainerError

FORMAT = "promotion/1"
NAME, RECORD = "document", "promotion.json"
KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain",
}
READERS = 2
# What no program removes, and a person has looked for.
CHECKS = (
    *("copy-number", "distribution-list", "few-had-it", "handwriting"),
    *("printer-dots", "reflections", "watermark", "wording"),
)
LARGEST = 500 * MIB
_LONGEST_RECORD = 32 << 10
_TEXT = {
    "title": (1, 300),
    "dated": (0, 40),
}
_PATTERNS = {
    "doc_type": re.compile(r"[a-z_]{1,40}\Z"),
    "authority": re.compile(r"(?:\d{9}|\d{14})?\Z"),
    "language": re.compile(r"[a-z]{2,3}\Z"),
}
_SUBJECT = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}\Z")
_SCRUB = re.compile(r"[A-Za-z0-9.+~-]{1,40}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class PromotionError(ValueError):
    """Not a bundle that may enter the house. The message names the field."""


@dataclass(frozen=True, slots=True)
class File:
    """The copy: always called `document.<ext>`."""

    name: str
    sha256: str
    bytes: int
    mime: str


@dataclass(frozen=True, slots=True)
class Scrub:
    """How the copy was cleaned."""

    tool: str
    version: str
    mode: str


@dataclass(frozen=True, slots=True)
class Promotion:
    """What the house is told. `obtained` is a year; `readers` is 1 until a second one agrees."""

    file: File
    title: str
    doc_type: str
    dated: str
    authority: str
    language: str
    subjects: tuple[str, ...]
    obtained: int
    scrub: Scrub
    checks: tuple[str, ...]
    readers: int
    format: str = FORMAT

    def confirmed(self) -> Promotion:
        """Return what a second reader agreed to."""
        return replace(self, readers=READERS)


def describe(copy: Path) -> File:
    """Return what a bundle says of a copy; raise PromotionError on a kind that is not shown."""
    extension = copy.suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    if extension not in KINDS:
        raise PromotionError("file")
    digest, size = hashlib.sha256(), 0
    with copy.open("rb") as file:
        while chunk := file.read(1 * MIB):
            digest.update(chunk)
            size += len(chunk)
    return File(f"{NAME}.{extension}", digest.hexdigest(), size, KINDS[extension])


def check(promotion: Promotion) -> None:
    """Raise PromotionError, with the name of the field, on a value that cannot be."""
    told: dict[str, Any] = asdict(promotion)
    scrub: dict[str, Any] = told["scrub"]
    right: dict[str, object] = {
        "format": told["format"] == FORMAT,
        "file": _is_file(told["file"]),
        "scrub": all(isinstance(each, str) and _SCRUB.match(each) for each in scrub.values()),
        "subjects": _are_subjects(told["subjects"]),
        "checks": told["checks"] == CHECKS,
        "obtained": type(told["obtained"]) is int and 1990 <= told["obtained"] <= 2199,
        "readers": type(told["readers"]) is int and told["readers"] in (1, READERS),
    }
    for key, (least, most) in _TEXT.items():
        value = told[key]
        right[key] = isinstance(value, str) and _is_line(value) and least <= len(value) <= most
    for key, pattern in _PATTERNS.items():
        right[key] = isinstance(told[key], str) and pattern.match(told[key])
    for key, holds in right.items():
        if not holds:
            raise PromotionError(key)


def _is_file(file: dict[str, Any]) -> bool:
    if not all(isinstance(file[key], str) for key in ("name", "sha256", "mime")):
        return False
    extension = file["name"].removeprefix(f"{NAME}.")
    named = KINDS.get(extension) == file["mime"] and file["name"] == f"{NAME}.{extension}"
    sized = type(file["bytes"]) is int and 0 < file["bytes"] <= LARGEST
    return named and sized and _DIGEST.match(file["sha256"]) is not None


def _is_line(text: str) -> bool:
    return text.isprintable() and text == text.strip()


def _are_subjects(subjects: tuple[object, ...]) -> bool:
    named = all(isinstance(each, str) and _SUBJECT.match(each) for each in subjects)
    return named and len(subjects) <= 20 and sorted(set(map(str, subjects))) == list(subjects)


def write(promotion: Promotion, copy: Path, out: Path) -> None:
    """Write the bundle to the empty file `out`; raise PromotionError. Dates are 1980 all over."""
    check(promotion)
    if describe(copy) != promotion.file:
        raise PromotionError("file")
    with out.open("wb") as bundle:
        for part in _parts(promotion, copy):
            bundle.write(part)


def digest(promotion: Promotion, copy: Path) -> str:
    """Return the SHA-256 that the bundle has once two readers agreed: both can compare it."""
    told = hashlib.sha256()
    for part in _parts(promotion.confirmed(), copy):
        told.update(part)
    return told.hexdigest()


def _parts(promotion: Promotion, copy: Path) -> Iterator[bytes]:
    """Yield the bytes of a bundle: the same copy and words give the same bytes."""
    head, crc = framing.local(promotion.file.name), 0
    yield head
    with copy.open("rb") as source:
        while chunk := source.read(1 * MIB):
            crc = zlib.crc32(chunk, crc)
            yield chunk
    members = [framing.Member(promotion.file.name, crc, promotion.file.bytes, 0)]
    after = framing.descriptor(crc, promotion.file.bytes)
    raw = _raw(promotion)
    at = len(head) + promotion.file.bytes + len(after)
    members.append(framing.Member(RECORD, zlib.crc32(raw), len(raw), at))
    yield after + framing.local(RECORD) + raw
    yield framing.descriptor(members[1].crc, len(raw)) + framing.directory(members)


def read(bundle: Path, into: Path | None = None, *, readers: int = READERS) -> Promotion:
    """Check a bundle whole, extract its document to the folder `into`, and return what it says.

    Raises PromotionError on an unknown or missing key, a value that cannot be, one reader alone,
    a byte too many. What was extracted before that must be thrown away.
    """
    hashed = hashlib.sha256()
    try:
        with bundle.open("rb") as file:
            members = framing.members(file, bundle.stat().st_size, 2)
            if [member.name for member in members][1:] != [RECORD]:
                raise PromotionError("members")
            if members[1].size > _LONGEST_RECORD:
                raise PromotionError(RECORD)
            raw = bytearray()
            framing.stream(file, members[1], raw.extend)
            promotion = _understood(bytes(raw))
            if members[0].name != promotion.file.name or promotion.readers != readers:
                raise PromotionError("readers" if promotion.readers != readers else "file")
            framing.stream(file, members[0], _taken(hashed, promotion.file.name, into))
    except ContainerError as error:
        raise PromotionError("zip") from error
    if (members[0].size, hashed.hexdigest()) != (promotion.file.bytes, promotion.file.sha256):
        raise PromotionError("file")
    return promotion


def _taken(hashed: hashlib._Hash, name: str, into: Path | None) -> Callable[[bytes], object]:
    def take(chunk: bytes) -> None:
        hashed.update(chunk)
        if into is not None:
            with (into / name).open("ab") as extracted:
                extracted.write(chunk)

    return take


def _raw(promotion: Promotion) -> bytes:
    return json.dumps(asdict(promotion), sort_keys=True, separators=(",", ":")).encode()


def _understood(raw: bytes) -> Promotion:
    try:
        told: dict[str, Any] = json.loads(raw.decode("ascii"))
        promotion = Promotion(**told)
        promotion = replace(
            promotion,
            file=File(**told["file"]),
            scrub=Scrub(**told["scrub"]),
            subjects=tuple(told["subjects"]),
            checks=tuple(told["checks"]),
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise PromotionError("keys") from error
    check(promotion)
    if _raw(promotion) != raw:  # A missing, double or unknown key, or another spelling.
        raise PromotionError("keys")
    return promotion

"""What came with a message, opened as far as it is safe: archives, winmail.dat, uuencode.

A file is bytes: nothing is run, no name of a sender becomes a path, and what swells beyond the
limits stays closed, with a sentence. The archive itself is always kept beside what it holds.
"""

from __future__ import annotations

import binascii
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from lzma import LZMAError

from contrechamp.documents.domain.archives import is_junk
from contrechamp.documents.domain.kinds import sniff
from contrechamp.kernel.errors import gettext_noop

from . import rtf, tnef
from .entities import Leaf, content_of
from .headers import plain_name, shown
from .markup import text_of
from .shapes import Part, Problem

FREE = 10 << 20
"""Bytes that any archive may hold, whatever the ratio."""
ENDINGS = {
    "application/pdf": "pdf", "application/zip": "zip", "application/msword": "doc",
    "application/rtf": "rtf", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif",
    "image/tiff": "tif", "message/rfc822": "eml", "text/plain": "txt", "text/html": "html",
    "text/calendar": "ics", "text/csv": "csv", "application/vnd.ms-excel": "xls",
    "message/delivery-status": "txt", "message/disposition-notification": "txt",
    "text/rfc822-headers": "txt", "message/global": "eml", "message/rfc822-headers": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
}  # fmt: skip
VAGUE = frozenset({"application/octet-stream", "application/unknown", "application/binary", ""})
NESTED = frozenset({"message/rfc822", "message/global"})

BOMB = gettext_noop(
    "La pièce {number} « {name} » se décompresse au-delà de nos limites : elle reste fermée."
)
LOCKED = gettext_noop(
    "La pièce {number} « {name} » est protégée par un mot de passe : ouvrez-la vous-même, puis "
    "joignez ce qu'elle contient."
)
BROKEN = gettext_noop("La pièce {number} « {name} » est abîmée : elle ne s'ouvre pas entièrement.")
INNER = gettext_noop(
    "La pièce {number} « {name} » contient une archive dans une archive : ouvrez-la vous-même."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may come out of one message."""

    files: int = 500
    bytes: int = 200 << 20
    ratio: int = 100


@dataclass(slots=True)
class Expanded:
    """The files of a message, and text that was hidden in them."""

    limits: Limits = Limits()
    parts: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    """Of a winmail.dat: for a message that has no other."""
    room: int = 0

    def tell(self, sentence: str, part: Part) -> None:
        """Note what is wrong with a part."""
        values: dict[str, str | int] = {"number": part.number, "name": part.name}
        self.problems.append(Problem(sentence=sentence, values=values))


def expanded(leaves: list[Leaf], limits: Limits | None = None) -> Expanded:
    """List the files of a message, and open those that hold others."""
    out = Expanded(limits=limits or Limits())
    out.room = out.limits.bytes
    for leaf in leaves:
        if leaf.is_attached:
            part = part_of(leaf)
            if part.content:
                out.parts.append(part)
                open_part(out, part)
    return out


def part_of(leaf: Leaf) -> Part:
    """Return a leaf as a file with a name and a type."""
    content = content_of(leaf)
    kind = _media_type(leaf.media_type, content)
    name = leaf.name
    if not name and leaf.media_type in NESTED:
        held = leaf.entity.get_payload()
        inner = held[0] if isinstance(held, list) and held else None
        subject = "" if inner is None or isinstance(inner, str) else shown(inner, "Subject")
        name = plain_name(f"{subject}.eml") if subject else ""
    return Part(
        number=leaf.number,
        name=name or made_name(leaf.number, kind),
        media_type=kind,
        content=content,
        is_inline=leaf.is_inline,
    )


def made_name(number: str, media_type: str) -> str:
    """Return a name for a file that came without."""
    end = ENDINGS.get(media_type, "bin")
    return f"piece-{number.replace('.', '-')}.{end}"


def _media_type(told: str, content: bytes) -> str:
    """Return the type that a part tells; what its bytes are when it tells nothing."""
    if told not in VAGUE:
        return told
    if tnef.is_tnef(content):
        return "application/ms-tnef"
    found = sniff(content[:65_536], content[-65_536:])
    return found.mime if found and found.kind != "text" else "application/octet-stream"


def open_part(out: Expanded, part: Part) -> None:
    """Add what a part holds, when it is an archive or a winmail.dat."""
    if tnef.is_tnef(part.content):
        _open_tnef(out, part)
    elif part.content[:4] == b"PK\x03\x04" and _is_archive(part.content):
        _open_zip(out, part)


def _is_archive(content: bytes) -> bool:
    """Answer whether it is an archive and no document of an office."""
    found = sniff(content[:65_536], content[-65_536:])
    return found is not None and found.mime == "application/zip"


def _open_tnef(out: Expanded, part: Part) -> None:
    held = tnef.opened(part.content)
    if not held.is_whole:
        out.tell(BROKEN, part)
    for place, file in enumerate(held.files, 1):
        number = f"{part.number}.{place}"
        kind = _media_type(file.media_type.lower(), file.content)
        name = plain_name(file.name) or made_name(number, kind)
        inner = Part(number=number, name=name, media_type=kind, content=file.content)
        out.parts.append(inner)
        open_part(out, inner)
    text = held.text.strip() or (text_of(held.html) if held.html else "")
    out.text = out.text or text or rtf.words_of(held.rtf)


def _open_zip(out: Expanded, part: Part) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(part.content)) as archive:
            infos = [one for one in archive.infolist() if not one.is_dir()]
            infos = [one for one in infos if not is_junk(one.filename)]
            size = sum(one.file_size for one in infos)
            most = min(out.room, max(FREE, len(part.content) * out.limits.ratio))
            if len(infos) > out.limits.files or size > most:
                return out.tell(BOMB, part)
            out.room -= size
            for place, info in enumerate(infos, 1):
                _take(out, part, archive, info, place)
    # What an archive may do to its reader: each is the sender's fault, not ours.
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        out.tell(BROKEN, part)
    return None


def _take(
    out: Expanded, part: Part, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: int
) -> None:
    """Add one file of an archive; Python hands out no byte beyond the size it announces."""
    number = f"{part.number}.{place}"
    if info.flag_bits & 0x1:
        return out.tell(LOCKED, part) if place == 1 else None
    try:
        content = archive.read(info)
    except (
        zipfile.BadZipFile, EOFError, OSError, zlib.error, LZMAError, RuntimeError, ValueError,
        NotImplementedError,
    ):  # fmt: skip
        return out.tell(BROKEN, part)
    kind = _media_type("", content)
    name = plain_name(info.filename) or made_name(number, kind)
    inner = Part(number=number, name=name, media_type=kind, content=content)
    out.parts.append(inner)
    if tnef.is_tnef(content):
        _open_tnef(out, inner)
    elif content[:4] == b"PK\x03\x04" and _is_archive(content):
        out.tell(INNER, inner)
    return None


_BEGIN = re.compile(r"^begin 0?[0-7]{3} (\S[^\n]{0,200})$")


def without_uuencode(text: str, number: str) -> tuple[str, list[Part]]:
    """Take files in uuencode out of a text; return the text that is left, and the files.

    A line in the text says where each stood. What does not decode is left as it is.
    """
    if "\nbegin " not in f"\n{text}":
        return text, []
    lines, at = text.split("\n"), 0
    kept: list[str] = []
    found: list[Part] = []
    ends = [place for place, line in enumerate(lines) if line.rstrip() == "end"]
    while at < len(lines):
        begin = _BEGIN.match(lines[at].rstrip())
        while ends and ends[0] <= at:
            ends.pop(0)
        content = _unpacked(lines[at + 1 : ends[0]]) if begin and ends else None
        if begin and content:
            place = f"{number}.{len(found) + 1}"
            kind = _media_type("", content)
            name = plain_name(begin[1]) or made_name(place, kind)
            found.append(Part(number=place, name=name, media_type=kind, content=content))
            kept.append(f"[{name}]")
            at = ends[0] + 1
        else:
            kept.append(lines[at])
            at += 1
    return "\n".join(kept), found


def _unpacked(lines: list[str]) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line.encode("ascii")) for line in lines if line.strip())
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None

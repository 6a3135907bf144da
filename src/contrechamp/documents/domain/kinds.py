"""What a file is, by its first and last bytes and never by its name."""

from __future__ import annotations

import re
from typing import NamedTuple

HEAD = 65_536
"""How many bytes of the beginning, and of the end, are looked at."""


class Content(NamedTuple):
    """A kind that we read, and the media type."""

    kind: str
    """pdf, image, text, html, email, office, archive."""
    mime: str


MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"\x89PNG\r\n\x1a\n", Content("image", "image/png")),
    (b"\xff\xd8\xff", Content("image", "image/jpeg")),
    (b"II*\x00", Content("image", "image/tiff")),
    (b"MM\x00*", Content("image", "image/tiff")),
    (b"II+\x00", Content("image", "image/tiff")),
    (b"GIF87a", Content("image", "image/gif")),
    (b"GIF89a", Content("image", "image/gif")),
    (b"\x1f\x8b", Content("archive", "application/gzip")),
    (b"BZh", Content("archive", "application/x-bzip2")),
    (b"\xfd7zXZ\x00", Content("archive", "application/x-xz")),
    (b"{\\rtf", Content("office", "application/rtf")),
)
OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_KINDS = {
    "__substg1.0": None,  # An Outlook message: no reader of ours.
    "WordDocument": Content("office", "application/msword"),
    "Workbook": Content("office", "application/vnd.ms-excel"),
    "PowerPoint Document": Content("office", "application/vnd.ms-powerpoint"),
    "EncryptedPackage": Content("office", "application/vnd.ms-office"),
}
HEADERS = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version"
    rb"|Content-Type|X-[\w-]+|Reply-To|Sender|DKIM-Signature|Authentication-Results|Envelope-To"
    rb"|List-[\w-]+|In-Reply-To|References|ARC-[\w-]+|Content-Transfer-Encoding):",
    re.IGNORECASE,
)
CONTROLS = bytes(set(range(32)) - {8, 9, 10, 12, 13, 27})


def sniff(head: bytes, tail: bytes = b"") -> Content | None:
    """Return what the content is, or None when it is nothing that we read."""
    if b"%PDF-" in head[:1024]:
        return Content("pdf", "application/pdf")
    for magic, content in MAGIC:
        if head.startswith(magic):
            return content
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Content("image", "image/webp")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return Content("image", "image/bmp")
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _zip(head, tail)
    if head.startswith(OLE):
        return _ole(head, tail)
    if head[257:262] == b"ustar":
        return Content("archive", "application/x-tar")
    return _text(head)


def _zip(head: bytes, tail: bytes) -> Content:
    if found := re.match(rb".{26}\x08\x00..mimetype(application/vnd\.[\w.-]+)", head, re.DOTALL):
        mime = found[1].split(b"PK")[0].decode("ascii")
        if "epub" not in mime:
            return Content("office", mime)
    if b"[Content_Types].xml" in head or b"[Content_Types].xml" in tail:
        for folder, mime in OFFICE.items():
            if folder in head or folder in tail:
                return Content("office", mime)
    return Content("archive", "application/zip")


def _ole(head: bytes, tail: bytes) -> Content | None:
    for name, content in OLE_KINDS.items():
        if name.encode("utf-16-le") in head + tail:
            return content
    return Content("office", "application/vnd.ms-office")


def _text(head: bytes) -> Content | None:
    """Tell kinds of text apart. What has control characters is no text."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _wide(head)
    if len(head.translate(None, CONTROLS)) < len(head) - len(head) // 500:
        return None
    if head.count(0):
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    if re.match(
        rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
        start,
        re.DOTALL,
    ):
        return Content("html", "text/html")
    if is_mbox(head):
        return Content("archive", "application/mbox")
    if is_email(head):
        return Content("email", "message/rfc822")
    return Content("text", "text/plain")


def _wide(head: bytes) -> Content | None:
    """Accept UTF-16 with its mark, when it can be decoded."""
    try:
        text = head[: len(head) // 2 * 2].decode("utf-16", "surrogatepass")
    except UnicodeDecodeError:
        return None
    odd = sum(not char.isprintable() and char not in "\r\n\t\f\ufeff" for char in text[:4096])
    return Content("text", "text/plain") if odd * 50 <= len(text[:4096]) else None


def is_email(head: bytes) -> bool:
    """Answer whether this begins as an e-mail: at least two known headers before a blank line."""
    lines = re.split(rb"\r?\n", head[:16_384].lstrip(b"\r\n"))
    known = 0
    for line in lines:
        if not line:
            break
        if line[:1] in b" \t" and known:
            continue
        if not re.match(rb"^[\w-]+:", line):
            return False
        known += bool(HEADERS.match(line))
    return known >= 2


def is_mbox(head: bytes) -> bool:
    """Answer whether this begins as a box of e-mails."""
    first, _, rest = head.partition(b"\n")
    return bool(re.match(rb"From \S+ .*\d{4}", first)) and is_email(rest)

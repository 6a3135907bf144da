"""An e-mail: its headers, its text, and what is attached to it.

Messages of the real world break every rule: unknown charsets, 8-bit bytes without any, headers
cut in two, messages in messages. Whatever cannot be understood is read as it looks. Addresses
are private: a correspondent is shown by name, or by the part after the @.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from .textual import clean, decode
from .webpages import read_small, text_of

SHOWN = (("From", "De"), ("To", "À"), ("Cc", "Cc"), ("Date", "Date"), ("Subject", "Objet"))
SUBTYPE_NAMES = {"rfc822": ".eml", "pdf": ".pdf", "html": ".html", "plain": ".txt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What came with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A message as a reader sees it."""

    subject: str
    sent_on: str
    """ISO date, or empty."""
    text: str
    attachments: tuple[Attachment, ...]


def read_email(path: Path) -> Email:
    """Read a message from a file."""
    return parse(read_small(path))


def parse(content: bytes) -> Email:
    """Read a message. Nothing in it is loaded from elsewhere."""
    message = message_from_bytes(content, policy=policy.compat32)
    subject = _header(message, "Subject")
    lines = [f"{label} : {value}" for name, label in SHOWN if (value := _shown(message, name))]
    text = "\n".join(lines) + "\n\n" + _body(message)
    attached = tuple(_attachments(message))
    return Email(
        subject=clean(subject),
        sent_on=_day(message),
        text=clean(text.replace("\r\n", "\n")).strip(),
        attachments=attached,
    )


def _header(message: Message, name: str) -> str:
    """Return a header's text, whatever its bytes."""
    # `get` hides bytes that are no ASCII; the raw value still has them.
    values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    if not values:
        return ""
    source = str(values[0]).encode("utf-8", "surrogateescape")
    try:
        parts = decode_header(decode(source))
    # The standard library stumbles over malformed encoded words; then it is shown as it came.
    except Exception:  # noqa: BLE001
        parts = [(source, None)]
    text = "".join(
        part if isinstance(part, str) else decode(part, charset) for part, charset in parts
    )
    return " ".join(text.split())


def _shown(message: Message, name: str) -> str:
    value = _header(message, name)
    if name not in {"From", "To", "Cc"}:
        return value
    people = [_person(*pair) for pair in getaddresses([value])]
    return ", ".join(person for person in people if person)


def _person(name: str, address: str) -> str:
    """Return a name without its address; without a name, the part after the @."""
    name = re.sub(r"\S+@\S+", "", name).strip(" \"'<>()")
    return name or (f"…@{address.rpartition('@')[2]}" if "@" in address else address)


def _day(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _body(message: Message) -> str:
    """Return the text of the message: what is plain when there is a choice."""
    plain = [part for part in _own_parts(message) if part.get_content_type() == "text/plain"]
    if plain:
        return "\n".join(_text(part) for part in plain)
    pages = [part for part in _own_parts(message) if part.get_content_type() == "text/html"]
    return "\n".join(text_of(_text(part))[1] for part in pages)


def _own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of this message, but not those of a message inside it."""
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _own_parts(part)
    elif not _is_attached(message):
        yield message


def _is_attached(part: Message) -> bool:
    if part.get_content_maintype() == "multipart":
        return False
    if part.get_content_type() == "message/rfc822":
        return True
    disposition = str(part.get("Content-Disposition", "")).lower()
    return disposition.startswith("attachment") or (
        part.get_content_maintype() not in {"text", "multipart"}
    )


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload())
    return decode(payload, part.get_content_charset())


def _attachments(message: Message, number: int = 0) -> Iterator[Attachment]:
    for part in _walk(message):
        number += 1
        content = _content(part)
        if content:
            yield Attachment(name=_name(part, number), content=content)


def _walk(message: Message) -> Iterator[Message]:
    """Yield attached parts. A message inside is one attachment, with all that is in it."""
    if _is_attached(message):
        yield message
    elif message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _walk(part)


def _content(part: Message) -> bytes:
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
        inner = payload[0] if payload else None
        return _bytes(inner) if isinstance(inner, Message) else b""
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _bytes(message: Message) -> bytes:
    """Write an inner message as it came."""
    try:
        return message.as_bytes()
    # The generator stumbles over headers that the parser let pass.
    except Exception:  # noqa: BLE001
        return str(message.get_payload()).encode("utf-8", "replace")


def _name(part: Message, number: int) -> str:
    """Return a name for the attachment; never a path."""
    try:
        raw = part.get_filename() or ""
    # As above: malformed parameters.
    except Exception:  # noqa: BLE001
        raw = ""
    raw = clean(raw).replace("\\", "/").rpartition("/")[2].strip()
    end = SUBTYPE_NAMES.get(part.get_content_subtype(), "")
    return raw[:150] or f"piece-{number}{end}"

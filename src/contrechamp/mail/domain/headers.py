"""Headers as they come: cut in two, in the wrong charset, or in bytes that no rule allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message as Entity
from email.utils import getaddresses, parsedate_to_datetime

from contrechamp.documents.domain.textual import clean
from contrechamp.kernel.names import visible

from .charsets import decoded

LONGEST = 20_000
"""Characters of one header that are read."""
MOST = 60
"""Headers of one name that are read."""
MOST_IDS = 200
_ID = re.compile(r"<([^<>\s]{1,400}@[^<>\s]{1,400})>")
_FOR = re.compile(r"\bfor\s+<?([^\s<>;]{1,400}@[^\s<>;]{1,400})>?")
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]{1,300}@[^\s<>,;:\"'()\[\]]{1,300}")


def values(entity: Entity, name: str) -> list[str]:
    """Return every value of a header, unfolded, its bytes decoded, encoded words left alone."""
    found = [value for key, value in entity.raw_items() if key.lower() == name.lower()]
    return [_text(value) for value in found[:MOST]]


def value(entity: Entity, name: str) -> str:
    """Return the first value of a header, or nothing."""
    return next(iter(values(entity, name)), "")


def shown(entity: Entity, name: str) -> str:
    """Return a header as a person reads it: encoded words decoded, on one line."""
    return words(value(entity, name))


def _text(source: object) -> str:
    raw = str(source)[:LONGEST].encode("utf-8", "surrogateescape")
    return " ".join(clean(decoded(raw)).split())


def words(text: str) -> str:
    """Return a text with its encoded words (RFC 2047) decoded, wherever they stand."""
    if "=?" not in text:
        return text
    # Inside quotation marks no rule allows them; many programs write them there.
    source = re.sub(r"\"(=\?[^\"]*\?=)\"", r"\1", text)
    try:
        parts = decode_header(source)
    # The standard library stumbles over malformed encoded words; then they stay as they came.
    except Exception:  # noqa: BLE001
        return text
    told = "".join(
        part if isinstance(part, str) else decoded(part, charset) for part, charset in parts
    )
    return " ".join(clean(told).split())


def addresses(entity: Entity, *names: str) -> tuple[str, ...]:
    """Return the addresses of these headers, each once, in the order and case they came in."""
    found = [address for name in names for _, address in people(entity, name)]
    return tuple(dict.fromkeys(found))


def people(entity: Entity, name: str) -> Iterator[tuple[str, str]]:
    """Yield name and address of each person that a header names."""
    for source in values(entity, name):
        try:
            pairs = getaddresses([source])
        # As above: what cannot be taken apart is searched for addresses.
        except Exception:  # noqa: BLE001
            pairs = []
        good = [(words(person), address) for person, address in pairs if _is_address(address)]
        known = {address for _, address in good}
        yield from good
        for found in _ADDRESS.findall(source):
            if found not in known and not any(found in address for address in known):
                yield "", found


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def envelope(entity: Entity) -> tuple[str, ...]:
    """Return whom the servers delivered to, whatever To says: blind copies too."""
    found = addresses(entity, "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
    told = [match for line in values(entity, "Received") for match in _FOR.findall(line)]
    return tuple(dict.fromkeys([*found, *told]))


def ids(entity: Entity, *names: str) -> tuple[str, ...]:
    """Return the Message-IDs that these headers name, without brackets, each once."""
    found = [one for name in names for line in values(entity, name) for one in ids_in(line)]
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def ids_in(text: str) -> list[str]:
    """Return the Message-IDs of one line; one without its brackets too."""
    found = _ID.findall(text)
    bare = text.strip()
    return found or ([bare] if re.fullmatch(r"[^\s<>]{1,400}@[^\s<>]{1,400}", bare) else [])


def moment(text: str) -> datetime | None:
    """Return the aware moment that a Date header writes, or None."""
    try:
        found = parsedate_to_datetime(text)
        # Without an offset ("-0000") it is UTC, by RFC 5322 §3.3.
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def received_at(entity: Entity) -> datetime | None:
    """Return when the last server took the message, by its own clock."""
    top = value(entity, "Received")
    return moment(top.rpartition(";")[2].strip()) if ";" in top else None


def plain_name(name: str, *, longest: int = 150) -> str:
    """Return a file name that is no path and has nothing the eye does not see."""
    last = clean(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    last = "".join(sign for sign in visible(last) if sign.isprintable() and sign not in ':*?"<>|')
    last = last.strip(" .") if set(last) <= set(" .") else last.strip()
    stem, dot, end = last.rpartition(".")
    if len(last) > longest and dot and len(end) < 10:
        return f"{stem[: longest - len(end) - 1]}.{end}"
    return last[:longest]

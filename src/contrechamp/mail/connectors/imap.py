"""A mailbox over IMAP: messages are looked at without being read, and never deleted."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import SplitResult, unquote

from contrechamp.kernel.errors import gettext_noop

from .box import TIMEOUT_S, Held, Known, Shelf, Spot, Unreached, is_junk, is_own
from .smtp import is_here

TAKEN = "ContrechampTaken"
MARGIN = timedelta(days=2)
"""Where numbers mean nothing any more, we look this far behind the last complete reading."""
SKIPPED = {"\\noselect", "\\nonexistent", "\\sent", "\\drafts", "\\all", "\\flagged"}
LISTED = re.compile(r"\((?P<flags>[^)]*)\) (?:\"(?:[^\"\\]|\\.)*\"|NIL) (?P<name>.*)", re.DOTALL)
DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class ImapBox:
    """One account."""

    def __init__(self, address: SplitResult) -> None:
        self._host = address.hostname or ""
        self._imap = self._joined(address)
        self._selected: tuple[str, str] | None = None
        self._flag = ""

    def shelves(self) -> Sequence[Shelf]:
        with self._told():
            found = self._said(self._imap.list())
        return [shelf for each in found if each and (shelf := _shelf(each))]

    def spots(self, shelf: Shelf, known: Known | None) -> Sequence[Spot]:
        validity = self._select(shelf.name)
        first = 1
        if known is None or known.validity != validity:
            since = known.read_at - MARGIN if known and known.read_at else None
            asked = ["SINCE", _day(since)] if since else ["ALL"]
        else:
            first = known.last_uid + 1
            asked = ["UID", f"{first}:*"]
        with self._told():
            found = self._said(self._imap.uid("SEARCH", *asked))
        numbers = sorted(int(each) for each in b" ".join(filter(None, found)).split())
        # `7:*` names the last message too when it is number 5.
        return [
            Spot(folder=shelf.name, validity=validity, uid=str(number))
            for number in numbers
            if number >= first
        ]

    def fetch(self, spot: Spot) -> Held | None:
        self._select(spot.folder, spot.validity)
        with self._told():
            # PEEK: reading leaves a message unread.
            found = self._said(self._imap.uid("FETCH", spot.uid, "(INTERNALDATE BODY.PEEK[])"))
        for each in found:
            if isinstance(each, tuple):
                return Held(raw=each[1], received_at=_when(b" ".join(_flat(found))))
        return None

    def mark(self, spot: Spot) -> None:
        self._select(spot.folder, spot.validity)
        if self._flag:
            with self._told():
                self._said(self._imap.uid("STORE", spot.uid, "+FLAGS.SILENT", f"({self._flag})"))

    def close(self) -> None:
        try:
            self._imap.logout()
        except (OSError, imaplib.IMAP4.error):
            with suppress(OSError):
                self._imap.shutdown()

    def _select(self, name: str, validity: str = "") -> str:
        """Open a folder and return its validity, which must be the one asked for."""
        if self._selected is None or self._selected[0] != name:
            self._selected = None
            with self._told():
                self._said(self._imap.select(_quoted(name)))
                now = (self._imap.response("UIDVALIDITY")[1] or [b""])[0]
                flags = b" ".join(filter(None, self._imap.response("PERMANENTFLAGS")[1] or []))
            self._flag = TAKEN if b"\\*" in flags else "\\Seen" if b"\\Seen" in flags else ""
            self._selected = (name, (now or b"").decode("ascii", "replace"))
        if validity and validity != self._selected[1]:
            raise self._unreached("UIDVALIDITY")
        return self._selected[1]

    def _said(self, answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
        status, data = answer
        if status != "OK":
            raise self._unreached(_said_text(data))
        return data

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, imaplib.IMAP4.error, ValueError) as error:
            self._selected = None
            raise self._unreached(f"{type(error).__name__} {error}") from None

    def _unreached(self, why: str) -> Unreached:
        return Unreached(
            gettext_noop("La boîte aux lettres de {host} n'a pas répondu comme prévu : {why}"),
            host=self._host,
            why=why[:300],
        )

    def _joined(self, address: SplitResult) -> imaplib.IMAP4:
        safe = ssl.create_default_context()
        make: Callable[[], imaplib.IMAP4]
        if address.scheme == "imaps":
            port = address.port or 993
            make = lambda: imaplib.IMAP4_SSL(  # noqa: E731
                self._host, port, ssl_context=safe, timeout=TIMEOUT_S
            )
        else:
            port = address.port or 143
            make = lambda: imaplib.IMAP4(self._host, port, timeout=TIMEOUT_S)  # noqa: E731
        imap = None
        try:
            with self._told():
                imap = make()
                if address.scheme == "imap" and not is_here(self._host):
                    imap.starttls(safe)
                imap.login(unquote(address.username or ""), unquote(address.password or ""))
        except BaseException:
            if imap:
                with suppress(OSError):
                    imap.shutdown()
            raise
        return imap


def _shelf(listed: bytes | tuple[bytes, bytes]) -> Shelf | None:
    """Read one line of LIST; None for a folder that nothing arrives in."""
    if isinstance(listed, tuple):  # A name with odd signs comes as a literal.
        head, name = listed[0].decode("utf-8", "replace"), listed[1].decode("utf-8", "replace")
        flags = head.partition("(")[2].partition(")")[0]
    else:
        found = LISTED.match(listed.decode("utf-8", "replace"))
        if not found:
            return None
        flags, name = found["flags"], found["name"].strip()
        if name.startswith('"') and name.endswith('"'):
            name = re.sub(r"\\(.)", r"\1", name[1:-1])
    said, label = set(flags.lower().split()), unmodified(name)
    if said & SKIPPED or (is_own(label) and "\\inbox" not in said):
        return None
    return Shelf(name=name, label=label, is_junk="\\junk" in said or is_junk(label))


def unmodified(name: str) -> str:
    """Return a folder's name as one reads it, from modified UTF-7 (RFC 3501 §5.1.3)."""

    def plain(found: re.Match[str]) -> str:
        if not found[1]:
            return "&"
        text = found[1].replace(",", "/")
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-16-be")
        except ValueError:
            return found[0]

    return re.sub(r"&([^-]*)-", plain, name)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _day(moment: datetime) -> str:
    return f"{moment.day}-{MONTHS[moment.month - 1]}-{moment.year}"


def _when(said: bytes) -> datetime | None:
    found = DATE.search(said)
    if not found:
        return None
    text = found[1].decode("ascii", "replace").strip()
    for number, name in enumerate(MONTHS, 1):
        text = text.replace(f"-{name}-", f"-{number:02}-")
    try:
        return datetime.strptime(text, "%d-%m-%Y %H:%M:%S %z")
    except ValueError:
        return None


def _flat(found: Sequence[Any]) -> Iterator[bytes]:
    """Yield what surrounds the message itself."""
    for each in found:
        yield each[0] if isinstance(each, tuple) else each or b""


def _said_text(data: Sequence[Any]) -> str:
    return b" ".join(_flat(data or [])).decode("utf-8", "replace")

"""A mailbox over POP3: one folder, no marks. Messages stay on the server."""

from __future__ import annotations

import hashlib
import poplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, unquote

from contrechamp.kernel.errors import gettext_noop

from .box import TIMEOUT_S, Held, Known, Shelf, Spot, Unreached
from .smtp import is_here

MOST = 64 << 20
"""Bytes of one line: more than any server sends, and less than would hurt."""


class _LongLines:
    """Lines of any length: those of poplib end at 2,048 bytes, and mail of the world does not."""

    def _getline(self) -> tuple[bytes, int]:
        line = self.file.readline(MOST)  # type: ignore[attr-defined]
        if not line.endswith(b"\n"):
            raise poplib.error_proto("-ERR EOF")
        return line[:-2] if line.endswith(b"\r\n") else line[:-1], len(line)


class _Pop(_LongLines, poplib.POP3):
    pass


class _SafePop(_LongLines, poplib.POP3_SSL):
    pass


class PopBox:
    """One account."""

    def __init__(self, address: SplitResult) -> None:
        self._host = address.hostname or ""
        self._numbers: dict[str, int] = {}
        self._pop = self._joined(address)

    def shelves(self) -> Sequence[Shelf]:
        return [Shelf(name="INBOX", label="INBOX")]

    def spots(self, shelf: Shelf, known: Known | None) -> Sequence[Spot]:
        with self._told():
            _, lines, _ = self._pop.uidl()
        pairs = [line.decode("utf-8", "replace").split(" ", 1) for line in lines]
        self._numbers = {_uid(pair[1]): int(pair[0]) for pair in pairs if len(pair) == 2}
        return [Spot(folder=shelf.name, validity="", uid=uid) for uid in self._numbers]

    def fetch(self, spot: Spot) -> Held | None:
        number = self._numbers.get(spot.uid)
        if number is None:
            return None
        with self._told():
            _, lines, _ = self._pop.retr(number)
        return Held(raw=b"".join(line + b"\r\n" for line in lines), received_at=None)

    def mark(self, spot: Spot) -> None:
        """POP has no marks; which were taken is in our own table."""

    def close(self) -> None:
        with suppress(OSError, poplib.error_proto):
            self._pop.quit()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, poplib.error_proto, ValueError) as error:
            raise Unreached(
                gettext_noop("La boîte aux lettres de {host} n'a pas répondu comme prévu : {why}"),
                host=self._host,
                why=f"{type(error).__name__} {error}"[:300],
            ) from None

    def _joined(self, address: SplitResult) -> poplib.POP3:
        safe = ssl.create_default_context()
        pop: poplib.POP3 | None = None
        try:
            with self._told():
                if address.scheme == "pop3s":
                    port = address.port or 995
                    pop = _SafePop(self._host, port, timeout=TIMEOUT_S, context=safe)
                else:
                    pop = _Pop(self._host, address.port or 110, timeout=TIMEOUT_S)
                    if not is_here(self._host):
                        pop.stls(safe)
                pop.user(unquote(address.username or ""))
                pop.pass_(unquote(address.password or ""))
        except BaseException:
            if pop:
                pop.close()
            raise
        return pop


def _uid(text: str) -> str:
    """Return a server's name of a message; one that is too long by its hash."""
    return text if len(text) <= 250 else hashlib.sha256(text.encode()).hexdigest()

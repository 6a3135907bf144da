"""Servers of mail on this machine: Dovecot where it is installed, a taker of letters, a fake."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
NOBODY = 65534
CONFIGURATION = """
base_dir = {root}/run
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = {root}/log
mail_location = maildir:{root}/mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={root}
}}
namespace inbox {{
  inbox = yes
  separator = .
  mailbox Junk {{
    auto = subscribe
    special_use = \\Junk
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass(frozen=True)
class Mailbox:
    """A mailbox that is served, and the folder where its messages are."""

    address: str
    folder: Path
    names: Iterator[int] = field(default_factory=count)

    def put(self, raw: bytes, folder: str = "") -> Path:
        """Deliver a message as a server does: written aside, then moved to `new`."""
        place = self.folder / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
            for each in (place, place / part):
                _give(each)
        name = f"{next(self.names)}.here"
        written = place / "tmp" / name
        written.write_bytes(raw)
        _give(written)
        return written.rename(place / "new" / name)

    def held(self) -> list[Path]:
        """Return all messages of all folders."""
        return [
            path
            for path in self.folder.rglob("*")
            if path.is_file() and path.parent.name in {"new", "cur"}
        ]


def _give(path: Path) -> None:
    if os.getuid() == 0:
        os.chown(path, NOBODY, NOBODY)


@contextmanager
def dovecot() -> Iterator[Mailbox]:
    """Serve an empty mailbox with a folder for junk."""
    if not Path(DOVECOT).exists() or os.getuid() != 0:
        pytest.skip("needs dovecot-imapd, and root to start it")
    root = Path(mkdtemp(prefix="imap-"))
    root.chmod(0o755)
    (root / "mail").mkdir()
    _give(root / "mail")
    port = free_port()
    conf = root / "dovecot.conf"
    conf.write_text(CONFIGURATION.format(root=root, port=port, user=NOBODY))
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(conf)])  # noqa: S603
    try:
        await_port(port)
        yield Mailbox(f"imap://courrier:secret@127.0.0.1:{port}/", root / "mail")
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(root, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def await_port(port: int) -> None:
    deadline = monotonic() + 30
    while monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise TimeoutError(port)


@dataclass
class Post:
    """A server that takes letters and does with them as a test says."""

    letters: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """Of a command (`RCPT`, `DATA`), what is answered instead."""
    deliver: Callable[[bytes], object] | None = None
    vanishes: bool = False
    """It takes the letter, and the line breaks before its last word."""
    address: str = ""
    options: list[list[str]] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*lines[:-1], "250-DSN", lines[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        self.options.append(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        self.options.append(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.letters.append(envelope)
        if self.deliver:
            assert isinstance(envelope.content, bytes)
            self.deliver(envelope.content)
        if self.vanishes:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 2.0.0 Ok: queued as 4F3A1B2C"


class _Taker(SMTP):
    """RFC 3461: options that the library itself does not know are let pass."""

    @property
    def _known(self) -> bool:
        return True

    def _getparams(self, params: Any) -> dict[str, Any]:
        known = super()._getparams(params) or {}
        return {key: value for key, value in known.items() if key in {"SIZE", "BODY", "SMTPUTF8"}}


class _Desk(Controller):
    def factory(self) -> SMTP:
        return _Taker(self.handler, **self.SMTP_kwargs)


@contextmanager
def post() -> Iterator[Post]:
    """Serve a taker of letters."""
    with serving(Post()) as taker:
        yield taker


@contextmanager
def serving(taker: Post) -> Iterator[Post]:
    """Serve a taker of letters that a test made."""
    port = free_port()
    desk = _Desk(taker, hostname="127.0.0.1", port=port)
    desk.start()
    taker.address = f"smtp://127.0.0.1:{port}"
    try:
        yield taker
    finally:
        desk.stop()


class FakeImap:
    """A mailbox that breaks the line at a command, or stops there, as a test says.

    It speaks as much of IMAP as a reader needs: two folders, marks, numbers.
    """

    def __init__(self, messages: dict[str, list[bytes]]) -> None:
        self.messages = messages
        self.validity = "7"
        self.flags: dict[tuple[str, int], set[str]] = {}
        self.commands = 0
        self.breaks_at: int | None = None
        self.breaks_after = False
        """The command is done, and its answer is lost."""
        self.hangs_at: int | None = None
        self.hung = Event()
        self.log: list[str] = []
        self._over = Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self.address = f"imap://courrier:secret@127.0.0.1:{self.port}/"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join(10)
        self._server.close()

    def _serve(self) -> None:
        while True:
            link, _ = self._server.accept()
            if self._over.is_set():
                link.close()
                return
            with link:
                link.settimeout(20)
                try:
                    self._talk(link)
                except OSError:
                    continue

    def _talk(self, link: socket.socket) -> None:
        lines = link.makefile("rb")
        with lines:
            link.sendall(b"* OK here\r\n")
            selected = ""
            while line := lines.readline():
                tag, _, command = line.decode().strip().partition(" ")
                number, self.commands = self.commands, self.commands + 1
                self.log.append(command)
                if number == self.hangs_at:
                    self.hung.set()
                    lines.readline()  # Until the other side is gone.
                    return
                if number == self.breaks_at and not self.breaks_after:
                    return
                answer, selected = self._answer(command, selected)
                if number == self.breaks_at:
                    return
                link.sendall(answer + tag.encode() + b" OK done\r\n")
                if command.startswith("LOGOUT"):
                    return

    def _answer(self, command: str, selected: str) -> tuple[bytes, str]:
        verb, _, rest = command.partition(" ")
        if verb == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n", selected
        if verb == "LIST":
            return (
                b'* LIST (\\HasNoChildren) "." "INBOX"\r\n'
                b'* LIST (\\HasNoChildren \\Sent) "." "Sent"\r\n'
                b'* LIST (\\HasNoChildren \\Junk) "." "Ind&AOk-sirables"\r\n'
            ), selected
        if verb == "SELECT":
            name = rest.strip('"')
            return (
                f"* {len(self.messages.get(name, []))} EXISTS\r\n"
                f"* OK [UIDVALIDITY {self.validity}] here\r\n"
                "* OK [PERMANENTFLAGS (\\Seen \\*)] here\r\n"
            ).encode(), name
        if verb == "UID":
            return self._by_number(rest, selected), selected
        return b"", selected

    def _by_number(self, rest: str, selected: str) -> bytes:
        verb, _, rest = rest.partition(" ")
        held = self.messages.get(selected, [])
        if verb == "SEARCH":
            first = int(rest.split()[1].split(":")[0]) if rest.startswith("UID") else 1
            found = [n for n in range(1, len(held) + 1) if n >= first or n == len(held)]
            return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()
        number = int(rest.split()[0])
        if verb == "FETCH":
            raw = held[number - 1]
            head = f'* {number} FETCH (UID {number} INTERNALDATE "03-Feb-2031 10:00:00 +0100" '
            return head.encode() + b"BODY[] {%d}\r\n" % len(raw) + raw + b")\r\n"
        if verb == "STORE":
            self.flags.setdefault((selected, number), set()).add(rest)
        return b""

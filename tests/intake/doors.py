"""A door that really serves, and a source who really sends: bytes over a Unix socket."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pyrage

from intake import founding

from . import memory

PROGRAM = (sys.executable, "-m", "intake")
DESK = (sys.executable, "-m", "airlock")
CODENAME = re.compile(rb'id="codename">([^<]+)<')
TOKEN = re.compile(rb'name="token" value="([^"]+)"')


def run(*words: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`contrechamp-intake` with these words."""
    command = [*PROGRAM, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=env or _environ()
    )


def _environ() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def new_key() -> tuple[str, str]:
    """Public and secret key of a reader."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


@dataclass(frozen=True)
class Answer:
    """What came back: nothing at all when the connection was cut."""

    raw: bytes

    @property
    def status(self) -> int:
        """The status, 0 for a cut."""
        return int(self.raw[9:12]) if self.raw.startswith(b"HTTP/1.0 ") else 0

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Every field of the head, in order."""
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")[1:]
        return [(line.split(": ", 1)[0], line.split(": ", 1)[1]) for line in lines]

    @property
    def page(self) -> bytes:
        """The body."""
        return self.raw.partition(b"\r\n\r\n")[2]

    @property
    def text(self) -> str:
        """The body as read, without the apostrophes of printers."""
        return self.page.decode().replace("’", "'").replace("\u00a0", " ")

    @property
    def codename(self) -> str:
        """The eight words; empty when none is shown."""
        found = CODENAME.search(self.page)
        return found[1].decode() if found else ""

    @property
    def token(self) -> bytes:
        """What the forms of a mailbox carry."""
        found = TOKEN.search(self.page)
        assert found, self.text
        return found[1]


def get(path: str = "/", host: str = "localhost", extra: str = "") -> bytes:
    """A plain request."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{extra}\r\n".encode()


def form(
    fields: Iterable[tuple[str, bytes]],
    files: Iterable[tuple[bytes, bytes]] = (),
    *,
    path: str = "/deposer",
    length: int | None = None,
    tail: bytes = b"--BB--\r\n",
) -> bytes:
    """A form as a browser sends it, or with another length or end."""
    body = b"".join(
        b'--BB\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields
    )
    for name, data in files:
        body += b'--BB\r\nContent-Disposition: form-data; name="pieces"; filename="%s"\r\n' % name
        body += b"Content-Type: application/octet-stream\r\n\r\n%s\r\n" % data
    body += tail
    return posted(path, "multipart/form-data; boundary=BB", body, length)


def small(path: str, body: bytes) -> bytes:
    """A form without files."""
    return posted(path, "application/x-www-form-urlencoded", body)


def posted(path: str, kind: str, body: bytes, length: int | None = None) -> bytes:
    """A POST of these bytes."""
    announced = len(body) if length is None else length
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {announced}\r\n\r\n".encode() + body


class Door:
    """A door in `folder`, with one reader; `open` serves it."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder = folder
        self.root = folder / "door"
        self.socket = folder / "door.sock"
        self.public, self.secret = new_key()
        self.process: subprocess.Popen[bytes] | None = None
        (folder / "key").write_text(self.secret)
        founding.found(self.root, [self.public], "age", "")
        self.set(**{"free_mib": 1, "uploads": 4, **settings})

    def set(self, **settings: object) -> None:
        """Other limits, before it opens."""
        path = self.root / "intake.toml"
        text = path.read_text()
        for name, value in settings.items():
            text, times = re.subn(
                rf"^{name} = \S+", f"{name} = {json.dumps(value)}", text, flags=re.MULTILINE
            )
            assert times == 1, name
        path.write_text(text)

    def open(self, *before: str, env: dict[str, str] | None = None) -> Self:
        """Serve, and wait until it does. `before` may be `strace` and its words."""
        command = [*before, *PROGRAM, "serve", str(self.root), "--unix", str(self.socket)]
        self.process = subprocess.Popen(
            command, env=_environ() | (env or {}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdout
        told = self.process.stdout.readline()
        assert told == b"contrechamp-intake: ready\n"
        return self

    def close(self) -> None:
        """End it as an administrator would."""
        if self.process and self.process.poll() is None:
            # Below strace or a sandbox too: those do not pass the signal on.
            for pid in reversed(memory.tree(self.process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process and self.process.stdout:
            self.process.stdout.close()

    @property
    def pid(self) -> int:
        """The parent of all."""
        assert self.process
        return self.process.pid

    def connect(self) -> socket.socket:
        """A connection, in the way of tor."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(60)
        connection.connect(str(self.socket))
        return connection

    def ask(self, raw: bytes, *, is_cut: bool = False) -> Answer:
        """Send these bytes and read until the end."""
        out = b""
        with self.connect() as connection:
            with suppress(ConnectionError):
                connection.sendall(raw)
                if is_cut:
                    connection.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError):
                while data := connection.recv(1 << 16):
                    out += data
        return Answer(out)

    def hand_in(
        self, message: bytes = b"Bonjour", files: Sequence[tuple[bytes, bytes]] = ()
    ) -> Answer:
        """A deposit like a browser's."""
        return self.ask(form([("adresse", b"localhost"), ("message", message)], files))

    def come_back(self, codename: str) -> Answer:
        """A visit with a codename."""
        return self.ask(small("/revenir", b"codename=" + codename.encode().replace(b" ", b"+")))

    @property
    def sealed(self) -> list[Path]:
        """The dossiers, by name."""
        return sorted((self.root / "store").iterdir())

    def read(self, sealed: Path, into: Path | None = None) -> tuple[dict[str, Any], Path]:
        """Open a dossier with the readers' own tool; its manifest, and where it lies."""
        target = into or self.folder / f"opened-{time.monotonic_ns()}"
        words = ["open", str(sealed), "--identity", str(self.folder / "key"), "--into", str(target)]
        done = subprocess.run(
            [*DESK, *words, "--json"], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout), target

    def opened(self) -> list[tuple[dict[str, Any], bytes]]:
        """Every dossier: its manifest and its message."""
        both = [self.read(sealed) for sealed in self.sealed]
        return [(manifest, (into / "message.txt").read_bytes()) for manifest, into in both]

"""A desk that really serves: `contrechamp desk` in a folder of its own, readers over its socket."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import httpx
import pyotp

from tests.intake.doors import new_key

RUN = (sys.executable, "-c", "from contrechamp.cli.main import main; main()")
# Several commands in one process: each start of Django costs seconds on a busy machine.
ALL = """import json, sys
from contrechamp.cli.main import main
for words, given in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    sys.stdin = __import__("io").StringIO(given)
    try:
        main()
    except SystemExit as left:
        if left.code:
            raise
"""
PHRASE = "une phrase assez longue pour lire"
FORM = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def clean() -> dict[str, str]:
    """The environment without any setting of house, desk or test."""
    ours = ("CONTRECHAMP", "DJANGO", "DESK")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def contrechamp(
    *words: object, given: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    """`contrechamp` with these words."""
    return subprocess.run(  # noqa: S603
        [*RUN, *map(str, words)],
        input=given,
        env=clean() | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def contrechamp_all(*commands: tuple[str, ...], given: str = "", **environ: str) -> str:
    """`contrechamp` with each of these words in one process, all given the same; what they said."""
    asked = json.dumps([([*map(str, words)], given) for words in commands])
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ALL, asked],
        env=clean() | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


class Desk:
    """A desk in `folder` beside the door at `door`; `open` serves it on `socket`."""

    def __init__(self, folder: Path, door: Path, host: str = "localhost") -> None:
        self.root, self.socket, self.host = folder / "desk", folder / "desk.sock", host
        self.said = folder / "desk.said"
        self.seeds: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.visitors: list[httpx.Client] = []
        self.door = door

    def found(self, *readers: str, keys: bool = False) -> Self:
        """Make it, and let readers in; with a key each for the daily notice."""
        root, door = str(self.root), str(self.door)
        adding = ("--passphrase-file", "-")
        for_notice = [("--key", new_key()[0]) if keys else () for _ in readers]
        said = contrechamp_all(
            ("desk", "init", root, "--door", door, "--host", self.host),
            *(
                ("desk", "add-reader", root, code, *adding, *key)
                for code, key in zip(readers, for_notice, strict=True)
            ),
            given=PHRASE + "\n",
        )
        self.said.write_text(said)
        for code, seed in re.findall(r"otpauth://totp/Bureau:(\w+)\?secret=(\w+)", said):
            self.seeds[code] = seed
        assert sorted(self.seeds) == sorted(readers)
        return self

    def __call__(self, *words: object, given: str = "") -> str:
        """`contrechamp desk` with these words; what it printed."""
        done = contrechamp("desk", *words, given=given)
        assert done.returncode == 0, done.stderr
        with self.said.open("a") as said:
            said.write(done.stdout + done.stderr)
        return done.stdout

    def digits(self, code: str) -> str:
        """What the reader's generator shows now."""
        return pyotp.TOTP(self.seeds[code]).now()

    def open(self, *before: str) -> Self:
        """Serve, and wait until it does. `before` may be a sandbox and its words."""
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(  # noqa: S603
                [*before, *RUN, "desk", "serve", str(self.root), "--unix", str(self.socket)],
                env=clean(),
                stdout=said,
                stderr=said,
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                # By hand: granian binds the socket twice, and httpx leaks the one that is gone.
                line.settimeout(60)
                line.connect(str(self.socket))
                line.sendall(f"GET /entrer HTTP/1.0\r\nHost: {self.host}\r\n\r\n".encode())
                if b" 200 " in line.recv(1 << 16).split(b"\r\n", 1)[0]:
                    return self
            time.sleep(0.2)
        raise TimeoutError("the desk does not answer")

    def close(self) -> None:
        """End it as an administrator would."""
        for visitor in self.visitors:
            visitor.close()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def visitor(self) -> httpx.Client:
        """A browser without scripts, in the way of tor."""
        line = httpx.HTTPTransport(uds=str(self.socket))
        made = httpx.Client(transport=line, base_url=f"http://{self.host}", timeout=60)
        self.visitors.append(made)
        return made

    def enter(self, code: str) -> AtDesk:
        """Sign in as a reader does."""
        there = AtDesk(self.visitor())
        given = {"code": code, "passphrase": PHRASE, "digits": self.digits(code)}
        assert there.does("/entrer", given, at="/entrer").status_code == 302
        return there


class AtDesk:
    """A reader at the desk: pages, and forms as they stand there."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def sees(self, path: str = "/") -> str:
        """The page at `path`."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def does(self, path: str, given: Mapping[str, str] = {}, *, at: str = "/") -> httpx.Response:
        """Send a form of the page `at`."""
        token = FORM.search(self.sees(at))
        assert token
        return self.client.post(path, data={**given, "csrfmiddlewaretoken": token[1]})

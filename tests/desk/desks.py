"""A desk that really serves: `contrechamp desk` in a folder of its own, readers over its socket."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp

RUN = (sys.executable, "-c", "from contrechamp.cli.main import main; main()")
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


class Desk:
    """A desk in `folder` beside the door at `door`; `open` serves it on `socket`."""

    def __init__(self, folder: Path, door: Path, host: str = "localhost") -> None:
        self.root, self.socket, self.host = folder / "desk", folder / "desk.sock", host
        self.said = folder / "desk.said"
        self.seeds: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.visitors: list[httpx.Client] = []
        self("init", self.root, "--door", door, "--host", host)

    def __call__(self, *words: object, given: str = "") -> str:
        """`contrechamp desk` with these words; what it printed."""
        done = contrechamp("desk", *words, given=given)
        assert done.returncode == 0, done.stderr
        with self.said.open("a") as said:
            said.write(done.stdout + done.stderr)
        return done.stdout

    def add(self, code: str, *options: str) -> None:
        """Let a reader in."""
        words = ("add-reader", self.root, code, "--passphrase-file", "-", *options)
        address = self(*words, given=PHRASE + "\n")
        self.seeds[code] = parse_qs(urlsplit(address.strip()).query)["secret"][0]

    def digits(self, code: str) -> str:
        """What the reader's generator shows now."""
        return pyotp.TOTP(self.seeds[code]).now()

    def open(self) -> Self:
        """Serve, and wait until it does."""
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(  # noqa: S603
                [*RUN, "desk", "serve", str(self.root), "--unix", str(self.socket)],
                env=clean(),
                stdout=said,
                stderr=said,
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                if self.visitor().get("/entrer").status_code == 200:
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

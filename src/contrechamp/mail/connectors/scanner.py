"""Asks a virus scanner about bytes: clamd by its INSTREAM command, or a program.

Who cannot answer is not believed: such a file stays where nobody opens it by mistake.
"""

from __future__ import annotations

import shlex
import socket
import struct
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

BLOCK = 1 << 16
TIMEOUT_S = 120.0


class Verdict(StrEnum):
    """What is known of a file."""

    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    UNKNOWN = "UNKNOWN"
    """The scanner failed: ask again later."""
    NOT_SCANNED = "NOT_SCANNED"
    """This instance has no scanner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The verdict on one file, and the scanner's own words."""

    verdict: Verdict
    detail: str = ""

    @property
    def may_be_opened(self) -> bool:
        """Whether the file leaves quarantine."""
        return self.verdict in {Verdict.CLEAN, Verdict.NOT_SCANNED}


def scan(content: bytes, scanner: str, *, timeout: float = TIMEOUT_S) -> Scan:
    """Return what the scanner of CONTRECHAMP_VIRUS_SCAN says of a file."""
    if not scanner:
        return Scan(verdict=Verdict.NOT_SCANNED)
    try:
        if scanner.startswith("clamd:"):
            return _by_clamd(content, scanner, timeout)
        return _by_program(content, scanner, timeout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Scan(verdict=Verdict.UNKNOWN, detail=f"{type(error).__name__}: {error}"[:500])


def _by_program(content: bytes, command: str, timeout: float) -> Scan:
    # The operator's own setting is the command; it gets the bytes, never a name from outside.
    ran = subprocess.run(  # noqa: S603
        shlex.split(command), input=content, capture_output=True, timeout=timeout, check=False
    )
    said = (ran.stdout or ran.stderr).decode("utf-8", "replace").strip()[:500]
    verdicts = {0: Verdict.CLEAN, 1: Verdict.INFECTED}
    return Scan(verdict=verdicts.get(ran.returncode, Verdict.UNKNOWN), detail=said)


def _by_clamd(content: bytes, address: str, timeout: float) -> Scan:
    with _clamd(address, timeout) as link:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), BLOCK):
            block = content[start : start + BLOCK]
            link.sendall(struct.pack("!I", len(block)) + block)
        link.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := link.recv(4096)):
            answer += more
    said = answer.rstrip(b"\0").decode("utf-8", "replace").strip()[:500]
    if said.endswith("FOUND"):
        return Scan(verdict=Verdict.INFECTED, detail=said)
    if said.endswith("OK"):
        return Scan(verdict=Verdict.CLEAN, detail=said)
    return Scan(verdict=Verdict.UNKNOWN, detail=said or "no answer")


def _clamd(address: str, timeout: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout)
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(timeout)
    try:
        link.connect(unquote(parts.path))
    except BaseException:
        link.close()
        raise
    return link

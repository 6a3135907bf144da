"""What a virus scanner says, and what it does not say, decides what is opened."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from contrechamp.mail import services
from contrechamp.mail.connectors.scanner import scan
from contrechamp.mail.services import Verdict
from tests.mail.conftest import Set
from tests.mail.servers import free_port

TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(*, breaks: bool = False) -> Iterator[str]:
    """Serve INSTREAM as clamd does."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        link, _ = server.accept()
        with link, link.makefile("rb") as lines:
            assert lines.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!I", lines.read(4))[0]:
                content += lines.read(size)
            if not breaks:
                found = b"Eicar-Test-Signature FOUND" if b"EICAR" in content else b"OK"
                link.sendall(b"stream: " + found + b"\0")

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"clamd://127.0.0.1:{server.getsockname()[1]}"
    thread.join(10)
    server.close()


@pytest.mark.parametrize(
    ("content", "verdict"),
    [(b"x" * 200_000, Verdict.CLEAN), (TEST_VIRUS, Verdict.INFECTED), (b"", Verdict.CLEAN)],
)
def test_clamd_is_asked_block_by_block(content: bytes, verdict: Verdict) -> None:
    with clamd() as address:
        found = scan(content, address)

    assert found.verdict is verdict
    assert found.may_be_opened is (verdict is Verdict.CLEAN)


def test_a_scanner_that_fails_keeps_the_file_in_quarantine() -> None:
    with clamd(breaks=True) as address:
        assert scan(b"x", address).verdict is Verdict.UNKNOWN
    for scanner in (
        f"clamd://127.0.0.1:{free_port()}",
        "clamd:///n/existe/pas.ctl",
        "/n/existe/pas",
        f"{sys.executable} -c 'raise SystemExit(2)'",
        "'",
    ):
        found = scan(b"x", scanner)
        assert found.verdict is Verdict.UNKNOWN
        assert not found.may_be_opened
        assert found.detail or "SystemExit" in scanner


def test_a_program_says_by_its_end_what_it_found(tmp_path: Path, set_mail: Set) -> None:
    program = tmp_path / "scan.py"
    program.write_text("import sys\nsys.exit(b'EICAR' in sys.stdin.buffer.read())\n")
    set_mail(virus_scan=f"{sys.executable} {program}")

    assert services.scan(b"innocent").verdict is Verdict.CLEAN
    assert services.scan(TEST_VIRUS).verdict is Verdict.INFECTED


def test_a_scanner_that_hangs_is_not_waited_for() -> None:
    sleeper = f"{sys.executable} -c 'import time; time.sleep(60)'"

    assert scan(b"x", sleeper, timeout=0.5).verdict is Verdict.UNKNOWN


def test_without_a_scanner_that_is_said(set_mail: Set) -> None:
    assert services.scan(b"x").verdict is Verdict.NOT_SCANNED

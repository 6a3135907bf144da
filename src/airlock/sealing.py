"""Sealing while bytes arrive. One rule for every profile: the encryptor is another process.

It is fed by a pipe. No thread, so that the caller may fork whenever it likes; a crash or a Rust
panic is an exit status; the plaintext that the encryptor saw dies with it. Any failure is a
SealingError, and the caller forgets the file.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NoReturn, Protocol

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gpg's home must not rest on a disk


class SealingError(RuntimeError):
    """Nothing was sealed: what was written must be thrown away."""


class Sealer(Protocol):
    """What every profile offers. `write` until the end, then `finish`; `abort` at any time."""

    profile: ClassVar[str]
    suffix: ClassVar[str]

    def write(self, chunk: bytes) -> None:
        """Seal some more bytes; raise SealingError."""

    def finish(self) -> None:
        """Wait until all is sealed and written; raise SealingError."""

    def abort(self) -> None:
        """Stop at once. Safe to call at any time, and twice."""


class Piped:
    """A child that encrypts what comes through a pipe; the profiles say which child."""

    def __init__(self) -> None:
        self._pid: int | None = None
        self._pipe: int | None = None

    def write(self, chunk: bytes) -> None:
        """Seal some more bytes; raise SealingError when the encryptor went away."""
        view = memoryview(chunk)
        if self._pipe is None:
            raise SealingError("already ended")
        try:
            while view:
                view = view[os.write(self._pipe, view) :]
        except OSError as error:
            self.abort()
            raise SealingError("the encryptor went away") from error

    def finish(self) -> None:
        """Wait until all is sealed and written; raise SealingError when it is not."""
        if self._pipe is None:
            raise SealingError("already ended")
        self._close()
        if self._wait() != 0:
            raise SealingError("the encryptor failed")

    def abort(self) -> None:
        """Kill the encryptor. Safe to call at any time, and twice."""
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._wait()
        self._close()

    def _close(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None

    def _wait(self) -> int:
        pid, self._pid = self._pid, None
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if pid else 1


class AgeSealer(Piped):
    """A standard age file (X25519 recipients) written to `sink_fd` by pyrage in a forked child."""

    profile: ClassVar[str] = "age"
    suffix: ClassVar[str] = ".age"

    def __init__(self, sink_fd: int, recipients: Sequence[str]) -> None:
        super().__init__()
        import pyrage

        if not recipients:
            raise SealingError("no recipient")
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
        read_end, self._pipe = os.pipe()
        try:
            self._pid = os.fork()
        except OSError as error:
            os.close(read_end)
            self._close()
            raise SealingError("no process for the encryptor") from error
        if self._pid:
            os.close(read_end)
            return
        _encrypt_and_leave(read_end, sink_fd, keys)


def _encrypt_and_leave(read_end: int, sink_fd: int, keys: list[object]) -> NoReturn:
    status = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)  # A Rust panic prints a backtrace.
        os.dup2(null, 2)
        _close_all_but(read_end, sink_fd)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        import pyrage

        with (
            open(read_end, "rb", buffering=256 << 10) as plain,
            open(sink_fd, "wb", closefd=False) as sealed,
        ):
            pyrage.encrypt_io(plain, sealed, keys)
        status = 0
    finally:
        os._exit(status)  # A panic is a BaseException: nothing may run in this copy of the caller.


def _close_all_but(*kept: int) -> None:
    """Close every other file: a pipe's other end, of this sealer or of another, or no end comes."""
    start = 3
    for fd in sorted({each for each in kept if each >= start}):
        os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, os.sysconf("SC_OPEN_MAX"))


class OpenpgpSealer(Piped):
    """An OpenPGP message written to `sink_fd` by a gpg child, to vetted certificate files.

    The literal packet holds the second of sealing, which readers alone can see. gpg's
    --faked-system-time would hide it, but makes a key younger than that time unusable.
    """

    profile: ClassVar[str] = "openpgp"
    suffix: ClassVar[str] = ".gpg"

    def __init__(self, sink_fd: int, certificates: Sequence[str]) -> None:
        super().__init__()
        if not certificates:
            raise SealingError("no recipient")
        place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
        self._home = tempfile.mkdtemp(prefix="gpg-", dir=place)
        read_end, self._pipe = os.pipe()
        try:
            child = subprocess.Popen(  # noqa: S603 - a program of the system, no shell
                self._command(certificates),
                stdin=read_end,
                stdout=sink_fd,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            self._close()
            shutil.rmtree(self._home, ignore_errors=True)
            raise SealingError("gpg is missing or does not start") from error
        finally:
            os.close(read_end)
        self._pid = child.pid
        child.returncode = 0  # `_wait` waits for it.

    def _command(self, certificates: Sequence[str]) -> list[str]:
        command = [
            *("gpg", "--homedir", self._home, "--batch", "--no-options", "--no-keyring"),
            *("--no-random-seed-file", "--trust-model", "always", "--compress-level", "0"),
            *("--set-filename", "", "--quiet", "--no-tty", "--output", "-"),
        ]
        for path in certificates:
            command += ["--hidden-recipient-file", str(path)]
        return [*command, "--encrypt"]

    def _wait(self) -> int:
        code = super()._wait()
        shutil.rmtree(self._home, ignore_errors=True)
        return code


SEALERS: dict[str, type[AgeSealer] | type[OpenpgpSealer]] = {
    each.profile: each for each in (AgeSealer, OpenpgpSealer)
}

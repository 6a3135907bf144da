"""One process per connection.

The parent accepts and forks; it never reads a byte of a request. A child serves one request and
ends at once, so that nothing a source sent outlives the answer. There is no thread, and no proxy
may stand in front: all those that were measured write bodies to files.
"""

from __future__ import annotations

import ctypes
import gc
import io
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, Protocol

from . import headers
from .protocol import CutShort, Malformed, Request, read_request

HEAD_SECONDS, IDLE_SECONDS, TOTAL_SECONDS = 20, 120, 6 * 3600
DRAIN_SECONDS, DRAIN_BYTES = 10, 8 << 20
# Over the bound of connections, so many more children say that the door is full.
MOST_REGRETS = 16
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_LIBC = ctypes.CDLL(None)


class Application(Protocol):
    """What answers."""

    limit: int

    def answer(self, request: Request) -> tuple[int, bytes]:
        """Status and page."""

    def refusal(self, status: int, path: str) -> bytes:
        """The page of a refusal; `path` may be empty."""


class Server:
    """The door's one loop."""

    def __init__(self, listener: socket.socket, application: Application, most: int) -> None:
        self._listener = listener
        self._application = application
        self._most = most
        self._children: set[int] = set()
        self._is_running = True

    def run(self) -> None:
        """Accept until SIGTERM or SIGINT, then end every child."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        gc.collect()
        gc.freeze()  # A collection in a child would copy every page of the parent.
        self._listener.settimeout(5)  # Ended children are buried on quiet nights too.
        while self._is_running:
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                self._reap()
                continue
            except OSError:
                time.sleep(0.05)  # No descriptor left: let some end.
                self._reap()
                continue
            self._reap()
            self._hand_over(connection)
        for pid in self._children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _stop(self, *_: object) -> None:
        self._is_running = False
        self._listener.close()  # accept() then raises.

    def _reap(self) -> None:
        for pid in list(self._children):
            try:
                ended, _ = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                ended = pid
            if ended:
                self._children.discard(pid)

    def _hand_over(self, connection: socket.socket) -> None:
        crowd = len(self._children)
        task = self._serve if crowd < self._most else self._regret
        try:
            if crowd < self._most + MOST_REGRETS:
                pid = os.fork()
                if pid == 0:
                    self._child(connection, task)
                self._children.add(pid)
        except OSError:
            pass  # No process left: the connection is cut, and nothing of it was read.
        finally:
            connection.close()

    def _child(self, connection: socket.socket, task: Callable[[socket.socket], None]) -> NoReturn:
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            die_with_parent()
            self._listener.close()
            task(connection)
        finally:
            os._exit(0)  # Whatever it was: no message, and no other code runs in this copy.

    def _serve(self, connection: socket.socket) -> None:
        signal.alarm(HEAD_SECONDS)  # Its default ends the process.
        connection.settimeout(HEAD_SECONDS)
        stream = io.BufferedReader(socket.SocketIO(connection, "r"), 1 << 16)
        try:
            request = read_request(stream, self._application.limit)
        except Malformed as refusal:
            page = self._application.refusal(refusal.status, refusal.path)
            connection.sendall(headers.head(refusal.status, len(page)) + page)
            drain(connection)
            return
        except CutShort:
            return
        signal.alarm(TOTAL_SECONDS)
        connection.settimeout(IDLE_SECONDS)
        try:
            status, page = self._application.answer(request)
        except Exception:  # noqa: BLE001 - a stranger's bytes: what nobody foresaw closes too
            status, page = 503, self._application.refusal(503, request.path)
        sent = b"" if request.method == "HEAD" else page
        connection.sendall(headers.head(status, len(page)) + sent)
        if request.body.left:
            drain(connection)

    def _regret(self, connection: socket.socket) -> None:
        signal.alarm(DRAIN_SECONDS)
        page = self._application.refusal(503, "")
        connection.sendall(headers.head(503, len(page)) + page)
        drain(connection)


def drain(connection: socket.socket) -> None:
    """Read some of what is still coming: or the client sees a reset and never the page."""
    signal.alarm(DRAIN_SECONDS + 1)
    left = DRAIN_BYTES
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(DRAIN_SECONDS)
        while left > 0 and (data := connection.recv(1 << 16)):
            left -= len(data)


def die_with_parent() -> None:
    """The kernel ends this process when the one that forked it ends."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def harden() -> None:
    """No core, no debugger of the same user, no word: after this the process is silent for ever."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.umask(0o027)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


def listen_unix(path: Path) -> socket.socket:
    """A socket that its owner and group may open; raises OSError."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if path.is_socket():
        path.unlink()
    before = os.umask(0o117)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(128)
    return listener


def listen_loopback(host: str, port: int) -> socket.socket:
    """A port of this machine alone, for trials; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    return listener

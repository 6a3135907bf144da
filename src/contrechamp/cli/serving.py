"""Start the web server: for the house, and for the desk, which is another program."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from contrechamp.foundation.env import Address


def never_fork() -> None:
    """Start processes afresh from here on.

    granian forks by default. A fork of this process would inherit what another thread holds at
    that moment: SQLite's lock, for example, on which the first page would wait for ever.
    """
    multiprocessing.set_start_method("spawn", force=True)


def serve(
    application: str,
    where: Address | Path,
    *,
    workers: int,
    threads: int,
    is_silent: bool = False,
) -> None:
    """Answer at an address, or at a Unix socket, until told to stop.

    `application`: a WSGI application as `package.module:name`. `threads`: of each worker.
    `is_silent`: not a word is written, whatever happens.
    """
    never_fork()
    Granian(
        application,
        address=where.host if isinstance(where, Address) else "127.0.0.1",
        port=where.port if isinstance(where, Address) else 8000,
        uds=where if isinstance(where, Path) else None,
        # Whoever is in the group of the socket's folder is let in: tor's user, and nobody else.
        uds_permissions=0o660 if isinstance(where, Path) else None,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        websockets=False,
        log_enabled=not is_silent,
    ).serve()

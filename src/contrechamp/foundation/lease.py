"""Who holds a piece of work, and whether that process is still there.

A lease has an end, for when a machine goes down. On one and the same machine we can do better:
a process that was killed is known to be gone at once, so that nobody waits for the end.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path


def holder() -> str:
    """Return the name of this process: machine, number and moment of its start."""
    return _name(os.getpid())


def is_gone(name: str) -> bool:
    """Answer whether that process is certainly over. One on another machine is not certain."""
    host, _, rest = name.partition(" ")
    number, _, _ = rest.partition(" ")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    return _name(int(number)) != name


@cache
def _boot() -> str:
    """Return what differs after a restart, and between containers that share a host's name."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        return "-"


def _name(number: int) -> str:
    """Name a process. Numbers are given again, so the moment of its start is part of it."""
    try:
        status = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        started = "gone" if status[0] in "ZX" else status[19]
    except (OSError, IndexError):
        started = "-" if _runs(number) else "gone"
    return f"{socket.gethostname()} {number} {started} {_boot()}"


def _runs(number: int) -> bool:
    """Answer where there is no /proc."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

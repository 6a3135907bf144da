"""Counting byte strings in the memory of living processes. Needs root: the door is undumpable."""

from __future__ import annotations

import re
from pathlib import Path

_READABLE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r")
_OF_THE_KERNEL = ("[vvar]", "[vsyscall]", "[vdso]", "[vvar_vclock]")


def tree(pid: int) -> list[int]:
    """The process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state == "Z":  # Ended, without memory; only its number is still kept.
            continue
        parents.setdefault(int(parent), []).append(int(path.parent.name))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += parents.get(found[-1], [])
    return found


def count(pid: int, needle: bytes) -> int:
    """How often the bytes stand in the memory of the process."""
    total = 0
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        for line in maps:
            found = _READABLE.match(line)
            if not found or line.rstrip().endswith(_OF_THE_KERNEL):
                continue
            start, end = int(found[1], 16), int(found[2], 16)
            try:
                memory.seek(start)
                total += memory.read(end - start).count(needle)
            except (OSError, ValueError, OverflowError):
                continue
    return total


def peak(pid: int) -> int:
    """The most memory the process had at once, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) >> 10 if found else 0

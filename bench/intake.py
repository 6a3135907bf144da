"""What the sources' door costs: a large deposit, memory of each process, codenames, pages.

`python -m bench.intake [MIB]` makes a door in a temporary folder and sends to it over its Unix
socket, as tor does. Targets: 200 MiB at 50 MB/s or better, under 60 MB a process of the body,
a codename between 0.5 and 1.5 s whatever the answer.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from airlock import codename
from tests.intake import memory
from tests.intake.doors import Door, get, posted

BLOCK = 1 << 20


def main(mib: int) -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as folder:
        door = Door(Path(folder), uploads=8).open()
        try:
            words = _deposit(door, mib)
            _codenames(door, words)
            _pages(door)
            _crowd(door)
        finally:
            door.close()


def _deposit(door: Door, mib: int) -> str:
    head = b'--BB\r\nContent-Disposition: form-data; name="adresse"\r\n\r\nlocalhost\r\n--BB\r\n'
    head += b'Content-Disposition: form-data; name="pieces"; filename="a.bin"\r\n\r\n'
    tail, block = b"\r\n--BB--\r\n", os.urandom(BLOCK)
    length = len(head) + mib * BLOCK + len(tail)
    request = posted("/deposer", "multipart/form-data; boundary=BB", head, length)
    started = time.monotonic()
    peaks: list[int] = []
    with door.connect() as connection:
        connection.sendall(request)
        for _ in range(mib):
            connection.sendall(block)
        peaks = [memory.peak(pid) for pid in memory.tree(door.pid)] if os.geteuid() == 0 else []
        sealed_by = time.monotonic()
        connection.sendall(tail)
        stretch = _watch_stretching(door) if peaks else []
        out = b""
        while data := connection.recv(1 << 16):
            out += data
    spent = time.monotonic() - started
    words = out.split(b'id="codename">')[1].split(b"<")[0].decode()
    print(f"{mib} MiB sealed, synced, named, codename shown: {spent:.2f} s")
    print(f"  = {mib * 1.048576 / spent:.0f} MB/s in all; body alone {sealed_by - started:.2f} s")
    if peaks:
        print(f"  memory, MiB: parent {peaks[0]}, connection {peaks[1]}, encryptor {peaks[2]}")
        print(f"  memory, MiB: stretching {max(stretch, default=0)}, for less than a second")
    return words


def _watch_stretching(door: Door) -> list[int]:
    """The most that a process beside those of the body has, until it ends."""
    seen: list[int] = []
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            peaks = sorted(memory.peak(pid) for pid in memory.tree(door.pid))
        except OSError:
            continue
        seen.append(peaks[-1])
        if len(peaks) == 1:
            break
        time.sleep(0.02)
    return seen


def _codenames(door: Door, right: str) -> None:
    asked = {
        "right": right,
        "unknown": codename.encode(os.urandom(10)),
        "mistyped": right.rsplit(" ", 1)[0] + " abaisser",
    }
    for kind, words in asked.items():
        times = []
        for _ in range(5):
            started = time.monotonic()
            door.come_back(words)
            times.append(time.monotonic() - started)
        print(f"codename, {kind}: {min(times):.2f} s least, {statistics.median(times):.2f} middle")


def _pages(door: Door) -> None:
    started = time.monotonic()
    for _ in range(200):
        door.ask(get())
    spent = time.monotonic() - started
    print(f"first page: {spent * 5:.1f} ms each, {200 / spent:.0f} a second, one at a time")


def _crowd(door: Door) -> None:
    data = os.urandom(8 << 20)
    told = []
    started = time.monotonic()
    threads = [
        threading.Thread(target=lambda: told.append(door.hand_in(b"", [(b"a.bin", data)])))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - started
    print(f"8 deposits of 8 MiB at once: {spent:.1f} s, {sum(a.status == 200 for a in told)} kept")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

"""How heavy and how fast a server at rest is: memory, and the time that its pages take.

    .venv/bin/python bench/server.py [DATA_FOLDER]

Starts `contrechamp serve` on a free port with the given data folder (by default `var`, filled by
`make demo`), waits until it rests, adds up the resident memory of its processes (shared pages
counted once, as PSS), then asks for each page 60 times, one after the other.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

COMMAND = Path(sys.executable).with_name("contrechamp")
ROUNDS = 60
REST_S = 8
TARGET_MEMORY_MB, TARGET_P95_MS = 250, 50


def main(folder: str) -> int:
    """Print memory and latencies beside their targets."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {
        **os.environ,
        "CONTRECHAMP_DATA": folder,
        "CONTRECHAMP_LISTEN": f"127.0.0.1:{port}",
    }
    with subprocess.Popen([COMMAND, "serve"], env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            started = monotonic()
            home = wait_for(port)
            print(f"first page after        {monotonic() - started:6.1f} s")
            sleep(REST_S)
            memory = sum(pss_mb(pid) for pid in family(server.pid))
            print(f"idle memory             {memory:6.0f} MB   target < {TARGET_MEMORY_MB}")
            print(f"{'':42} {'made anew, ms':>15} {'kept, ms':>15}")
            print(f"{'page':42} {'p50':>7} {'p95':>7} {'p50':>7} {'p95':>7}   kB")
            for path in pages(port, home):
                made, size = ask(port, path, anew=True)
                kept, _ = ask(port, path, anew=False)
                times = " ".join(f"{each:7.1f}" for each in (*middle(made), *middle(kept)))
                print(f"{path[:42]:42} {times} {size / 1000:5.0f}")
            print(f"target: p95 < {TARGET_P95_MS} ms, the first page of a document < 150 ms")
            memory = sum(pss_mb(pid) for pid in family(server.pid))
            print(f"memory after            {memory:6.0f} MB")
        finally:
            server.terminate()
    return 0


def wait_for(port: int) -> str:
    """Return the home page as soon as it is answered."""
    while True:
        try:
            return get(port, "/")
        except ConnectionRefusedError:
            sleep(0.05)


def get(port: int, path: str) -> str:
    """Return a page; raise on any other answer than a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Language": "fr"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.read().decode()
    finally:
        connection.close()


def pages(port: int, home: str) -> list[str]:
    """Return the pages to ask for: fixed ones, and one of each kind that the site links to."""
    found = ["/", "/carte", "/graphe", "/recherche?q=cam%C3%A9ras", "/commune/83003-ampus"]
    text = home + get(port, "/commune/83003-ampus") + get(port, "/projets") + get(port, "/acteurs")
    for kind in ("projet", "acteur", "fait"):
        if match := re.search(rf'href="(/{kind}/[a-z]{{3}}-[0-9a-z]{{10}})"', text):
            found.append(match[1])
    if match := re.search(r'href="(/documents/[0-9a-f]{64}/page/\d+)', text):
        found.append(match[1])
    return found


def middle(times: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[18]


def ask(port: int, path: str, *, anew: bool) -> tuple[list[float], int]:
    """Return the times in milliseconds, without the first, and the size of the page in bytes.

    Anew: each address differs in a parameter that no page reads, so that none is kept.
    """
    size = len(get(port, path).encode())
    times = []
    for number in range(ROUNDS):
        mark = f"{'&' if '?' in path else '?'}mesure={number}" if anew else ""
        started = monotonic()
        get(port, path + mark)
        times.append((monotonic() - started) * 1000)
    return times, size


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def pss_mb(pid: int) -> float:
    """Return the memory of a process in megabytes, shared pages divided among who shares them."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    match = re.search(r"^Pss:\s+(\d+) kB", text, flags=re.MULTILINE)
    return int(match[1]) / 1000 if match else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "var"))

"""How many visitors a server answers: mixed public pages, asked by several at once.

    python -m bench.load FOLDER [--warm 120] [--seconds 20] [--clients 16]
                         [--without graph,map] [--skip-kinds]

Starts `contrechamp serve` on FOLDER (a filled one: see `bench.fill`), on loopback, and asks from
a process of its own, bounded in time. First each kind of page made anew, one after the other, by
one visitor. Then as in life (`bench.visits`: a few pages are asked for again and again): for
`--warm` seconds, so that the pages that many ask for are kept, then for `--seconds` that count.
At last only addresses that were never asked, so that every page is made anew.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep

from bench.server import family, pss_mb
from bench.visits import Visitors, addresses

COMMAND = Path(sys.executable).with_name("contrechamp")
TARGET_RPS, TARGET_P95_MS, TARGET_MB = 300, 50, 250
MOST_A_SECOND = 1_500
ANSWERS = 8
"""So many pages are answered before anything counts: by each process of a server, most likely."""
HEADERS = {"Accept-Language": "fr", "Accept-Encoding": "gzip"}
OF_EACH = 40
"""Pages of each kind that are asked for one after the other."""
KINDS = (
    "home",
    "commune",
    "project",
    "actor",
    "technology",
    "contract",
    "fact",
    "document",
    "list",
)
Times = list[tuple[str, int, float]]
"""(address, status, milliseconds); status 0: no answer."""


def main() -> int:
    """Print what is measured beside its target."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--warm", type=float, default=120)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--clients", type=int, default=16)
    asked.add_argument("--without", default="", help="kinds of pages to leave out: graph,map")
    asked.add_argument("--skip-kinds", action="store_true")
    given = asked.parse_args()
    if not (given.folder / "contrechamp.sqlite3").exists():
        asked.error(f"{given.folder} holds no observatory: see bench.fill")
    left_out = given.without.split(",")
    found = addresses(given.folder)
    visitors = Visitors({kind: row for kind, row in found.items() if kind not in left_out})
    with serving(given.folder) as (port, pid):
        print(f"memory at rest: {memory_mb(pid):.0f} MB   target < {TARGET_MB}")
        if not given.skip_kinds:
            alone(port, pid, visitors)
        bounds = (pid, given.clients)
        life = visitors.as_in_life(MOST_A_SECOND * int(given.warm + given.seconds + 2))
        warm = list(islice(life, MOST_A_SECOND * int(given.warm + 1)))
        before = crowd("as in life, at first", port, warm, *bounds, given.warm)
        crowd("as in life, after that", port, list(life), *bounds, given.seconds, before)
        anew = list(visitors.all_distinct(MOST_A_SECOND * int(given.seconds + 1)))
        crowd("all made anew", port, anew, *bounds, given.seconds)
        print(f"\nmemory after: {memory_mb(pid):.0f} MB")
    return 0


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Start a server on a free port of loopback; give its port and process; stop it after."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {
        **os.environ,
        "CONTRECHAMP_DATA": str(folder),
        "CONTRECHAMP_LISTEN": f"127.0.0.1:{port}",
    }
    with subprocess.Popen(
        [COMMAND, "serve", "--no-jobs"], env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def wait_for(port: int, most_s: float = 60) -> None:
    """Return as soon as pages are answered: not when a server that still starts takes a call.

    Each process of a server answers only when it has read all; whoever comes first waits with it.
    """
    end = monotonic() + most_s
    for _ in range(ANSWERS):
        while True:
            try:
                link = HTTPConnection("127.0.0.1", port, timeout=most_s)
                link.request("GET", "/a-propos")
                link.getresponse().read()
            except OSError:
                if monotonic() > end:
                    raise
                sleep(0.05)
            else:
                break


def alone(port: int, pid: int, visitors: Visitors) -> None:
    """Print how long each kind of page takes when nobody else asks."""
    print(f"{'':18} {'by the clock, ms':>23} {'processor, ms':>15}   kB packed")
    print(f"{'made anew, alone':18} {'p50':>7} {'p95':>7} {'worst':>7} {'mean':>15} {'most':>7}")
    for kind in KINDS:
        one_kind(port, pid, kind, visitors.sample(kind, OF_EACH))
    print(f"target: p95 < {TARGET_P95_MS} ms for home, commune, project and actor")


def one_kind(port: int, pid: int, kind: str, row: Sequence[str]) -> None:
    """Print how long pages of one kind take when nobody else asks, the busiest records included.

    The time of the server's processor says the same on a busy machine.
    """
    fresh = count()
    marked = [f"{one}{'&' if '?' in one else '?'}seul={next(fresh)}" for one in row]
    if len(marked) < OF_EACH:
        marked = [f"{row[n % len(row)]}?seul={n}" for n in range(OF_EACH)]
    found, sizes = [], []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    worked = 0.0
    for number, address in enumerate([marked[-1] + "0", *marked]):
        if number == 1:  # The first pays for what is read once.
            worked = worked_s(pid)
        started = monotonic()
        connection.request("GET", address, headers=HEADERS)
        answer = connection.getresponse()
        body = answer.read()
        found.append((monotonic() - started) * 1000)
        sizes.append(len(body))
        if answer.status != 200:
            print(f"{address}: {answer.status}")
    connection.close()
    found = found[1:]
    mean = (worked_s(pid) - worked) * 1000 / len(found)
    print(
        f"{kind:18} {statistics.median(found):7.1f} {percentile(found, 95):7.1f} "
        f"{max(found):7.1f} {mean:15.1f} {max(sizes) / 1000:7.0f}"
    )


def worked_s(pid: int) -> float:
    """Return how many seconds of processor a process and all that it started have used."""
    total = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def crowd(
    name: str,
    port: int,
    row: Sequence[str],
    pid: int,
    clients: int,
    seconds: float,
    before: AbstractSet[str] = frozenset(),
) -> set[str]:
    """Let many ask at once from another process, print what they met, return what they asked."""
    worked = worked_s(pid)
    with get_context("spawn").Pool(1) as pool:
        taken, times = pool.apply(ask_all, (port, row, clients, seconds))
    worked = worked_s(pid) - worked
    good = [each for _, status, each in times if status == 200]
    bad = [(address, status) for address, status, _ in times if status not in (200, 302, 301)]
    found = set(before)
    known = 0
    for address, _, _ in times:
        known += address in found
        found.add(address)
    print(f"\n{name}: {clients} connections, {len(times)} requests in {taken:.1f} s")
    print(f"  asked before {known / max(len(times), 1):6.0%}   of all requests")
    print(f"  requests/s {len(times) / taken:8.0f}   target {TARGET_RPS}")
    print(f"  errors     {len(bad):8}   target 0   {bad[:3] or ''}")
    print(f"  processor  {worked * 1000 / max(len(times), 1):8.1f} ms a request")
    if good:
        named = " ".join(f"p{p} {percentile(good, p):.0f}" for p in (50, 95, 99))
        print(f"  answer     {named} ms, worst {max(good):.0f} ms")
    slow = sorted((each, address) for address, _, each in times)[-3:]
    print("  slowest    " + ", ".join(f"{address} {each:.0f} ms" for each, address in slow))
    return found


def ask_all(port: int, row: Sequence[str], clients: int, seconds: float) -> tuple[float, Times]:
    """Ask for all addresses over some connections that stay open, until the time is up."""
    end = monotonic() + seconds
    started = monotonic()
    with ThreadPoolExecutor(clients) as pool:
        parts = [row[number::clients] for number in range(clients)]
        found = [pool.submit(ask_some, port, part, end) for part in parts]
        times = [one for each in found for one in each.result()]
    return monotonic() - started, times


def ask_some(port: int, row: Sequence[str], end: float) -> Times:
    """Ask for these one after the other over one connection."""
    times: Times = []
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for address in row:
        started = monotonic()
        if started > end:
            break
        try:
            connection.request("GET", address, headers=HEADERS)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            status = 0
            connection.close()
        times.append((address, status, (monotonic() - started) * 1000))
    connection.close()
    return times


def memory_mb(pid: int) -> float:
    """Return the memory of a server, pages that its processes share counted once."""
    return sum(pss_mb(each) for each in family(pid))


def percentile(values: Sequence[float], rank: int) -> float:
    """Return the value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) * rank // 100, len(ordered) - 1)]


if __name__ == "__main__":
    sys.exit(main())

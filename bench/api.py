"""Time lists of 100 facts at the API, through a real server, over whatever a folder holds.

    python -m bench.api FOLDER [--rounds 200]

An empty FOLDER is filled first with a million invented facts (`bench.fill --public-only`, some
minutes). Each list is asked at places drawn from all over it: its cursors are read beforehand from
the facts themselves. Every answer is checked to hold a hundred facts. The limit of the door is
put out of the way; whole answers are read, packed as programs ask for them. Beside the time of
the clock stands the processor's time of the server for one answer: a busy machine says the same.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

import httpx

from bench.server import family

COMMAND = Path(sys.executable).with_name("contrechamp")
TARGET_MS = 40
ROWS = 100


def main() -> int:
    """Print each list beside the target; 1 if one of them misses it."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rounds", type=int, default=200)
    given = asked.parse_args()
    if not (given.folder / "contrechamp.sqlite3").exists():
        fill = [sys.executable, "-m", "bench.fill", str(given.folder), "--public-only"]
        subprocess.run(fill, check=True)
    os.environ["CONTRECHAMP_DATA"] = str(given.folder)
    os.environ["CONTRECHAMP_API_VISITOR_RATE"] = str(10**9)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)  # The folder may be of an older version.
    lists, stored = plan(given.rounds)
    print(f"{stored:,} facts stored; {ROWS} in each answer; {given.rounds} places in each list")
    print(
        f"{'list':34} {'p50 ms':>8} {'p95 ms':>8} {'most ms':>8} {'kB':>6} {'CPU ms':>7}"
        "   target p95 < 40 ms"
    )
    missed = False
    with server() as (site, pid), httpx.Client(base_url=site, timeout=60) as program:
        for name, addresses in lists:
            before = cpu_s(pid)
            times, size = ask(program, addresses)
            cpu = (cpu_s(pid) - before) / (len(addresses) + 1) * 1000
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[18]
            missed |= p95 >= TARGET_MS
            word = "met" if p95 < TARGET_MS else "MISSED"
            print(
                f"{name:34} {p50:8.1f} {p95:8.1f} {max(times):8.1f} {size / 1000:6.0f} {cpu:7.1f}"
                f"   {word}"
            )
    return int(missed)


def plan(rounds: int) -> tuple[list[tuple[str, list[str]]], int]:
    """Return lists by name with the addresses to ask, and how many facts there are."""
    from django.db.models import Count

    from contrechamp.census.models import Published, PublishedFact

    chance = random.Random(1)
    stored = PublishedFact.objects.count()
    keys = list(PublishedFact.objects.order_by("claim").values_list("claim", flat=True))
    starts = [[keys[chance.randrange(max(len(keys) - ROWS, 1))]] for _ in range(rounds)]
    by_count = PublishedFact.objects.values_list("subject").annotate(n=Count("pk"))
    busy = [key for key, n in by_count.order_by("-n")[:50]]
    towns = list(
        Published.objects.filter(kind="place", type="commune").values_list("territory", flat=True)
    )
    common = "supplies"
    half = [(key,) for key in _keys_of(common, chance, rounds)]
    lists: list[tuple[str, list[str]]] = [
        ("all facts", [_claims({}, start) for start in starts]),
        ("relations", [_relations(start) for start in _relation_keys(keys, chance, rounds)]),
        (f"property={common}", [_claims({"property": common}, start) for start in half]),
        ("status=verified", [_claims({"status": "verified"}, start) for start in starts]),
        (
            "property and status",
            [_claims({"property": common, "status": "documented"}, start) for start in half],
        ),
        ("about a record of many facts", [_claims({"about": key}) for key in busy]),
        ("subject of many facts", [_claims({"subject": key}) for key in busy]),
        ("territory=commune:…", [_claims({"territory": key}) for key in towns[:rounds]]),
        (
            "territory=departement:13",
            [_claims({"territory": "departement:13"}, start) for start in starts[: rounds // 2]],
        ),
        ("territory=region:93", [_claims({"territory": "region:93"}, s) for s in starts]),
        ("from=2021-01-01, until=2021-12-31", [_claims(_YEAR)] * 20),
        ("since=2024-06-01", [_claims({"since": "2024-06-01"})] * 20),
    ]
    return lists, stored


_YEAR = {"from": "2021-01-01", "until": "2021-12-31"}


def _keys_of(property_: str, chance: random.Random, rounds: int) -> list[str]:
    from contrechamp.census.models import PublishedFact

    rows = PublishedFact.objects.filter(property=property_).order_by("claim")
    found = list(rows.values_list("claim", flat=True))
    return [found[chance.randrange(max(len(found) - ROWS * 3, 1))] for _ in range(rounds)]


def _relation_keys(keys: list[str], chance: random.Random, rounds: int) -> list[list[str]]:
    found = [key for key in keys if key.startswith("rel-")]
    return [[found[chance.randrange(max(len(found) - ROWS, 1))]] for _ in range(rounds)]


def _claims(filters: dict[str, str], place: Any = None) -> str:
    return _address("claims", filters, place)


def _relations(place: Any) -> str:
    return _address("relations", {}, place)


def _address(name: str, filters: dict[str, str], place: Any) -> str:
    """Return the address of a list, going on at a place, as the API itself would write it."""
    from contrechamp.api.domain import write_cursor
    from contrechamp.api.schemas.asking import ClaimsAsk

    query: dict[str, str] = {**filters, "limit": str(ROWS)}
    if place:
        question = {"list": name, **ClaimsAsk.model_validate(filters).question()}
        query["cursor"] = write_cursor(place, question)
    return f"/api/v1/{name}?{urlencode(query)}"


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """Serve the folder on a free port, and wait until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {**os.environ, "CONTRECHAMP_LISTEN": f"127.0.0.1:{port}"}
    with subprocess.Popen([COMMAND, "serve"], env=environment, stdout=subprocess.DEVNULL) as one:
        try:
            site = f"http://127.0.0.1:{port}"
            until = monotonic() + 60
            while monotonic() < until:
                try:
                    httpx.get(f"{site}/api/v1/", timeout=30)
                    break
                except httpx.ConnectError:
                    if one.poll() is not None:
                        raise RuntimeError("the server has stopped") from None
                    sleep(0.1)
            yield site, one.pid
        finally:
            one.terminate()


def cpu_s(pid: int) -> float:
    """Return the seconds that a server and all that it started have computed."""
    ticks = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(program: httpx.Client, addresses: list[str]) -> tuple[list[float], float]:
    """Return the time of each answer in milliseconds, and the mean size unpacked."""
    times, sizes = [], []
    program.get(addresses[0])
    for address in addresses:
        started = monotonic()
        answer = program.get(address)
        times.append((monotonic() - started) * 1000)
        answer.raise_for_status()
        sizes.append(len(answer.content))
        items = json.loads(answer.content)["items"]
        if not items:
            raise RuntimeError(f"nothing at {address}")
    return times, statistics.mean(sizes)


if __name__ == "__main__":
    sys.exit(main())

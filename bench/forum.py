"""Print what the forum takes, beside the targets of its note (§13).

    python -m bench.forum FOLDER [--posts 1000000] [--rounds 40] [--without-search] [--only-pages]

FOLDER is filled if it is not (`bench.forum_fill`), and kept. Pages are asked for through Django
with everything that a visitor meets but the shelf of kept pages: by the clock and by the
processor, since a machine may have other tasks; the load stands at the end. Dump, digest and
posting run as programs of their own, each with a folder of its own (`--only-pages`: they do not).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench import forum_fill

KEEPING = "contrechamp.web.keeping.KeepingMiddleware"
HOSTILE_S = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address, and what it may take."""

    name: str
    path: str
    most_ms: int
    most_queries: int | None = None
    headers: Mapping[str, str] | None = None
    is_member: bool = False
    status: int = 200


def main() -> int:
    """Print every number; 1 when a page does not answer, or asks too many questions."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--posts", type=int, default=forum_fill.POSTS)
    asked.add_argument("--rounds", type=int, default=40)
    asked.add_argument("--without-search", action="store_true")
    asked.add_argument("--only-pages", action="store_true")
    given = asked.parse_args()
    forum_fill.start(given.folder, CONTRECHAMP_HOSTS="testserver")
    forum_fill.fill(given.posts)
    if not given.without_search:
        forum_fill.index()
    from contrechamp.forum.models import Post
    from contrechamp.project import wsgi

    wsgi.ready()  # As the server is when the first visitor comes: all read, nothing to collect.
    print(f"{Post.objects.count():,} posts, {given.rounds} of each page, one after the other")
    print(f"{'':34} {'clock p50':>9} {'p95':>6} {'processor p95':>14} {'target':>7}  queries")
    bad = sum([measure(page, given.rounds) for page in pages(with_search=not given.without_search)])
    hostile()
    if not given.only_pages:
        others(given.folder)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} ({os.cpu_count()} cores)", end="; ")
    print(f"a million additions take {pace():.0f} ms (rented machines are not always as fast)")
    return 1 if bad else 0


def pages(*, with_search: bool) -> list[Page]:
    """Return the addresses that are asked for."""
    from contrechamp.forum.models import Thread

    long = Thread.objects.get(pk=forum_fill.LONG_THREAD)
    last = (long.last_n - 1) // 20 + 1
    places = (("first", 1), ("middle", (last + 1) // 2), ("last", last))
    found = [
        Page(name=f"thread of {long.last_n:,}, {name}", path=f"{long.address}?page={number}",
             most_ms=50, most_queries=6)
        for name, number in places
    ]  # fmt: skip
    found += [
        Page(name="board", path="/forum/general", most_ms=50, most_queries=8),
        Page(name="all boards", path="/forum", most_ms=80),
        Page(name="board, signed in", path="/forum/general", most_ms=80, is_member=True),
        Page(name="threads about a commune", path=f"/forum?lieu={forum_fill.SUBJECT[1]}",
             most_ms=80),
        Page(name="feed of all", path="/forum.atom", most_ms=80),
        Page(name="feed of a board", path="/forum/general.atom", most_ms=80),
        Page(name="feed of the long thread", path=f"{long.address}.atom", most_ms=80),
        Page(name="notices", path="/compte/avis/", most_ms=80, is_member=True),
    ]  # fmt: skip
    for name, path in (("all", "/forum.atom"), ("a board", "/forum/general.atom")):
        known = {"If-None-Match": etag(path)}
        found.append(Page(name=f"304, feed of {name}", path=path, most_ms=10, most_queries=2,
                          headers=known, status=304))  # fmt: skip
    if with_search:
        found += [
            Page(name=f"search: {words}", path=f"/recherche?q={words.replace(' ', '+')}",
                 most_ms=80)
            for words in ("4433", "caméra", "tribunal refus", '"marché drone"')
        ]  # fmt: skip
    return found


def client(*, is_member: bool) -> Any:
    """Return who asks."""
    from django.conf import settings
    from django.test import Client

    from contrechamp.accounts.models import User

    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != KEEPING]
    found = Client(raise_request_exception=True)
    if is_member:
        found.force_login(User.objects.get(username="banc0"))
    return found


def etag(path: str) -> str:
    """Return the mark of a feed that a reader has."""
    return str(client(is_member=False).get(path).headers["ETag"])


def measure(page: Page, rounds: int) -> bool:
    """Ask for a page many times; print; answer whether something is wrong with it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    who = client(is_member=page.is_member)
    who.get(page.path, headers=page.headers)  # Templates are read, connections opened.
    with CaptureQueriesContext(connection) as caught:
        answer = who.get(page.path, headers=page.headers)
    asked = len(caught)
    clock, worked = timed(lambda: who.get(page.path, headers=page.headers), rounds)
    is_bad = answer.status_code != page.status or asked > (page.most_queries or asked)
    most = f"(most {page.most_queries})" if page.most_queries else ""
    said = f" ANSWERED {answer.status_code}" if answer.status_code != page.status else ""
    print(
        f"{page.name:34} {median(clock):6.0f} ms {p95(clock):6.0f} {p95(worked):14.0f} "
        f"{page.most_ms:7} {asked:3} {most}{said}",
        flush=True,
    )
    return is_bad


def timed(act: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Return milliseconds of clock and of processor of each round, the shortest first."""
    clock, worked = [], []
    for _ in range(rounds):
        began, used = perf_counter(), process_time()
        act()
        worked.append((process_time() - used) * 1000)
        clock.append((perf_counter() - began) * 1000)
    return sorted(clock), sorted(worked)


def pace() -> float:
    """Return milliseconds of a loop that does nothing else: by it, two runs can be compared."""
    return median(timed(_add, 5)[1])


def _add() -> None:
    total = 0
    for number in range(1_000_000):
        total += number


def p95(ordered: list[float]) -> float:
    """Return what 95 of 100 do not exceed."""
    return ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)]


def hostile() -> None:
    """Print the worst of the hostile posts, each at its best of three."""
    from tests.forum.test_markdown import HOSTILE, render

    worst = max(
        (min(timed(lambda text=text: render(text), 3)[1]), text[:12])  # type: ignore[misc]
        for text in HOSTILE
    )
    print(f"worst of {len(HOSTILE)} hostile posts  {worst[0]:.0f} ms of the processor", end="")
    print(f"    target {HOSTILE_S * 1000:.0f}    {worst[1]!r}", flush=True)


def others(folder: Path) -> None:
    """Run what needs a process of its own: notices of a post and digest, dump and load."""
    environment = {**os.environ, "CONTRECHAMP_HOSTS": "127.0.0.1"}
    for words in (["bench.notices"], ["bench.forum_dump", str(folder / "dump")]):
        subprocess.run([sys.executable, "-m", *words], check=False, env=environment)


if __name__ == "__main__":
    sys.exit(main())

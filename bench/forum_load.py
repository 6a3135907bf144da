"""Let 200 read and 20 write for a minute, against the real server; count errors and lost posts.

    python -m bench.forum_load FOLDER [--seconds 60] [--readers 200] [--writers 20]
                               [--posts 20000] [--postgresql] [--only-life]

FOLDER is filled if it is not (`bench.forum_fill`). Readers ask for threads, boards and feeds over
connections that stay open; each writer opens the form of a reply, waits as long as one types, and
sends it, with several accounts in turn, as each may write once in five seconds. A post that was
acknowledged is looked for afterwards.

It is done twice. As in life: each reads a page for 5 to 15 seconds before asking for the next, and
types for ten (200 readers ask for 20 pages a second, 20 writers send two posts a second: 170,000 a
day). Then for a third of the time as fast as the form allows, and readers who wait a half second:
more than two cores answer, so that all wait; what counts there is that nobody gets an error and no
post is lost. `--postgresql`: the same on a PostgreSQL of our own, with
`bench.on_postgresql` for settings (the house itself has no such setting: `opinions` searches with
SQLite's FTS5).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

from bench import forum_fill
from bench.load import percentile, serving, worked_s

COOKIES = 12
"""Accounts of one writer."""
MARK = re.compile(r'name="mark" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast people are."""

    name: str
    reading_s: tuple[float, float]
    """So long a page is read, at least and at most."""
    typing_s: float
    """So long a post is typed. A form that comes back within three seconds is shown again."""


LIFE = Pace("as in life", (5, 15), 10)
SATURATED = Pace("as fast as they can", (0, 1), 3.2)


@dataclass(slots=True)
class Met:
    """What one who asked met."""

    times: list[float] = field(default_factory=list)
    """Milliseconds of each answer."""
    errors: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    """Words of the posts that were acknowledged."""


def main() -> int:
    """Print what was met; 1 on any error or lost post."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--readers", type=int, default=200)
    asked.add_argument("--writers", type=int, default=20)
    asked.add_argument("--posts", type=int, default=20_000)
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--only-life", action="store_true")
    given = asked.parse_args()
    with database(given.folder, is_postgresql=given.postgresql) as name:
        return measure(given, name)


@contextmanager
def database(folder: Path, *, is_postgresql: bool) -> Iterator[str]:
    """Choose where rows are kept, for this process and the server that it starts."""
    if not is_postgresql:
        yield "SQLite"
        return
    from bench.search_others import postgres

    folder.mkdir(parents=True, exist_ok=True)
    with postgres(folder) as address:
        os.environ |= {
            "BENCH_POSTGRESQL": address,
            "DJANGO_SETTINGS_MODULE": "bench.on_postgresql",
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        yield "PostgreSQL"
        from django.db import connections

        connections.close_all()  # It waits for all who are connected before it stops.


def measure(given: argparse.Namespace, name: str) -> int:
    """Fill, serve, let all ask at once, look for what was posted."""
    forum_fill.start(given.folder)
    forum_fill.fill(given.posts)
    forum_fill.index()  # As on a site that runs: without it, the first posts would make it.
    cookies = sign_in(given.writers * COOKIES)
    threads = addresses()
    paces = [(LIFE, given.seconds)]
    if not given.only_life:
        paces.append((SATURATED, given.seconds / 3))
    with serving(given.folder) as (port, pid):
        bad = [
            one_pace(
                pace, Order(port, threads, cookies, given.readers, given.writers, s), pid, name
            )
            for pace, s in paces
        ]
    return 1 if any(bad) else 0


@dataclass(frozen=True, slots=True)
class Order:
    """What all ask for."""

    port: int
    threads: list[tuple[str, str]]
    cookies: list[str]
    readers: int
    writers: int
    seconds: float


def one_pace(pace: Pace, order: Order, pid: int, name: str) -> bool:
    """Let all ask at one pace, print what they met; answer whether something went wrong."""
    worked, began = worked_s(pid), monotonic()
    with get_context("spawn").Pool(1) as pool:
        read, wrote = pool.apply(ask_all, (pace, order))
    took, worked = monotonic() - began, worked_s(pid) - worked
    lost = missing(wrote.posts)
    count = len(read.times) + len(wrote.times)
    print(f"{name}, {pace.name}: {order.readers} readers, {order.writers} writers, {took:.0f} s")
    for what, met in (("pages read", read), ("posts sent", wrote)):
        times = met.times or [0.0]
        marks = " ".join(f"p{rank} {percentile(times, rank):.0f}" for rank in (50, 95))
        print(f"  {what}  {len(met.times):6}  {marks} ms, worst {max(times):.0f} ms")
        print(f"  errors      {len(met.errors):6}  target 0  {met.errors[:3] or ''}")
    print(f"  lost posts  {lost:6}  target 0  of {len(wrote.posts)} acknowledged")
    print(
        f"  processor   {worked * 1000 / max(count, 1):6.0f} ms an answer, "
        f"{worked / took:.1f} cores; load of the machine {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return bool(read.errors or wrote.errors or lost or not wrote.posts)


def sign_in(count: int) -> list[str]:
    """Open a session for each of some accounts, as signing in does; return their cookies."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from contrechamp.accounts.models import User

    found = []
    for user in User.objects.filter(username__startswith="banc").order_by("pk")[:count]:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        found.append(str(session.session_key))
    return found


def addresses() -> list[tuple[str, str]]:
    """Return key and address of some threads, the longest among them."""
    from contrechamp.forum.models import Thread

    rows = list(Thread.objects.exclude(pk=forum_fill.WATCHED_THREAD).order_by("pk")[:300])
    return [(each.pk, each.address) for each in rows]


def missing(posts: list[str]) -> int:
    """Return how many of these posts are not there, published and with a number of their own."""
    from contrechamp.forum.models import Post

    rows = Post.objects.filter(source__startswith="Essai ", state="PUBLISHED", n__isnull=False)
    return len(set(posts) - set(rows.values_list("source", flat=True)))


def ask_all(pace: Pace, order: Order) -> tuple[Met, Met]:
    """Let all ask at once until the time is up; return what readers and writers met."""
    end = monotonic() + order.seconds
    with ThreadPoolExecutor(order.readers + order.writers) as pool:
        reading = [pool.submit(read, pace, order, number, end) for number in range(order.readers)]
        writing = [pool.submit(write, pace, order, number, end) for number in range(order.writers)]
        return together([one.result() for one in reading]), together(
            [one.result() for one in writing]
        )


def together(all_met: list[Met]) -> Met:
    """Return what many met as one."""
    return Met(
        times=[each for met in all_met for each in met.times],
        errors=[each for met in all_met for each in met.errors],
        posts=[each for met in all_met for each in met.posts],
    )


def read(pace: Pace, order: Order, number: int, end: float) -> Met:
    """Read threads, boards and feeds, one after the other. Not all come in the same moment."""
    met, dice, line = Met(), random.Random(number), Line(order.port)
    sleep(dice.uniform(0, pace.reading_s[1]))
    while monotonic() < end:
        drawn = dice.random()
        path = dice.choice(order.threads)[1]
        path = "/forum" if drawn < 0.1 else "/forum/general" if drawn < 0.2 else path
        status, _ = line.ask(met, "GET", "/forum.atom" if drawn > 0.95 else path)
        if status != 200:
            met.errors.append(f"{path}: {status}")
        sleep(max(min(dice.uniform(*pace.reading_s), end - monotonic()), 0))
    return met


def write(pace: Pace, order: Order, number: int, end: float) -> Met:
    """Answer in threads, with one account after the other."""
    met, dice, line = Met(), random.Random(-number), Line(order.port)
    cookies = order.cookies[number :: order.writers]
    turn = 0
    sleep(dice.uniform(0, pace.typing_s))
    while monotonic() + pace.typing_s < end:
        turn += 1
        csrf = secrets.token_hex(16)
        headers = {"Cookie": f"sessionid={cookies[turn % len(cookies)]}; csrftoken={csrf}"}
        path = f"/forum/repondre/{dice.choice(order.threads)[0]}"
        status, page = line.ask(Met(), "GET", path, headers)
        mark = MARK.search(page)
        if status != 200 or mark is None:
            met.errors.append(f"form {path}: {status}")
            continue
        sleep(pace.typing_s)
        text = f"Essai {number}-{turn}-{csrf} : {forum_fill.text_of(dice)}"
        sent = {"text": text, "mark": mark[1], "act": "send", "insists": "1", "sure": "1"}
        body = urlencode({**sent, "csrfmiddlewaretoken": csrf})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, page = line.ask(met, "POST", path, headers, body)
        if status == 302:
            met.posts.append(text)
        else:
            met.errors.append(f"post {path}: {status}")
    return met


class Line:
    """A connection that stays open, and is opened again when the server ended it."""

    def __init__(self, port: int) -> None:
        self._link = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(
        self,
        met: Met,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: str | None = None,
    ) -> tuple[int, str]:
        """Ask once; note how long it took; status 0: no answer."""
        began = monotonic()
        try:
            self._link.request(method, path, body, {"Accept-Language": "fr", **(headers or {})})
            answer = self._link.getresponse()
            page = answer.read().decode("utf-8", "replace")
            status = answer.status
        except (OSError, HTTPException) as error:
            self._link.close()
            return 0, f"{type(error).__name__}: {error}"
        met.times.append((monotonic() - began) * 1000)
        return status, page


if __name__ == "__main__":
    sys.exit(main())

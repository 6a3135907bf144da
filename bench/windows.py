"""Time the public list of windows with fifty thousand acts of the watch.

    python -m bench.windows [HOW MANY]

Works in a data folder of its own that it removes; acts are made up and written in bulk, a third of
them still open. Targets: pages under 150,000 bytes, p95 under 60 ms as the lists of requests.

Last run, 50,000 acts, 75,000 windows, p95 of the processor's time: list of a département 16 ms,
with a technique 19, of a region 76, of the whole country 113, its page 200 134, its unknown ones
108, by words of an authority 153; a month 35, of a département 18; feed of the country 79, of a
département 7, its calendar 6. Pages weigh 56 kB at most. The country's list is over: it is counted
anew when what is public changes, and kept until then. Before one reading of an index counted all,
it took 245, a region 102, a month 63.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
from datetime import UTC, datetime, time, timedelta
from time import perf_counter, process_time
from typing import Any

MANY, TARGET_MS, MOST_BYTES, ROUNDS = 50_000, 60, 150_000, 30
NOW = datetime.now(UTC)
RANDOM = random.Random(7)
TECHNIQUES = ("video_protection", "aerial_camera", "algorithmic_video", "plate_reader")


def main() -> None:
    """Print each measure beside its target."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTRECHAMP_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        start = perf_counter()
        fill(many)
        print(f"{many:,} acts written in {perf_counter() - start:.0f} s")
        _write()
        _pages()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory: {memory:.0f} MB at most, the writing of the rows included")


def fill(many: int) -> None:
    """Load the gazetteer and write acts, each in a commune and in what holds it."""
    from contrechamp.places import queries as places
    from contrechamp.places.services import load_gazetteer

    load_gazetteer(now=NOW)
    towns = list(places.everything().filter(kind="commune", successor="")[:9000])
    for start in range(0, many, 5000):
        _acts(range(start, min(start + 5000, many)), towns)


def _acts(numbers: range, towns: list[Any]) -> None:
    from contrechamp.places import queries as places
    from contrechamp.watch.models import PublicAct, PublicActPlace

    acts, held = [], []
    for n in numbers:
        town = towns[int(len(towns) * RANDOM.random() ** 2)]
        acts.append(_act(n, town))
        held += [
            PublicActPlace(act_id=acts[-1].pk, territory=key, is_own=key == town.key)
            for key in (town.key, *places.holders(town))
        ]
    PublicAct.objects.bulk_create(acts, batch_size=1000)
    PublicActPlace.objects.bulk_create(held, batch_size=2000)


def _act(n: int, town: Any) -> Any:
    """Return an act; one in three was published in the last two months, one in fifty never."""
    from contrechamp.kernel.periods import franc, safe
    from contrechamp.watch.models import PublicAct

    ago = RANDOM.randrange(60) if n % 3 == 0 else RANDOM.randrange(60, 2000)
    day = None if n % 50 == 0 else NOW.date() - timedelta(days=ago)
    at = datetime.combine(NOW.date() - timedelta(days=ago), time(9), UTC)
    technique = RANDOM.choice(TECHNIQUES)
    ends = NOW.date() + timedelta(days=RANDOM.randrange(30, 1800)) if n % 2 else None
    return PublicAct(
        id=f"wf-{n:016x}",
        slug=f"{n:016x}",
        source="raa" if n % 10 else "decp",
        technology=technique,
        sort="technology",
        decision="authorisation" if n % 10 else "award",
        departement=town.departement,
        title=f"Vidéoprotection : autorisation — {town.name} — Collège des Platanes {n}",
        title_en=f"Video surveillance: authorisation — {town.name} — school {n}",
        act_number=f"{town.departement}-2026-{n:05}",
        published_on=day,
        act_by_safe=safe(day, 2) if day else None,
        last_day=franc(day, 2) if day else None,
        expires_on=ends,
        data={"act": {"authority": f"préfet ({town.departement})"}, "appeal": {"months": 2}},
        shown_at=at,
        changed_at=at,
    )


def _write() -> None:
    from contrechamp.cases import services

    for what in ("first", "again, nothing changed"):
        start, wall = process_time(), perf_counter()
        count = services.rebuild(now=NOW)
        spent, wall = process_time() - start, perf_counter() - wall
        print(
            f"{count:,} windows written in {spent:.1f} s ({what}; a daily job; wall {wall:.0f} s)"
        )


def _pages() -> None:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS.append("testserver")
    # Each time is that of making the page: kept pages would hide it.
    middleware = [one for one in settings.MIDDLEWARE if "Keeping" not in one]
    settings.MIDDLEWARE[:] = middleware
    visitor = Client()
    for path in (
        "/actions/delais",
        "/actions/delais?page=200",
        "/actions/delais?departement=34",
        "/actions/delais?departement=34&technique=aerial_camera",
        "/actions/delais?lieu=region:76",
        "/actions/delais?statut=unknown",
        "/actions/delais?statut=closed",
        "/actions/delais?autorite=préfet",
        "/actions/delais/calendrier",
        "/actions/delais/calendrier?departement=34",
        "/actions/delais.atom?departement=34",
        "/actions/delais.atom",
        "/actions/delais.ics?departement=34",
    ):
        _times(visitor, path)


def _times(client: Any, path: str) -> None:
    """Print the processor's time, that decides, a clock's on the wall, and the page's weight."""
    times, walls, size = [], [], 0
    for _ in range(ROUNDS + 1):
        # The processor's: other work on the machine is not ours.
        start, wall = process_time(), perf_counter()
        answer = client.get(path)
        size = len(b"".join(answer) if answer.streaming else answer.content)
        times.append((process_time() - start) * 1000)
        walls.append((perf_counter() - wall) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    p50, p95 = _p(times[1:], 0.5), _p(times[1:], 0.95)
    said = "" if p95 <= TARGET_MS else "  OVER"
    heavy = "  HEAVY" if size > MOST_BYTES and "ics" not in path else ""
    wall95 = _p(walls[1:], 0.95)
    print(
        f"{path:58} p50 {p50:6.1f} p95 {p95:6.1f} ms (target {TARGET_MS}; wall p95 {wall95:.0f})"
        f" {size:8,} bytes{said}{heavy}"
    )


def _p(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


if __name__ == "__main__":
    main()

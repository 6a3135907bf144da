"""Time the import of the whole list of public bodies, twice, and the pages over it.

    python -m bench.directory [FILE]

FILE is a list in the layout `bodies` (by default the shared one); without it, one is made up.
Works in a data folder of its own that it removes. Targets of issue 6: 60 s, no duplicate the
second time; a list page within 60 ms (p95).
"""

from __future__ import annotations

import csv
import os
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

REAL = Path(__file__).parents[2] / "shared/data/authorities/bodies.csv"
TARGET_S, TARGET_MS, ROUNDS = 60, 60, 40
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = (
    "/annuaire",
    "/annuaire?q=nice",
    "/annuaire?q=mairie",
    "/annuaire?q=saint+germain",
    "/annuaire?q=xertigni",
    "/annuaire?departement=59",
    "/annuaire?sorte=epci",
    "/annuaire?sorte=commune&departement=83",
    "/annuaire?q=prefecture&departement=83",
)


def main() -> None:
    """Print each measure beside its target."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTRECHAMP_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
        import django
        from django.core.management import call_command

        django.setup()
        from contrechamp.places.services import load_gazetteer

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load_gazetteer(now=NOW)
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
        if not path.exists():
            path = _made(Path(folder))
        _import("first time", path)
        _import("second time", path)
        _pages()


def _import(name: str, path: Path) -> None:
    from contrechamp.directory.models import Address, Body
    from contrechamp.directory.services import import_bodies

    start, work = perf_counter(), process_time()
    report = import_bodies(path, now=NOW)
    spent, work = perf_counter() - start, process_time() - work
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {report.lines:,} lines in {spent:.1f} s, {work:.1f} s of processor "
        f"(target {TARGET_S} s), "
        f"{memory:.0f} MB at most; {report.added:,} added, {report.joined:,} joined, "
        f"{report.changed:,} changed, {report.unchanged:,} unchanged, {report.refused:,} refused; "
        f"{Body.objects.count():,} bodies, {Address.objects.count():,} addresses"
    )


def _pages() -> None:
    from django.test import Client

    from contrechamp.directory.models import Body

    browser = Client(headers={"host": "localhost"})
    body = Body.objects.filter(kind="commune").order_by("folded")[17_000 % Body.objects.count()]
    for url in (*PAGES, body.get_absolute_url()):
        times = []
        for turn in range(ROUNDS):
            asked = f"{url}{'&' if '?' in url else '?'}turn={turn}"  # None of them is kept yet.
            start = process_time()  # The processor's: other work on the machine is not ours.
            status = browser.get(asked).status_code
            times.append((process_time() - start) * 1000)
        times.sort()
        p95 = times[int(ROUNDS * 0.95) - 1]
        print(f"{url}: {status}, p50 {times[ROUNDS // 2]:.0f} ms, p95 {p95:.0f} ms ({TARGET_MS})")


def _made(folder: Path) -> Path:
    """Make a list up: every commune of the gazetteer, and a service in a third of them."""
    from contrechamp.places.queries import everything

    path = folder / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "request_email", "notes", "home_page", "tag_string"))
        for number, place in enumerate(everything().filter(kind="commune").order_by("code")):
            mail = f"mairie@{place.slug}.invalid"
            notes = f"Adresse : 1 place de la Mairie,{place.code},{place.name} | Tél : | Fax : "
            writer.writerow(
                (f"mairie-{place.code}-01", f"Mairie - {place.name}", mail, notes, "", "mairie")
            )
            if number % 3 == 0:
                name = f"Mission locale - {place.name}"
                writer.writerow(
                    (f"mission_locale-{place.code}-01", name, mail, notes, "", "mission_locale")
                )
    return path


if __name__ == "__main__":
    main()

"""How long pages of time and comparison take, made anew, on a large observatory.

    .venv/bin/python -m bench.fill FOLDER --public-only
    .venv/bin/python bench/time.py FOLDER [--times 7]

Asks in this process for each page, with nothing kept by `web.keeping`: first when the census has
just changed (what is counted once per edition is counted), then again. Prints the time of the
processor and of the clock, and the size. Target: a page made anew under 80 ms on the starter
census; as comparison, the page of the same commune by `web`, which tells the same facts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path
from time import perf_counter, process_time

TARGET_MS = 80


def main() -> int:
    """Print a table beside the target."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--times", type=int, default=7)
    given = asked.parse_args()
    os.environ["CONTRECHAMP_DATA"] = str(given.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    import django
    from django.conf import settings

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "keeping" not in name]
    django.setup()
    from contrechamp.census.services import note_edition

    note_edition(["census:"])  # As publishing would have: else nothing is kept.
    print(f"{'page':<58} {'first':>8} {'again':>8} {'clock':>8} {'kB':>6}   target {TARGET_MS} ms")
    for label, url in pages():
        print(row(label, url, given.times))
    return 0


def pages() -> list[tuple[str, str]]:
    """Return the pages that are asked for: of the records and places with most facts."""
    from contrechamp.census.models import Published

    def known(kind: str) -> list[str]:
        rows = Published.objects.filter(kind=kind)
        top = sorted(rows.values_list("record__counts__facts", "pk"), reverse=True, key=str)
        return [key for _, key in sorted(top, key=lambda one: -(one[0] or 0))[:2]]

    rows = Published.objects.filter(kind="place", territory__startswith="commune:")
    towns = list(rows.order_by("territory").values_list("territory", flat=True)[:2])
    found = [
        ("time: the whole", "/chronologie"),
        ("time: one year", "/chronologie?du=2021&au=2021"),
    ]
    found += [(f"time: {kind}", f"/chronologie?de={known(kind)[0]}") for kind in
              ("project", "actor", "technology", "contract")]  # fmt: skip
    found += [("time: a commune", f"/chronologie?de={towns[0]}")]
    found += [("time: a region", "/chronologie?de=region:93")]
    found += [
        ("since a day, all", "/depuis/2020-01-01"),
        ("since, a region", "/depuis/2020-01-01?de=region:93"),
    ]
    found += [("compare: two communes", f"/comparer?a={towns[0]}&b={towns[1]}")]
    found += [
        (f"compare: two of {kind}", "/comparer?a={}&b={}".format(*known(kind)))
        for kind in ("actor", "technology", "project")
    ]
    from contrechamp.compare.queries import rankings

    found += [(f"ranking: {slug}", f"/classements/{slug}") for slug in rankings()]
    found += [("comparison: web's page of a commune", f"/commune/{towns[0].partition(':')[2]}")]
    return found


def row(label: str, url: str, times: int) -> str:
    """Ask for one page, first and again."""
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    spent: list[tuple[float, float]] = []
    size = 0
    for _ in range(times + 1):
        began, clock = process_time(), perf_counter()
        answer = browser.get(url, follow=True)
        spent.append(((process_time() - began) * 1000, (perf_counter() - clock) * 1000))
        size = len(answer.content)
    again = statistics.median(cpu for cpu, _ in spent[1:])
    clock = statistics.median(wall for _, wall in spent[1:])
    sign = " " if again < TARGET_MS else "!"
    return f"{label:<58} {spent[0][0]:>8.0f} {again:>8.0f} {clock:>8.0f} {size / 1000:>6.0f} {sign}"


if __name__ == "__main__":
    sys.exit(main())

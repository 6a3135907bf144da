"""Time the map over many projects: what it reads once, a view made anew, a view kept in memory.

    python -m bench.atlas [PROJECTS]

The projects are made up (50,000 by default) and handed over in place of the reads of
`census.published`, in a database of its own in memory. Measured are:

- "read once per publication": joining projects with their territories and families, of which the
  territories alone are asked of a database. The questions to a real census are not in it.
- "first view": of the country, of which nothing is known but the survey.
- "anew": a view of which nothing is counted, through the test client, middleware and template
  included. Where communes stand on each drawing and what the country holds without filters are
  kept with the survey, and were found by a first view that is not measured; so were the outlines,
  which are kept for the life of a process.
- "counted before": a view with its counts in memory, made again from there.

What is made up is kept out of the collections of garbage: a server holds no such thing, and to
look through it took a quarter of a second of one view in ten.

Both clocks are printed: the time of this process says more on a machine that others use. Sizes
are those of the page as sent without packing, and packed.
"""

from __future__ import annotations

import gc
import gzip
import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from time import perf_counter, process_time
from typing import Any

PROJECTS, TRIES = 50_000, 40
TARGET_MS, TARGET_KB = 80, 150


def main() -> None:
    """Print each measure beside its target."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import setup_test_environment

    connections["default"].settings_dict["NAME"] = ":memory:"
    setup_test_environment()
    call_command("migrate", verbosity=0)
    from django.utils import timezone

    from contrechamp.places.services import load_gazetteer

    load_gazetteer(now=timezone.now())
    number = int(sys.argv[1]) if len(sys.argv) > 1 else PROJECTS
    print(f"{number} projects; wall time, and time of this process, in ms; target {TARGET_MS} p95")
    with _made_up(number):
        _measure()


def _measure() -> None:
    from contrechamp.atlas.queries import survey as reading

    gc.collect()
    gc.freeze()
    first, cpu = perf_counter(), process_time()
    survey = reading()
    print(f"read once per publication  {_ms(first)}  ({_ms(cpu, process_time)}), made-up census")
    first, cpu = perf_counter(), process_time()
    _get("")
    print(f"first view, outlines too   {_ms(first)}  ({_ms(cpu, process_time)})")
    fresh = survey.memo.clear
    for name, query in QUERIES.items():
        _view(name, query, fresh)
    _kept("any of these, counted before", list(QUERIES.values()))


QUERIES = {
    "country": "",
    "country, one technology": "?technologie=drones",
    "country, one year": "?au=2021",
    "country, cameras per 1,000": "?mesure=cameras-1000",
    "région": "?lieu=region:93",
    "département": "?lieu=departement:83",
    "commune": "?lieu=commune:83137",
}


def _view(name: str, query: str, fresh: Callable[[], None]) -> None:
    walls, cpus, body = [], [], _get(query)
    for _ in range(TRIES):
        fresh()
        wall, cpu = perf_counter(), process_time()
        body = _get(query)
        walls.append(1000 * (perf_counter() - wall))
        cpus.append(1000 * (process_time() - cpu))
    size = f"{len(body) / 1000:.0f} kB, {len(gzip.compress(body, 6)) / 1000:.0f} packed"
    print(f"{name:28} anew p95 {_p95(walls):7.1f} ({_p95(cpus):7.1f})  {size}, target {TARGET_KB}")


def _kept(name: str, queries: list[str]) -> None:
    walls, cpus = [], []
    for query in queries:
        _get(query)
    for number in range(TRIES):
        wall, cpu = perf_counter(), process_time()
        _get(queries[number % len(queries)])
        walls.append(1000 * (perf_counter() - wall))
        cpus.append(1000 * (process_time() - cpu))
    print(f"{name:28}      p95 {_p95(walls):7.1f} ({_p95(cpus):7.1f})")


def _get(query: str) -> bytes:
    from django.test import Client

    answer = Client().get(f"/carte{query}")
    assert answer.status_code == 200
    return answer.content


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _ms(since: float, clock: Callable[[], float] = perf_counter) -> str:
    return f"{1000 * (clock() - since):.0f}"


@contextmanager
def _made_up(number: int) -> Iterator[None]:
    """Put made-up projects in the place of the published ones."""
    from unittest.mock import patch

    from contrechamp.atlas.queries import survey as _
    from contrechamp.census import published
    from contrechamp.places import queries as places

    assert _ is not None
    dice = random.Random(1)
    towns = list(places.communes_of("country:FR").order_by("-population")[:20_000])
    weights = [town.population or 1 for town in towns]
    where = dice.choices(towns, weights, k=number)
    ids = [f"prj-{n:010}" for n in range(number)]
    technologies = [_technology(n, code) for n, code in enumerate(CODES)]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    lines = [
        published.ProjectLine(
            id=key,
            name=f"Projet {key}",
            type="deployment",
            counts={"facts": 3, "DOCUMENTED": 3},
            territories=(town.key,),
            technologies=(dice.choice(technologies).id,),
            years=frozenset({dice.randrange(2008, 2026)} if dice.random() < 0.8 else ()),
        )
        for key, town in zip(ids, where, strict=True)
    ]
    numbers = [
        published.NumberLine(
            claim=f"clm-{n:010}",
            record=key,
            name="",
            value=dice.randrange(1, 400),
            earliest=date(dice.randrange(2010, 2026), 1, 1),
            at=now,
            territories=(town.key,),
        )
        for n, (key, town) in enumerate(zip(ids, where, strict=True))
        if n % 3 == 0
    ]
    known: dict[str, Any] = {one.id: one for one in technologies}
    with (
        patch.object(published, "project_lines", lambda: lines),
        patch.object(published, "numbers", lambda name: numbers),
        patch.object(published, "facts", lambda **asked: iter(())),
        patch.object(
            published,
            "find_records",
            lambda keys: {key: known[key] for key in keys if key in known},
        ),
        patch.object(published, "find_record", lambda key: known.get(key)),
    ):
        from contrechamp.census.services import note_edition

        note_edition(["census:"])
        yield


CODES = ("video_surveillance", "video_analytics", "drones", "lapi", "facial_recognition")


def _technology(number: int, code: str) -> Any:
    from contrechamp.census.published import Number

    identifiers = (Number(scheme="vocabulary", value=code),)
    return _record(f"tec-{number:010}", "technology", "family", code, identifiers=identifiers)


def _record(key: str, kind: str, type_: str, name: str, **more: Any) -> Any:
    from contrechamp.census.published import Record

    at = datetime(2026, 1, 1, tzinfo=UTC)
    said: dict[str, Any] = {
        "territory": "",
        "names": (),
        "identifiers": (),
        "keys": {},
        "counts": {"facts": 3, "DOCUMENTED": 3},
        "notices": (),
        "is_read_alone": False,
        "version": 1,
        "at": at,
        "first_at": at,
    }
    return Record(id=key, kind=kind, type=type_, name=name, **(said | more))


if __name__ == "__main__":
    main()

"""Time imports: the real carto file and a made-up one, beside what Uwazi reports.

    python -m bench.imports [ENTITIES]

Works in a data folder of its own that it removes. ENTITIES is the size of the made-up file
(5,000, with as many relations). Uwazi's figure is that of its own issue tracker
(huridocs/uwazi#7550: one to two entities a second with several languages).
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

UWAZI = 2
REAL = Path(__file__).parents[2] / "shared/data/carto_technopolice/data.csv"


def main() -> None:
    """Print each measure beside what it is to be compared with."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTRECHAMP_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
        import django
        from django.core.management import call_command
        from django.utils import timezone

        django.setup()
        from contrechamp.places.services import load_gazetteer

        call_command("migrate", verbosity=0)
        load_gazetteer(now=timezone.now())
        if REAL.exists():
            _measure("carto (308 names, 412 relations)", REAL, 308, "carto")
            _measure("the same again", REAL, 308, "carto")
        count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
        made = _carto(Path(folder), count)
        _measure(f"made up ({count:,} names and relations)", made, count, "carto", dataset="made")
        _measure("the same again", made, count, "carto", dataset="made")
        lines = _exported(Path(folder))
        _measure("our own lines again", lines, count, "ftm")


def _measure(name: str, path: Path, entities: int, kind: str, dataset: str = "") -> None:
    from contrechamp.accounts.services import system_account
    from contrechamp.census.services import imports

    now = datetime(2026, 1, 1, tzinfo=UTC)
    clock, processor = perf_counter(), process_time()
    looked = imports.look(imports.Order(paths=[path], kind=kind, dataset=dataset))
    report = imports.bring_in(looked, actor=system_account("import"), now=now)
    clock, processor = perf_counter() - clock, process_time() - processor
    created = report.nodes["created"]
    print(
        f"{name}: {clock:.2f} s ({processor:.2f} s of processor), "
        f"{entities / processor:,.0f} entities/s, {created:,} created; Uwazi: {UWAZI} entities/s"
    )


def _carto(folder: Path, count: int) -> Path:
    path = folder / "made.csv"
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(f"NODE;ENTREPRISE {number};Acteur privé\n")
            out.write(
                f"EDGE;ENTREPRISE {number};ENTREPRISE {(number * 7 + 1) % count};a pour client;"
                f"https://a.example/{number}\n"
            )
    return path


def _exported(folder: Path) -> Path:
    from contrechamp.census.services import exports

    path = folder / "all.jsonl"
    clock = perf_counter()
    counts = exports.export("ftm", path, scope="all")
    lines = counts["records"] + counts["relations"]
    print(f"export ftm: {lines / (perf_counter() - clock):,.0f} lines/s")
    return path


if __name__ == "__main__":
    main()

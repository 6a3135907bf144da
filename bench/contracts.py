"""Time the reading of a large register of contracts, beside a plain search for words.

    python -m bench.contracts [ROWS]

Repeats the real rows of `../shared/data/decp` with new ids until there are ROWS of them (1,500,000:
about 1.3 GB in a temporary folder that is removed), reads them as `watch scan` does, and prints
time, the most memory in use and findings. Beside it: a search of the same objects for words with
correct accents, and what each of the two finds in the real rows.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from contrechamp.watch.domain.finding import Finding
from contrechamp.watch.scanning import contracts

DATA = Path(__file__).parents[2] / "shared/data/decp"
REAL = (
    "data.gouv.fr_aife.json",
    "e-marchespublics.json",
    "pes_snapshots/pes_2019-04-05.json",
)
ROWS = 1_500_000
SECONDS, MEGABYTES = 60, 500
LOW = {"access_control", "remote_alarm"}
WORDS = re.compile(
    r"vid[ée]o[- ]?(?:protection|surveillance)|cam[ée]ras?\b|drones?\b", re.IGNORECASE
)


def main() -> None:
    """Print each measure beside its target and beside the search for words."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    real = [row for name in REAL for row in json.loads((DATA / name).read_text())["marches"]]
    _compare()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decp.json"
        _write(path, real, count)
        size = path.stat().st_size / 1e6
        began = perf_counter()
        found = sum(isinstance(each, Finding) for each in contracts.scan(path, path.name, "decp"))
        seconds = perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:,} rows, {size:,.0f} MB: {seconds:.1f} s (target {SECONDS}), "
            f"{memory:.0f} MB (target {MEGABYTES}), {found:,} findings"
        )
        began = perf_counter()
        hits = sum(WORDS.search(line) is not None for line in _objects(path))
        print(
            f"search for words in the same objects: {perf_counter() - began:.1f} s, {hits:,} hits"
        )


def _write(path: Path, real: list[dict[str, object]], count: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('{"marches": [\n')
        for index in range(count):
            row = real[index % len(real)] | {"id": f"b{index}", "uid": f"u{index}"}
            out.write((",\n" if index else "") + json.dumps(row, ensure_ascii=False))
        out.write("\n]}")


def _objects(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            found = re.search(r'"objet": "((?:[^"\\]|\\.)*)"', line)
            if found:
                yield found[1]


def _compare() -> None:
    """Print what scan and search for words find in the real rows."""
    for name in REAL:
        rows = json.loads((DATA / name).read_text())["marches"]
        hits = {index for index, row in enumerate(rows) if WORDS.search(row.get("objet") or "")}
        clear: set[int] = set()
        for each in contracts.scan(DATA / name, name, "decp"):
            if isinstance(each, Finding) and each.technology not in LOW:
                clear |= set(each.locator.records or ())
        print(
            f"{name}: scan {len(clear)}, words {len(hits)}, both {len(clear & hits)}, "
            f"only scan {sorted(clear - hits)}, only words {sorted(hits - clear)}"
        )


if __name__ == "__main__":
    main()

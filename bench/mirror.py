"""How long a copy of the site takes, its second run, and how much memory.

    python -m bench.mirror FOLDER [--entities 900] [--claims 2600] [--workers 2]

Fills FOLDER with an invented observatory whose copy has some 10,000 pages, writes the copy, writes
it again, publishes nothing and verifies it. Prints each measure beside its target, of the clock and
of the processor: on a machine that has other tasks the second is what tells.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from time import monotonic

TARGET_S, TARGET_PAGES = 180, 10_000


def main() -> int:
    """Measure, and return 1 when the first run takes longer than it may."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--entities", type=int, default=900)
    asked.add_argument("--claims", type=int, default=2_600)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    data, copy = given.folder / "data", given.folder / "copy"
    environ = os.environ | {
        "CONTRECHAMP_DATA": str(data),
        "CONTRECHAMP_WORKERS": str(given.workers),
        "LC_ALL": "C.UTF-8",
    }
    command = str(Path(sys.executable).with_name("contrechamp"))
    if not data.exists():
        size = ["--entities", str(given.entities), "--claims", str(given.claims)]
        _run([sys.executable, "-m", "bench.fill", str(data), *size, "--public-only"], environ)
        _run([command, "rebuild", "index"], environ)
        _run([command, "rebuild", "layout"], environ)
    first = _run([command, "export", "site", str(copy)], environ)
    again = _run([command, "export", "site", str(copy)], environ)
    check = _run([command, "mirror", "verify", str(copy)], environ)
    pages = sum(1 for path in copy.rglob("*.html"))
    files = sum(1 for path in copy.rglob("*") if path.is_file())
    least = first.busy / given.workers
    print(f"{pages} pages, {files} files (target: {TARGET_PAGES} pages in {TARGET_S} s, 2 cores)")
    for name, one in (("first run", first), ("again, nothing new", again), ("verify", check)):
        print(
            f"{name:20} {one.clock:6.1f} s, {one.busy:6.1f} s of processors,"
            f" {one.memory_mb:.0f} MB for the largest process"
        )
    allowed = TARGET_S * pages / TARGET_PAGES
    print(f"first run: {min(first.clock, least):.0f} s at least, {allowed:.0f} s allowed")
    return int(least > allowed)


class _Took:
    def __init__(self, clock: float, busy: float, memory_mb: float) -> None:
        self.clock, self.busy, self.memory_mb = clock, busy, memory_mb


def _run(words: list[str], environ: dict[str, str]) -> _Took:
    """Run a command; measure it with all that it starts."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), monotonic()
    done = subprocess.run(words, env=environ, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"$ {' '.join(Path(word).name for word in words)}\n{done.stdout.strip()}", flush=True)
    busy = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return _Took(monotonic() - start, busy, after.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())

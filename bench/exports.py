"""Time the exports of a large observatory, each in a process of its own: seconds, peak memory.

Seconds are those of the processor, so that a busy machine says the same; the clock's beside them.

    python -m bench.exports FOLDER [--only csv,ftm] [--again]

FOLDER is what `python -m bench.fill FOLDER --claims 1000000 --public-only` wrote. `--again` writes
each format twice and compares the bytes. What is written is removed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

FORMATS = ("ftm", "gexf", "csv", "parquet", "sqlite", "dump", "all")
MEMORY_MB = 300
"""No export may need more: a small server answers visitors beside it."""


def main() -> int:
    """Print each measure beside its target; return 1 when one is missed."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", default=",".join(FORMATS))
    asked.add_argument("--again", action="store_true")
    asked.add_argument("--one", default="", help=argparse.SUPPRESS)
    asked.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        return _one(given.folder, given.one, given.to)
    missed = False
    print(f"{'format':8} {'cpu s':>8} {'clock s':>8} {'peak MB':>8}  target MB  {'size MB':>8}")
    with tempfile.TemporaryDirectory(dir=given.folder.parent) as place:
        for name in given.only.split(","):
            missed |= _measure(given.folder, name, Path(place), again=given.again)
    return int(missed)


def _measure(folder: Path, name: str, place: Path, *, again: bool) -> bool:
    digests = []
    for number in range(2 if again else 1):
        out = place / f"{name}-{number}"
        command = [
            sys.executable,
            "-m",
            "bench.exports",
            str(folder),
            "--one",
            name,
            "--to",
            str(out),
        ]
        started = monotonic()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = monotonic() - started
        cpu, peak = float(done.stdout.split()[-2]), int(done.stdout.split()[-1]) / 1024
        size = sum(each.stat().st_size for each in _files(out)) / 1e6
        digests.append(_digest(out))
        _remove(out)
        told = f"{cpu:8.0f} {seconds:8.0f} {peak:8.0f}  < {MEMORY_MB:7}  {size:8.0f}"
        print(f"{name:8} {told}", flush=True)
    if again:
        print(f"{name:8} {'the same bytes' if digests[0] == digests[1] else 'OTHER BYTES'}")
    return peak > MEMORY_MB or len(set(digests)) > 1


def _one(folder: Path, name: str, out: Path) -> int:
    os.environ["CONTRECHAMP_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    import django

    django.setup()
    from contrechamp.cli.main import main as contrechamp

    sys.argv = ["contrechamp", "export", name, str(out)]
    try:
        contrechamp()
    except SystemExit as ended:
        if ended.code:
            raise
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss)
    return 0


def _files(path: Path) -> list[Path]:
    return sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for each in _files(path):
        with each.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())

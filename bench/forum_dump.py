"""Time the dump of a forum of 100,000 posts; load it elsewhere, and dump that.

    python -m bench.forum_dump FOLDER [COUNT]

FOLDER is filled once (`bench.forum_fill`). Each step runs as a program of its own, so that its
memory is its own. Prints seconds, by the clock and by the processor, and peak memory beside their
targets (30 s, 200 MB; `forum.md` §13). The second dump must have the same bytes. Load is told
without a target: it is done once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench import forum_fill

COUNT, DUMP_S, MEMORY_MB = 100_000, 30, 200
FILES = ("boards.jsonl", "threads.jsonl", "posts.jsonl", "journal.jsonl", "manifest.json")


def main(folder: Path, count: int) -> int:
    """Fill, dump, load, dump; 1 when the bytes differ."""
    run("fill", folder / "data", folder, count)
    with TemporaryDirectory() as place:
        one, two, data = (Path(place) / name for name in ("one", "two", "data"))
        run("dump", folder / "data", one)
        print(f"  targets           {DUMP_S} s, {MEMORY_MB} MB")
        run("load", data, one)
        run("dump", data, two)
        same = all((one / name).read_bytes() == (two / name).read_bytes() for name in FILES)
    print(f"dump, load, dump    {'the same bytes' if same else 'OTHER BYTES'}")
    return 0 if same else 1


def run(act: str, data: Path, other: Path, count: int = 0) -> None:
    """Do one step in a process of its own."""
    words = ["--step", act, str(data), str(other), str(count)]
    subprocess.run([sys.executable, "-m", "bench.forum_dump", *words], check=True)


def step(act: str, data: Path, other: Path, count: int) -> None:
    """Do one step, and print what it took."""
    forum_fill.start(data)
    from django.utils import timezone

    from contrechamp.forum.services import dumping, loading

    began, used = perf_counter(), process_time()
    if act == "fill":
        forum_fill.fill(count)
    elif act == "dump":
        dumping.dump(other)
    else:
        loading.load(other, now=timezone.now())
    took, cpu = perf_counter() - began, process_time() - used
    peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{act:6} {took:8.1f} s of the clock, {cpu:5.1f} s of the processor, {peak} MB, "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[1] == "--step":
        step(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
    else:
        sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT))

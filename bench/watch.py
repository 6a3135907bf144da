"""Time the scan of a folder of bulletins, and compare it with a search for words.

    python -m bench.watch [FOLDER]

Prints seconds and peak memory (the sum of all processes) with one and two jobs beside the targets;
the decisions of each bundle beside its inner table of contents and its headings; how many decisions
have each value; and what a plain search for words hits in the same text files.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, sleep

from contrechamp.watch.domain.bulletins import sheets_of_text
from contrechamp.watch.domain.finding import Finding
from contrechamp.watch.scanning.run import scan

DATA = Path(__file__).parents[2] / "shared/data/raa_var"
SECONDS, MEGABYTES = 5, 400
WORDS = {
    "vidéoprotection": re.compile("vid[ée]o[- ]?protection", re.IGNORECASE),
    "drone|aéronef": re.compile("drone|a[ée]ronef", re.IGNORECASE),
    "LAPI": re.compile("LAPI"),
    "reconnaissance faciale": re.compile("reconnaissance faciale", re.IGNORECASE),
}
COMMAND = Path(sys.executable).with_name("contrechamp")
READ = {0, 3}
"""What the command answers when it has read all, or all but some."""


def main() -> None:
    """Print each measure beside its target."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    for jobs in (1, 2):
        seconds, memory = _measure(folder, jobs)
        print(
            f"{jobs} job(s), the whole command: {seconds:.1f} s (target {SECONDS}), "
            f"{memory:.0f} MB in all processes (target {MEGABYTES})"
        )
    scanned = scan([folder], jobs=1)
    print(f"{scanned.documents} documents, {scanned.acts} acts, {len(scanned.findings)} findings")
    _bundles(scanned.findings)
    _coverage([each for each in scanned.findings if each.technology == "video_protection"])
    _words(folder, scanned.findings)


def _measure(folder: Path, jobs: int) -> tuple[float, float]:
    """Return seconds and the most megabytes that a scan and its children held at one moment."""
    began = perf_counter()
    child = subprocess.Popen(
        [COMMAND, "watch", "scan", str(folder), "--json", "--jobs", str(jobs)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = [0.0]

    def watch() -> None:
        while child.poll() is None:
            most[0] = max(most[0], sum(map(_proportional, _family(child.pid))))
            sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = child.wait()
    seconds = perf_counter() - began
    watcher.join()
    if status not in READ:
        raise SystemExit(f"the scan ended with {status}")
    return seconds, most[0]


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += _family(int(child))
    return found


def _proportional(pid: int) -> float:
    """Return the megabytes of a process, shared pages divided among those who share them."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    match = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(match[1]) / 1024 if match else 0.0


def _bundles(findings: Sequence[Finding]) -> None:
    counts = Counter(
        (each.act.number, each.locator.bundle.count, each.locator.bundle.listed)
        for each in findings
        if each.act and each.locator.bundle
    )
    for (number, headings, listed), found in sorted(counts.items(), key=str):
        print(f"bundle {number}: {found} decisions of {headings} headings, {listed} listed")


def _coverage(findings: Sequence[Finding]) -> None:
    count = len(findings)
    values = {
        "commune": sum(bool(each.places and each.places[0].insee) for each in findings),
        "cameras": sum(each.cameras is not None for each in findings),
        "retention": sum(each.retention_days is not None for each in findings),
        "file number": sum(bool(each.file_numbers) for each in findings),
        "signed on": sum(bool(each.act and each.act.signed_on) for each in findings),
    }
    print(f"of {count} video decisions: " + ", ".join(f"{k} {v}" for k, v in values.items()))
    print("kinds: " + str(dict(Counter(each.decision for each in findings))))
    total = sum(each.cameras.total or 0 for each in findings if each.cameras)
    print(f"cameras stated as totals: {total:,}")


def _words(folder: Path, findings: Sequence[Finding]) -> None:
    kinds = dict(Counter(each.technology for each in findings))
    began = perf_counter()
    texts = [path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*.txt"))]
    lines = []
    for name, pattern in WORDS.items():
        hit = [text for text in texts if pattern.search(text)]
        pages = sum(
            bool(pattern.search(sheet.body)) for text in hit for sheet in sheets_of_text(text)
        )
        times = sum(len(pattern.findall(text)) for text in hit)
        lines.append(f"words {name}: {len(hit)} files, {pages} pages, {times} occurrences")
    print("\n".join(lines))
    print(f"search for words: {perf_counter() - began:.1f} s; the scan found {kinds}")


if __name__ == "__main__":
    main()

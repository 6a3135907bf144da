"""How fast documents come in, with what memory, and how well scans are read.

    .venv/bin/python bench/documents.py [--scans FOLDER] [--pages 4000] [--ocr-pages 40]

Text: a folder of made PDFs is added by the command that people use (rows written, two processes),
beside what pdftotext and pdfium alone do on one core. Scans: FOLDER holds PDF files beside
`NAME.ref.md`, another reading of the same; recall and precision are of folded words.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any, NamedTuple

import pikepdf
import pypdfium2

from contrechamp.documents.domain import french, recognition

MODEL = Path(recognition.__file__).parents[1] / "data" / "tessdata"
COMMAND = Path(sys.executable).with_name("contrechamp")
LONGEST = 5000
WORDS = [
    "le",
    "la",
    "les",
    "de",
    "des",
    "du",
    "un",
    "une",
    "conseil",
    "municipal",
    "commune",
    "préfecture",
    "arrêté",
    "caméra",
    "surveillance",
    "vidéoprotection",
    "installation",
    "autorisation",
    "article",
    "code",
    "sécurité",
    "intérieure",
    "dossier",
    "demande",
    "exploitant",
    "périmètre",
    "voie",
    "publique",
    "enregistrement",
    "durée",
    "conservation",
    "images",
    "jours",
]


def words_of(text: str) -> Counter[str]:
    """Return the folded words of a text, without the signs of Markdown and formulas."""
    plain = re.sub(r"!\[.*?\]\(.*?\)|\$.*?\$|\\\w+|[#|*`]", " ", text)
    return Counter(french.fold(word) for word in re.findall(r"[^\W_]{2,}", plain))


def make_pdfs(folder: Path, pages: int, each: int, signs: int) -> list[Path]:
    """Write PDFs whose pages hold so many characters of French."""
    folder.mkdir()
    chance = random.Random(1)
    made = []
    for number in range(-(-pages // each)):
        with pikepdf.new() as document:
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
            shared_font = document.make_indirect(font)
            for _ in range(each):
                page = document.add_blank_page(page_size=(595, 842))
                page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=shared_font))
                page.Contents = document.make_stream(_lines(chance, signs))
            path = folder / f"{number:05}.pdf"
            document.save(path)
            made.append(path)
    return made


def _lines(chance: random.Random, signs: int) -> bytes:
    out, total = ["BT /F1 8 Tf 9 TL 40 810 Td"], 0
    while total < signs:
        line = " ".join(chance.choices(WORDS, k=14))
        total += len(line)
        out.append(f"({line}) Tj T*")
    return " ".join([*out, "ET"]).encode("cp1252")


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "CONTRECHAMP_DATA": str(data), "LC_ALL": "C.UTF-8"}


def family(root: int) -> dict[int, float]:
    """Return the seconds of processor of a process and of all below it, by number."""
    parents: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(stat.parent.name)
        parents.setdefault(int(fields[1]), []).append(number)
        seconds[number] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    found, waiting = {}, [root]
    while waiting:
        one = waiting.pop()
        waiting += parents.get(one, [])
        found[one] = seconds.get(one, 0.0)
    return found


def resident(numbers: Iterable[int]) -> float:
    """Return the memory of some processes, shared pages counted once, in MB."""
    total = 0
    for number in numbers:
        try:
            text = Path(f"/proc/{number}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


class Run(NamedTuple):
    """One arrival: its report, the highest memory in MB, the seconds of processor."""

    report: dict[str, Any]
    peak: float
    seconds: float


def add(data: Path, *paths: Path) -> Run:
    """Run `documents add` and watch it."""
    peak, seconds = 0.0, dict[int, float]()
    process = subprocess.Popen(
        [COMMAND, "documents", "add", *paths, "--json", "--ocr", "never"],
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    answer: list[bytes] = []
    reader = threading.Thread(target=lambda: answer.append(process.communicate()[0]))
    reader.start()
    while reader.is_alive():
        now = family(process.pid)
        seconds.update(now)
        peak = max(peak, resident(now))
        sleep(0.03)
    return Run(json.loads(answer[0]), peak, sum(seconds.values()))


def bench_text(pages: int, signs: int) -> None:
    print(f"Text: {pages} pages of {signs} characters")
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = make_pdfs(folder / "pdf", pages, 100, signs)
        # One file may have as many pages as the setting CONTRECHAMP_PAGE_LIMIT says: 5,000.
        one = make_pdfs(folder / "one", min(pages, LONGEST), min(pages, LONGEST), signs)
        started = perf_counter()
        for path in paths:
            document = pypdfium2.PdfDocument(path)
            for page in document:
                page.get_textpage().get_text_range()
        _say("pdfium alone, one core", pages, perf_counter() - started)
        if shutil.which("pdftotext"):
            started = perf_counter()
            for path in paths:
                subprocess.run(["pdftotext", path, folder / "out"], check=True)
            _say("pdftotext, one core", pages, perf_counter() - started)
        subprocess.run(
            [COMMAND, "init"], env=environment(folder / "data"), check=True, capture_output=True
        )
        # Starting costs the same for one page as for a million, and is told apart.
        tiny = make_pdfs(folder / "tiny", 1, 1, 99)
        start = add(folder / "data", *tiny).seconds
        print(f"  start-up: {start:.2f} s of processor")
        for what, given in (("documents add", [folder / "pdf"]), ("in one file", one)):
            run = add(folder / "data", *given)
            if run.report["refused"]:
                raise RuntimeError(f"refused: {run.report['documents'][0]['message']}")
            count = run.report["pages"]
            _say(f"{what}, rows written, peak {run.peak:.0f} MB", count, run.report["seconds"])
            # Other work on the machine makes the clock lie; the processor's own time does not.
            _say(f"{what}, two processors fully ours", count, (run.seconds - start) / 2)


def _say(what: str, pages: int, seconds: float) -> None:
    print(f"  {what}: {pages / seconds:.0f} pages/s ({seconds:.2f} s)")


def bench_scans(folder: Path, pages: int) -> None:
    """Read the first pages of each file that has a reference; whole files give the recall."""
    print("Scans: s/page on one core, word recall and precision against the reference")
    left = pages
    for path in sorted(folder.glob("*.pdf"), key=lambda path: path.stat().st_size):
        reference, document = path.with_suffix(".ref.md"), pypdfium2.PdfDocument(path)
        empty = all(page.get_textpage().count_chars() < 30 for page in document)
        if not reference.exists() or not empty or len(document) > left:
            continue
        left -= len(document)
        started, read = process_time(), Counter[str]()
        for number in range(1, len(document) + 1):
            read += words_of(recognition.recognise(path, "pdf", number, MODEL).text)
        seconds = (process_time() - started) / len(document)
        wanted = words_of(reference.read_text())
        both = sum((read & wanted).values())
        print(
            f"  {path.stem}: {len(document)} pages, {seconds:.2f} s/page, "
            f"recall {both / wanted.total():.3f}, precision {both / read.total():.3f}"
        )


def main() -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    options = argparse.ArgumentParser()
    options.add_argument("--scans", type=Path)
    options.add_argument("--pages", type=int, default=4000)
    options.add_argument("--signs", type=int, default=2500)
    options.add_argument("--ocr-pages", type=int, default=40)
    wanted = options.parse_args()
    if wanted.pages:
        bench_text(wanted.pages, wanted.signs)
    if wanted.scans:
        bench_scans(wanted.scans, wanted.ocr_pages)


if __name__ == "__main__":
    main()

"""Public copies: are hidden words gone, and what does it cost? Prints a table.

    python -m bench.redaction [--generated 200] [--no-ocr] [--scanned 3]

Generated files, the 27 real ones of ../shared/data/bad_redactions and the first pages of scans of
../shared/data/scanned_acts. Seconds are those of the processor, for each page with a box. A leak
is a word that a search of ours finds in the finished copy with another program's text, or in its
strings; it shares nothing with the leak test.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import pikepdf

from bench.redaction_made import write

SHARED = Path(__file__).parents[2] / "shared" / "data"


@dataclass
class Row:
    """What one set of files gave."""

    name: str
    files: int = 0
    touched: int = 0
    pages: int = 0
    made_s: float = 0.0
    tested_s: float = 0.0
    refused: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    not_found: int = 0

    def tell(self) -> str:
        each = max(self.touched, 1)
        return (
            f"{self.name:34} {self.files:5} {self.pages:6} {self.touched:8} "
            f"{self.made_s / each:9.3f} {self.tested_s / each:9.3f} "
            f"{len(self.refused):8} {self.not_found:9} {len(self.leaks):6}"
        )


def processor_s() -> float:
    """Return the seconds of processor that we and our ended children took: a machine is busy."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def squeezed(text: str) -> str:
    """Fold a text to letters and digits, apart from how the product does it."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]", "", plain)


def leaks_of(copy: Path, terms: Sequence[str]) -> list[int]:
    """Return the places in the list of the words that the copy still tells."""
    done = subprocess.run(
        ["pdftotext", "-q", str(copy), "-"], capture_output=True, text=True, check=True
    )
    info = subprocess.run(["pdfinfo", str(copy)], capture_output=True, text=True, check=True)
    with pikepdf.open(copy) as document:
        inside = " ".join(
            str(each) for each in document.objects if isinstance(each, pikepdf.String)
        )
    hay = f"{done.stdout}\n{info.stdout}\n{inside}"
    return [index for index, term in enumerate(terms) if _says(hay, term)]


def _says(hay: str, term: str) -> bool:
    """Look for one word as a word, for several words whatever stands between their letters."""
    if " " in term or not term.isalpha():
        return squeezed(term) in squeezed(hay)
    plain = unicodedata.normalize("NFKD", re.sub(r"-\n", "", hay).lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bool(re.search(rf"\b{squeezed(term)}\b", plain))


def run(row: Row, files: Iterator[tuple[Path, list[str]]], folder: Path, model: str) -> Row:
    """Make and test a copy of each file; note what it took and what leaks."""
    from contrechamp.documents import redacting
    from contrechamp.documents.domain.kinds import Content
    from contrechamp.documents.domain.redaction.plan import Plan, Term
    from contrechamp.documents.services.copies import marks

    for source, words in files:
        terms = tuple(Term(word, "private_person") for word in words)
        out = folder / "public.pdf"
        job = redacting.Job(
            source=str(source), content=Content("pdf", "application/pdf"),
            plan=Plan(terms=terms), marks=marks(), out=str(out), model=model,
        )  # fmt: skip
        started = processor_s()
        made = redacting.make(job)
        row.made_s += processor_s() - started
        row.files += 1
        if made.found is None:
            row.refused.append(f"{source.name}: {made.problem}")
            continue
        started = processor_s()
        asked = redacting.Probe(
            path=str(out),
            terms=terms,
            boxes=made.found.boxes,
            flattened=made.flattened,
            marks=marks(),
            model=model,
            sentences=made.found.sentences,
        )
        probed = redacting.probe(asked)
        row.tested_s += processor_s() - started
        row.pages += made.found.pages_count
        row.touched += len(made.found.touched)
        row.not_found += not made.found.found_count
        failed = [f"{check.name} ({check.detail})" for check in probed.checks if not check.passed]
        if not probed.passed:
            row.refused.append(f"{source.name}: {', '.join(failed) or probed.problem}")
        elif found := leaks_of(out, words):
            row.leaks.append(f"{source.name}: word {found}")
    return row


def generated(folder: Path, count: int) -> Iterator[tuple[Path, list[str]]]:
    for number in range(count):
        path = folder / f"{number}.pdf"
        yield path, write(path, number).terms


def real(name: str, folder: Path, pages: int, most: int) -> Iterator[tuple[Path, list[str]]]:
    """Yield real files, at most so many pages of each, with three long words of their own."""
    for source in sorted((SHARED / name).glob("*.pdf"))[:most]:
        cut = folder / source.name
        with pikepdf.open(source) as document:
            while len(document.pages) > pages:
                del document.pages[-1]
            document.save(cut)
        text = subprocess.run(
            ["pdftotext", "-q", str(cut), "-"], capture_output=True, text=True, check=True
        ).stdout
        words = sorted(set(re.findall(r"\b[A-Z][a-zé]{6,}\b", text)), key=lambda w: (-len(w), w))
        yield cut, words[:3] or ["Commissaire", "préfecture", "République"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--generated", type=int, default=200)
    parser.add_argument("--scanned", type=int, default=3)
    parser.add_argument("--ocr-files", type=int, default=200, help="of each set, with OCR")
    parser.add_argument("--no-ocr", action="store_true")
    given = parser.parse_args()
    django.setup()
    from contrechamp.documents.services import check_model

    model = str(check_model())
    head = (
        "set",
        "files",
        "pages",
        "touched",
        "make s/p",
        "test s/p",
        "refused",
        "no find",
        "leaks",
    )
    print("{:34} {:>5} {:>6} {:>8} {:>9} {:>9} {:>8} {:>9} {:>6}".format(*head))
    for ocr in (False, True):
        if ocr and given.no_ocr:
            continue
        note = "with OCR" if ocr else "without OCR"
        most = given.ocr_files if ocr else 10_000
        with TemporaryDirectory() as name:
            folder = Path(name)
            for row, files in (
                (Row(f"generated, {note}"), generated(folder, min(given.generated, most))),
                (Row(f"bad_redactions, {note}"), real("bad_redactions", folder, 99, min(99, most))),
                (
                    Row(f"scanned_acts, {note}"),
                    real("scanned_acts", folder, 2, min(given.scanned, most)),
                ),
            ):
                print(run(row, files, folder, model if ocr else "").tell(), flush=True)
                for line in (*row.refused, *row.leaks):
                    print("   ", line)


if __name__ == "__main__":
    main()

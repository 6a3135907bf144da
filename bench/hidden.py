"""How well badly redacted PDFs are found, how fast pages are looked at and screened.

    .venv/bin/python bench/hidden.py FOLDER [--bad NAME…] [--texts FOLDER]

FOLDER holds PDF files; `--bad` names those that truly hide text (without .pdf). `--texts` holds
text files (pages cut at form feeds, else at 3,000 characters) to be screened for personal data.
Time is of the processor, one core. Beside it stands freelawproject/x-ray 0.4.0 as it was measured
for `bad_redactions` (27 files, 47 pages, of which 3 files are bad).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from contrechamp.documents.domain.hidden import inspect, verdict_of
from contrechamp.documents.domain.personal import screen

XRAY = "x-ray 0.4.0: 2 of 3 bad files, 0 false alarms, 47 pages in 1.4 s (34 pages/s)"
PAGE = 3_000


def pages_of(folder: Path) -> Iterator[str]:
    """Yield the pages of all text files."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8", "replace")
        if "\f" in text:
            yield from text.split("\f")
        else:
            yield from (text[at : at + PAGE] for at in range(0, len(text), PAGE))


def main() -> None:
    """Measure, and print beside what others reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bad", nargs="*", default=[])
    parser.add_argument("--texts", type=Path)
    asked = parser.parse_args()
    started, pages = process_time(), 0
    verdicts: dict[str, str] = {}
    for path in sorted(asked.folder.glob("*.pdf")):
        found = inspect(path, 1, 1 << 20)
        pages += found.pages_count
        verdicts[path.stem] = verdict_of(found.findings)
    seconds = process_time() - started
    bad = {name for name, verdict in verdicts.items() if verdict == "bad"}
    truly = set(asked.bad)
    print(f"{len(verdicts)} files, {pages} pages: {Counter(verdicts.values())}")
    print(f"bad: {len(bad & truly)} of {len(truly)} found, {len(bad - truly)} false alarms")
    print(f"{seconds:.2f} s, {pages / seconds:.0f} pages/s (target 25)")
    print(XRAY)
    if asked.texts:
        texts = list(pages_of(asked.texts))
        started, kinds = process_time(), Counter[str]()
        for text in texts:
            kinds.update(each.kind for each in screen(text))
        seconds = process_time() - started
        print(f"screened {len(texts)} pages, {len(texts) / seconds:.0f} pages/s (target 200)")
        for kind, count in kinds.most_common():
            print(f"{count / len(texts):8.3f} a page  {kind}")


if __name__ == "__main__":
    main()

"""How long a dossier takes, and how large it is, beside what each of its parts costs.

    .venv/bin/python -m bench.dossier [--facts 100] [--scans]

A folder is set up as people do; documents of four pages are made (with --scans pictures of pages,
else pages of text), a passage of each is cited, and a list of so many sentences is bound by
`contrechamp documents dossier`. The PDF alone is timed too, and drawing the pages of it alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

COMMAND = Path(sys.executable).with_name("contrechamp")
TARGET_S = 60.0


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=100)
    parser.add_argument("--scans", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ["CONTRECHAMP_DATA"] = str(Path(folder, "data"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "contrechamp.project.settings"
        subprocess.run([COMMAND, "init"], check=True, stdout=subprocess.DEVNULL)
        path = fill(Path(folder), asked.facts, scans=asked.scans)
        measure(Path(folder), path)


def fill(folder: Path, facts: int, *, scans: bool) -> Path:
    """Make documents and quotes, and return the list of them."""
    import django

    django.setup()
    from contrechamp.documents import services
    from tests.documents import made

    lines = []
    for number in range(facts):
        exact = f"Article {number}. La commune installe {number + 2} caméras sur la voie publique."
        texts = [(*made.LINES * 9, exact, *(f"Page {page}",)) for page in range(4)]
        content = pictures(4, exact) if scans else made.pdf(texts)
        document = made.document(texts=texts, content=content, title=f"Délibération {number}")
        key = made.key(document)
        quote = services.cite(key, page=3, exact=exact, actor=document.added_by, now=made.NOW)
        lines.append(f"Commune {number} — nombre de caméras\t/documents/{key}/page/3#{quote.pk}")
    path = folder / "list.tsv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def pictures(count: int, text: str) -> bytes:
    """Return a PDF of noisy pictures of pages, as a scanner makes it."""
    from PIL import Image, ImageDraw

    pages = []
    for _ in range(count):
        page = Image.effect_noise((1240, 1754), 12).point(lambda grey: min(255, grey + 110))
        draw = ImageDraw.Draw(page)
        for line in range(50):
            draw.text((120, 120 + 30 * line), text, fill=20)
        pages.append(page)
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return out.getvalue()


def measure(folder: Path, path: Path) -> None:
    """Bind the list and say what it took."""
    out = folder / "bound"
    begun = perf_counter()
    done = subprocess.run(
        [COMMAND, "documents", "dossier", path, "--out", out, "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = perf_counter() - begun
    report = json.loads(done.stdout)
    sizes = {each["name"]: each["bytes"] for each in report["files"]}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{report['statements']} facts, {len(report['exhibits'])} exhibits, {report['pages']} pages"
    )
    print(f"the whole folder    {seconds:6.1f} s   (target {TARGET_S:.0f} s)")
    print(f"its binding         {report['seconds']:6.1f} s")
    print(f"dossier.pdf         {sizes['dossier.pdf'] / 1e6:6.1f} MB")
    print(f"all files           {report['bytes'] / 1e6:6.1f} MB")
    print(f"largest process     {peak:6.0f} MB")


if __name__ == "__main__":
    main()

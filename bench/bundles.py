"""Time a court bundle: 60 exhibits and 800 pages, from the store to the last hash.

    python -m bench.bundles [--exhibits 60] [--pages 800] [--keep FOLDER]

Half of the exhibits hold text with free margins, a quarter text to the edges, a quarter scans of
150 dots an inch over the whole page. The deposit folder and the reading bundle are both written;
the bookmarks, stamps and numbers of the result are counted, and it is bound a second time to see
that the bytes are the same.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from contrechamp.cases.binding import Bound, Order, Piece, bind
from contrechamp.cases.domain.exhibits import Exhibit, Group, Role, numbered
from contrechamp.cases.domain.inventory import Cover
from contrechamp.foundation.store import FolderStore

TARGET_S = 30
WIDE, HIGH = 595, 842
CHANCE = random.Random(7)
WORDS = [
    "la",
    "commune",
    "installe",
    "des",
    "caméras",
    "sans",
    "étude",
    "dont",
    "le",
    "marché",
    "prévoit",
    "la",
    "reconnaissance",
]


def main() -> int:
    """Print the time beside the target; 1 when it is missed or the result is not whole."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--exhibits", type=int, default=60)
    asked.add_argument("--pages", type=int, default=800)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        pieces = tuple(_pieces(place / "store", given.exhibits, given.pages))
        order = Order(
            store=str(place / "store"),
            out=str(place / "bundle"),
            cover=Cover(
                title="Requête en annulation de l'arrêté du 3 novembre 2025",
                day=date(2026, 1, 15),
                court="Tribunal administratif de Valbrume",
                parties=("Les Yeux ouverts, requérante", "contre la commune de Valbrume"),
            ),
            pieces=pieces,
            most_bytes=16 << 20,
        )
        begun, used = monotonic(), process_time()
        bound = bind(order)
        took, cpu = monotonic() - begun, process_time() - used
        if not isinstance(bound, Bound):
            print(bound)
            return 1
        again = bind(replace(order, out=str(place / "again")))
        return _told(place, bound, again, given.exhibits, given.pages, took, cpu)


def _told(
    place: Path, bound: Bound, again: object, exhibits: int, pages: int, took: float, cpu: float
) -> int:
    with pikepdf.open(place / "bundle" / "recueil.pdf") as bundle, bundle.open_outline() as marks:
        groups = [item for item in marks.root if item.children]
        count = sum(len(item.children) for item in groups)
    deposited = len(list((place / "bundle" / "depot").iterdir()))
    size = sum(each[2] for each in bound.files)
    same = isinstance(again, Bound) and again.files == bound.files
    print(f"{exhibits} exhibits, {pages} pages; {deposited} files deposited, {size / 1e6:.0f} MB")
    print(f"reading bundle: {bound.pages} pages, {count} bookmarks in {len(groups)} groups")
    print(f"{took:.1f} s of the clock, {cpu:.1f} s of one processor    target < {TARGET_S} s")
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of the process: {peak:.0f} MB, what it was made from included")
    print(f"second binding: {'the same bytes' if same else 'OTHER BYTES'}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    return 0 if took < TARGET_S and same and count == exhibits else 1


def _pieces(root: Path, exhibits: int, pages: int) -> Iterator[Piece]:
    store = FolderStore(root)
    each = [pages // exhibits + (at < pages % exhibits) for at in range(exhibits)]
    rows = [
        Exhibit(
            key=f"exh-{at:010}",
            label=f"{'Arrêté attaqué' if at == 0 else 'Rapport de la commune'} n° {at + 1}",
            group=list(Group)[min(at * 3 // exhibits, 2)],
            position=at,
            role=Role.ATTACKED if at == 0 else Role.OTHER,
            dated="3 novembre 2025",
            author="Commune de Valbrume",
            source="Recueil des actes administratifs n° 12",
            pages=each[at],
        )
        for at in range(exhibits)
    ]
    for at, exhibit in enumerate(numbered(rows, filed={})):
        content = _pdf(exhibit.pages, at % 4)
        key = store.put(BytesIO(content))
        yield Piece(exhibit=replace(exhibit, sha256=key), drawn=key)


def _pdf(pages: int, kind: int) -> bytes:
    out = BytesIO()
    with pikepdf.new() as document:
        font = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Times,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for _ in range(pages):
            page: Any = document.add_blank_page(page_size=(WIDE, HIGH))
            if kind == 3:
                _scan(document, page)
            else:
                top = HIGH - 12 if kind == 2 else HIGH - 72
                lines = [" ".join(CHANCE.choices(WORDS, k=11)) for _ in range(46)]
                shown = " ".join(f"<{line.encode('cp1252').hex()}> Tj T*" for line in lines)
                page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
                content = f"BT /F1 11 Tf 15 TL 60 {top} Td {shown} ET"
                page.Contents = document.make_stream(content.encode())
        document.save(out, static_id=True)
    return out.getvalue()


def _scan(document: Any, page: Any) -> None:
    image = Image.effect_noise((1240, 1754), 12).convert("L").point(lambda grey: 200 + grey // 5)
    pen = ImageDraw.Draw(image)
    for line in range(60, 1700, 34):
        pen.text((90, line), " ".join(CHANCE.choices(WORDS, k=14)), fill=20)
    body = BytesIO()
    image.save(body, "JPEG", quality=60)
    stream = document.make_stream(
        body.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    page.Contents = document.make_stream(f"q {WIDE} 0 0 {HIGH} 0 0 cm /Im Do Q".encode())


if __name__ == "__main__":
    sys.exit(main())

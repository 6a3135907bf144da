"""The reading bundle: one PDF of cover, inventory and stamped exhibits, with its bookmarks.

Runs in the process that binds (`cases.binding`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from .domain import margins
from .domain.exhibits import GROUPS, Exhibit, Group, bookmark
from .domain.inventory import BORDEREAU, COVER, TARGET

MOST_OBJECTS = 20_000
"""Of one page: a plan of more is made smaller without a look."""
Front = Callable[[int, dict[str, int]], bytes]
"""Sets the front from the pages of the bundle and the first page of each exhibit."""


def write_bundle(
    out: Path,
    copies: Sequence[tuple[Exhibit, Path]],
    *,
    front: Front,
    title: str,
    scratch: Path,
) -> int:
    """Write the bundle and return its pages. `copies` are in the order of their numbers."""
    before = _length(front(0, {}))
    head, total = b"", 0
    first: dict[str, int] = {}
    # Its own length is among what it says: a second time is enough but at a page's very end.
    for _ in range(3):
        total, first = _places(copies, before)
        head = front(total, first)
        if (length := _length(head)) == before:
            break
        before = length
    (scratch / "front.pdf").write_bytes(head)
    with pikepdf.open(scratch / "front.pdf") as bundle:
        fonts = margins.fonts_of(bundle)
        for exhibit, path in copies:
            _append(bundle, fonts, exhibit, path, total=total, scratch=scratch)
        _link(bundle, first)
        _give_bookmarks(bundle, [exhibit for exhibit, _ in copies], first)
        _say_what_it_is(bundle, title)
        bundle.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return len(bundle.pages)


def _places(copies: Sequence[tuple[Exhibit, Path]], before: int) -> tuple[int, dict[str, int]]:
    """Return the pages of the whole, and the first page of each exhibit by key, from 1."""
    at, first = before + 1, {}
    for exhibit, _ in copies:
        first[exhibit.key] = at
        at += exhibit.pages
    return at - 1, first


def _length(body: bytes) -> int:
    with pdfium.PdfDocument(body) as document:
        return len(document)


def _append(
    bundle: Any, fonts: Any, exhibit: Exhibit, path: Path, *, total: int, scratch: Path
) -> None:
    flat = scratch / "flat.pdf"
    _flatten(path, flat)
    free = _free(flat)
    with pikepdf.open(flat) as source:
        start = len(bundle.pages)
        bundle.pages.extend(source.pages)
    for number in range(exhibit.pages):
        margins.stamp_page(
            bundle,
            bundle.pages[start + number],
            fonts,
            label=f"Pièce n° {exhibit.number} — {number + 1}/{exhibit.pages}",
            number=f"{start + number + 1} / {total}",
            free=free[number],
        )


def _flatten(path: Path, out: Path) -> None:
    """Draw into the pages what stands on them as fields and notes; nothing of a copy reacts."""
    with pikepdf.open(path) as document:
        if "/AcroForm" in document.Root:
            document.generate_appearance_streams()
        if any("/Annots" in page for page in document.pages):
            document.flatten_annotations()
        for page in document.pages:
            for name in ("/Annots", "/AA", "/StructParents", "/B"):
                if name in page:
                    del page[name]
        document.save(out, deterministic_id=True)


def _free(path: Path) -> list[bool]:
    """Answer for each page whether its drawing leaves room for the stamp."""
    with pikepdf.open(path) as document:
        sheets = [margins.sheet_of(page) for page in document.pages]
    with pdfium.PdfDocument(path) as document:
        return [_is_free(document, at, sheet) for at, sheet in enumerate(sheets)]


def _is_free(document: Any, at: int, sheet: margins.Sheet) -> bool:
    try:
        page = document[at]
    except pdfium.PdfiumError:
        return False
    boxes = []
    for thing in page.get_objects(max_depth=1):
        boxes.append(thing.get_bounds())
        if len(boxes) > MOST_OBJECTS:
            return False
    return margins.is_free(sheet, boxes)


def _link(bundle: Any, first: dict[str, int]) -> None:
    """Turn the links of the front into ways to the exhibits' pages."""
    for page in bundle.pages:
        for note in page.get("/Annots", []):
            address = str(note.get("/A", {}).get("/URI", ""))
            key = address.removeprefix(TARGET)
            if address.startswith(TARGET) and key in first:
                target = bundle.pages[first[key] - 1].obj
                del note["/A"]
                note["/Dest"] = pikepdf.Array([target, pikepdf.Name.Fit])


def _give_bookmarks(bundle: Any, exhibits: Sequence[Exhibit], first: dict[str, int]) -> None:
    with bundle.open_outline() as outline:
        outline.root.clear()
        outline.root.append(pikepdf.OutlineItem(COVER, 0))
        outline.root.append(pikepdf.OutlineItem(BORDEREAU, 1))
        for group in Group:
            mine = [each for each in exhibits if each.group is group]
            if mine:
                heading = pikepdf.OutlineItem(GROUPS[group], first[mine[0].key] - 1)
                heading.children.extend(
                    pikepdf.OutlineItem(bookmark(each), first[each.key] - 1) for each in mine
                )
                outline.root.append(heading)


def _say_what_it_is(bundle: Any, title: str) -> None:
    """Keep the title; drop the claims of the front to standards that scans do not hold to."""
    if "/Metadata" in bundle.Root:
        del bundle.Root["/Metadata"]
    for name in list(bundle.docinfo):
        del bundle.docinfo[name]
    bundle.docinfo["/Title"] = title
    bundle.Root["/MarkInfo"] = pikepdf.Dictionary(Marked=True)
    bundle.Root["/PageMode"] = pikepdf.Name.UseOutlines

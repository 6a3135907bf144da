"""What a PDF carries besides what its pages draw: revisions, layers, files, notes, miniatures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from .finding import Finding, Kind

WHOLE = (0.0, 0.0, 1.0, 1.0)
REDACTING = frozenset({"/Redact"})
FILLED = frozenset({"/Square", "/Circle", "/Polygon"})
HIDDEN_FLAGS = 2 | 32
"""Flags of an annotation: hidden, not on a screen."""
MOST_BYTES = 64 << 20
"""Larger files are not searched for earlier revisions: they would have to be held whole."""
END = re.compile(rb"startxref\s+(\d+)\s+%%EOF[ \t]*\r?\n?")
PAGES = 200
"""Pages of an earlier revision that are read."""


def layers_off(document: Any) -> bool:
    """Answer whether a file has layers that are not shown."""
    config = document.Root.get("/OCProperties", {}).get("/D", {})
    if len(config.get("/OFF", [])):
        return True
    return str(config.get("/BaseState", "")) == "/OFF"


def look(document: Any) -> Iterator[Finding]:
    """Yield what a file that was opened with pikepdf carries beside its pages."""
    yield from _attachments(document)
    yield from _fields(document)
    for number, page in enumerate(document.pages, 1):
        if "/Thumb" in page.obj:
            yield Finding(number, WHOLE, Kind.ATTACHMENT, 0, dark=False, text="")
        for annotation in page.obj.get("/Annots", []):
            yield from _annotation(page, number, annotation)


def _attachments(document: Any) -> Iterator[Finding]:
    for name in list(document.attachments)[:100]:
        yield Finding(1, WHOLE, Kind.ATTACHMENT, 0, dark=False, text=str(name))


def _annotation(page: Any, number: int, annotation: Any) -> Iterator[Finding]:
    subtype = str(annotation.get("/Subtype", ""))
    if subtype == "/FileAttachment":
        name = str(annotation.get("/FS", {}).get("/UF", ""))
        yield Finding(number, WHOLE, Kind.ATTACHMENT, 0, dark=False, text=name)
    elif subtype in REDACTING or (subtype in FILLED and "/IC" in annotation):
        rect = _on_page(page, annotation)
        yield Finding(number, rect, Kind.ANNOTATION, 0, dark=False, text="")


def _on_page(page: Any, annotation: Any) -> tuple[float, float, float, float]:
    """Return where an annotation stands; the whole page where it is turned."""
    if int(page.obj.get("/Rotate", 0)) % 360:
        return WHOLE
    box = [float(each) for each in page.cropbox]
    x0, y0, x1, y1 = (float(each) for each in annotation.get("/Rect", box))
    wide, high = max(box[2] - box[0], 1.0), max(box[3] - box[1], 1.0)
    across = sorted(((x0 - box[0]) / wide, (x1 - box[0]) / wide))
    down = sorted(((box[3] - y0) / high, (box[3] - y1) / high))
    left, top, right, bottom = (
        round(min(max(at, 0.0), 1.0), 5) for at in (across[0], down[0], across[1], down[1])
    )
    return (left, top, right, bottom)


def _fields(document: Any) -> Iterator[Finding]:
    """Yield the values of a form that no page shows."""
    form = document.Root.get("/AcroForm", {})
    waiting = list(form.get("/Fields", []))[:2_000]
    while waiting:
        field = waiting.pop()
        kids = list(field.get("/Kids", []))
        waiting += [kid for kid in kids if "/T" in kid][: 2_000 - min(len(waiting), 2_000)]
        value = field.get("/V")
        if not isinstance(value, pikepdf.String) or not str(value).strip():
            continue
        widgets = [kid for kid in kids if "/T" not in kid] or [field]
        if all(_is_hidden(widget) for widget in widgets):
            text = str(value)
            count = sum(letter.isalnum() for letter in text)
            yield Finding(1, WHOLE, Kind.ANNOTATION, count, dark=False, text=text)


def _is_hidden(widget: Any) -> bool:
    if int(widget.get("/F", 0)) & HIDDEN_FLAGS:
        return True
    rect = [float(each) for each in widget.get("/Rect", [])]
    return len(rect) < 4 or rect[0] == rect[2] or rect[1] == rect[3]


def revisions(path: Path) -> Iterator[Finding]:
    """Yield one line for each page of which an earlier revision said more than now.

    A revision that took no words away is told once for the file, with no characters: what it
    changed may be a picture. A linearised file has two tables and one revision.
    """
    if path.stat().st_size > MOST_BYTES:
        return
    content = path.read_bytes()
    # The first table of a linearised file is told with an offset of 0.
    ends = [found.end() for found in END.finditer(content) if found.group(1) != b"0"]
    if len(ends) < 2:
        return
    now = _words(content)
    found: dict[int, Finding] = {}
    for end in ends[:-1][-5:]:
        for number, words in enumerate(_words(content[:end]), 1):
            gone = words - (now[number - 1] if number <= len(now) else Counter())
            text = " ".join(gone.elements())
            count = sum(letter.isalnum() for letter in text)
            if count >= 2 and (number not in found or count > found[number].characters):
                found[number] = Finding(
                    number, WHOLE, Kind.OLD_REVISION, count, dark=False, text=text
                )
    yield from found.values()
    if not found:
        yield Finding(1, WHOLE, Kind.OLD_REVISION, 0, dark=False, text="")


def _words(content: bytes) -> list[Counter[str]]:
    """Return the words of each page, as often as they stand there; none when it cannot be read."""
    pages: list[Counter[str]] = []
    try:
        with pdfium.PdfDocument(content) as document:
            for number in range(min(len(document), PAGES)):
                pages.append(Counter(document[number].get_textpage().get_text_bounded().split()))
    except pdfium.PdfiumError:
        pass
    return pages

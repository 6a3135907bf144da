"""PDF files: how many pages, their sizes, their text. Pages that cannot be read cost themselves.

Uses pdfium through its plain interface: the text of a page takes about a millisecond, and the
helpers above it would take as long again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .need import needs_recognition
from .reasons import BAD_PDF, NO_PASSWORD, CannotRead, Reason
from .textual import LONGEST_PAGE, clean

PASSWORD_ERROR = 4
A4 = (595.0, 842.0)


class PageText(NamedTuple):
    """One page as it was read. Plain values, so that they travel cheaply."""

    number: int
    width: float
    height: float
    rotation: int
    text: str
    needs_recognition: bool
    failed: bool = False
    has_image: bool = True


def unread(number: int) -> PageText:
    """Return what stands for a page that could not be read or drawn."""
    return PageText(number, *A4, 0, "", needs_recognition=False, failed=True, has_image=False)


@contextmanager
def opened(path: Path, passwords: Sequence[str] = ()) -> Iterator[tuple[Any, str]]:
    """Open a PDF with the first password that fits, the empty one first; yield both."""
    document, password = _open(path, ["", *passwords])
    try:
        yield document, password
    finally:
        document.close()


def _open(path: Path, passwords: Sequence[str]) -> tuple[Any, str]:
    for password in passwords:
        try:
            return pdfium.PdfDocument(path, password=password or None), password
        except pdfium.PdfiumError as error:
            if error.err_code != PASSWORD_ERROR:
                raise CannotRead(Reason.BROKEN, BAD_PDF) from None
    raise CannotRead(Reason.ENCRYPTED, NO_PASSWORD)


def read_pages(document: Any, first: int, count: int) -> list[PageText]:
    """Read some pages, counted from 1."""
    last = min(first + count - 1, len(document))
    return [_read_page(document, number) for number in range(first, last + 1)]


def _read_page(document: Any, number: int) -> PageText:
    page = raw.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return unread(number)
    try:
        text = _text(page)
        return PageText(
            number,
            round(raw.FPDF_GetPageWidthF(page), 2) or A4[0],
            round(raw.FPDF_GetPageHeightF(page), 2) or A4[1],
            max(raw.FPDFPage_GetRotation(page), 0) * 90,
            text,
            needs_recognition(text, lambda: _covered(page)),
        )
    finally:
        raw.FPDF_ClosePage(page)


def _text(page: Any) -> str:
    """Return the page's text with line feeds; a word cut at the end of a line keeps its hyphen."""
    reader = raw.FPDFText_LoadPage(page)
    if not reader:
        return ""
    try:
        count = min(raw.FPDFText_CountChars(reader), LONGEST_PAGE)
        if count <= 0:
            return ""
        # Two units of UTF-16 for each, for signs outside the first plane; and the end mark.
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = raw.FPDFText_GetText(reader, 0, count, buffer)
        text = bytes(memoryview(buffer).cast("B")[: 2 * max(written - 1, 0)]).decode(
            "utf-16-le", "replace"
        )
    finally:
        raw.FPDFText_ClosePage(reader)
    return clean(text.replace("\r\n", "\n").replace("\ufffe", "-\n").replace("\r", "\n"))


def _covered(page: Any) -> float:
    """Return the part of the page that its largest image covers."""
    surface = raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page)
    if surface <= 0:
        return 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    largest = 0.0
    for index in range(min(raw.FPDFPage_CountObjects(page), 5_000)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM} and (
            raw.FPDFPageObj_GetBounds(thing, *sides)
        ):
            left, bottom, right, top = (side.value for side in sides)
            largest = max(largest, (right - left) * (top - bottom))
    return min(float(largest / surface), 1.0)


def title_of(document: Any) -> str:
    """Return the title that the file gives itself, when it reads like one."""
    title = " ".join(clean(document.get_metadata_value("Title")).split())
    return title[:300] if len(title) > 8 and " " in title and "\\" not in title else ""


def rewrite(path: Path, out: Path, password: str = "") -> None:
    """Write the file anew: without its password, or with its structure repaired."""
    import pikepdf

    try:
        with pikepdf.open(path, password=password) as document:
            document.save(out, encryption=False)
    except pikepdf.PasswordError:
        raise CannotRead(Reason.ENCRYPTED, NO_PASSWORD) from None
    # Foreign bytes: qpdf raises many things on what it cannot repair.
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError):
        raise CannotRead(Reason.BROKEN, BAD_PDF) from None

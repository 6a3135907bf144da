"""Get out of a public copy all that could hold words: text, strings, streams, pictures."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.pdfs import opened
from contrechamp.documents.domain.reasons import BAD_PDF, CannotRead, Reason

from . import sheets
from .leaks import Anatomy
from .painting import draw_grey

DEEPEST = 60
POPPLER_S = 120
SLOW_FROM = 120
"""Pages from which the slow reader is left out, where another second one is there."""


def readings(path: Path) -> dict[str, list[str]]:
    """Return the text of each page by each reader that is there: two at least."""
    found = {"pdfium": _by_pdfium(path)}
    poppler = _by_poppler(path)
    if poppler is not None:
        found["pdftotext"] = poppler
    if poppler is None or len(found["pdfium"]) < SLOW_FROM:
        found["pdfminer"] = _by_pdfminer(path)
    return found


def _by_pdfium(path: Path) -> list[str]:
    with opened(path) as (document, _):
        return [sheets.text_of(document[number]) for number in range(len(document))]


def _by_poppler(path: Path) -> list[str] | None:
    program = shutil.which("pdftotext")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603 - a program of the system, no shell, no word of the list
        [program, "-q", "-enc", "UTF-8", str(path), "-"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=POPPLER_S,
    )
    if done.returncode:
        return None
    return done.stdout.decode("utf-8", "replace").removesuffix("\f").split("\f")


def _by_pdfminer(path: Path) -> list[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        return [
            "".join(part.get_text() for part in page if isinstance(part, LTTextContainer))
            for page in extract_pages(path)
        ]
    # Foreign bytes: a reader written in Python raises nearly anything on them.
    except Exception:  # noqa: BLE001
        raise CannotRead(Reason.BROKEN, BAD_PDF) from None


def words(path: Path, numbers: Sequence[int]) -> dict[int, list[tuple[str, Rect]]]:
    """Return the words of some pages with the boxes that a reader selects."""
    with opened(path) as (document, _):
        return {
            number: sheets.words_of(sheets.read_sheet(document[number - 1], number, loose=True))
            for number in numbers
        }


def pictures(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image]]:
    """Yield some pages as one sees them."""
    with opened(path) as (document, _):
        for number in numbers:
            yield number, draw_grey(document[number - 1])


def size_of(path: Path, number: int) -> tuple[float, float]:
    """Return the width and height of a page in points, as one sees it."""
    with opened(path) as (document, _):
        width, height = document[number - 1].get_size()
        return float(width), float(height)


def picture_pages(path: Path) -> list[int]:
    """Return the pages that an image covers."""
    with opened(path) as (document, _):
        return [
            number
            for number in range(1, len(document) + 1)
            if sheets.covered(document[number - 1]) >= sheets.PICTURE
        ]


def anatomy(path: Path) -> Anatomy:
    """Take a file apart: counts of what it should not have, all strings, all streams."""
    raw = path.read_bytes()
    try:
        with pikepdf.open(path) as document:
            return _Anatomist(document).found(raw)
    except pikepdf.PdfError:
        raise CannotRead(Reason.BROKEN, BAD_PDF) from None


class _Anatomist:
    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._strings: list[tuple[str, str]] = []
        self._streams: list[tuple[str, bytes]] = []
        self._scripts = self._annotations = self._layers = self._thumbnails = 0

    def found(self, raw: bytes) -> Anatomy:
        root = self._document.Root
        for number, thing in enumerate(self._document.objects, start=1):
            self._take(f"objet {number}", thing, 0)
        self._take("métadonnées", self._document.trailer.get("/Info"), 0)
        self._outlines()
        names = root.get("/Names", Dictionary())
        form = root.get("/AcroForm", Dictionary())
        fields = form.get("/Fields", Array([]))
        return Anatomy(
            revisions=max(raw.count(b"startxref"), len(re.findall(rb"%%EOF", raw)), 1),
            annotations=self._annotations,
            attachments=len(self._document.attachments) + ("/AF" in root),
            scripts=self._scripts
            + ("/JavaScript" in names)
            + (
                "/OpenAction" in root
                and isinstance(root.OpenAction, Dictionary)
                and "/JS" in root.OpenAction
            ),
            layers=self._layers + ("/OCProperties" in root),
            fields=len(fields) if isinstance(fields, Array) else 1,
            thumbnails=self._thumbnails,
            strings=tuple(self._strings),
            streams=tuple(self._streams),
        )

    def _outlines(self) -> None:
        with self._document.open_outline() as outline:
            waiting = list(outline.root)
            while waiting:
                item = waiting.pop()
                self._strings.append(("signet", str(item.title)))
                waiting += list(item.children)

    def _take(self, place: str, thing: Any, depth: int) -> None:
        if depth > DEEPEST:
            return
        if isinstance(thing, pikepdf.String):
            self._strings.append((place, str(thing)))
        elif isinstance(thing, Name):
            self._strings.append((place, str(thing)[1:]))
        elif isinstance(thing, Array):
            for each in thing:
                if not getattr(each, "is_indirect", False):
                    self._take(place, each, depth + 1)
        elif isinstance(thing, (Dictionary, pikepdf.Stream)):
            self._take_dictionary(place, thing, depth)

    def _take_dictionary(self, place: str, thing: Any, depth: int) -> None:
        kind = thing.get("/Type")
        self._scripts += "/JS" in thing or thing.get("/S") == Name.Launch
        self._layers += kind == Name.OCG
        self._thumbnails += "/Thumb" in thing
        self._annotations += _is_annotation(thing)
        for key, value in thing.items():
            self._strings.append((place, key[1:]))
            if not getattr(value, "is_indirect", False):
                self._take(place, value, depth + 1)
        if isinstance(thing, pikepdf.Stream):
            self._take_stream(place, thing)

    def _take_stream(self, place: str, thing: Any) -> None:
        if thing.get("/Subtype") == Name.Image:
            return
        try:
            data = thing.read_bytes()
        except pikepdf.PdfError:
            data = thing.read_raw_bytes()
        self._streams.append((place, data))
        self._strings += [(place, text) for text in _texts_of(thing, data)]


def _is_annotation(thing: Any) -> bool:
    subtype = thing.get("/Subtype")
    return (
        "/Rect" in thing
        and isinstance(subtype, Name)
        and (subtype != Name.Link or "/Contents" in thing)
    )


PROGRAMS = frozenset({"/Type1C", "/CIDFontType0C", "/OpenType"})
_STRINGS = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)


def _texts_of(thing: Any, data: bytes) -> Iterator[str]:
    """Yield the texts that a stream holds: strings shown one after the other, or XML."""
    if data[:64].lstrip().startswith(b"<") or thing.get("/Type") == Name.Metadata:
        yield re.sub(r"<[^>]*>", " ", data.decode("utf-8", "replace"))
        return
    is_font = "/Length1" in thing or str(thing.get("/Subtype", "")) in PROGRAMS
    if is_font or not re.search(rb"\b(?:Tj|TJ|BDC)\b|'|\"", data):
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # An end that is missing is the file's affair.
            yield from _shown(pikepdf.parse_content_stream(thing))
    # Foreign bytes: what cannot be taken apart is looked through for strings.
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        for literal, digits in _STRINGS.findall(data):
            content = literal or _bytes_of(digits)
            yield content.decode("cp1252", "replace")
            yield content.decode("utf-16-be", "replace")


def _bytes_of(digits: bytes) -> bytes:
    plain = re.sub(rb"\s", b"", digits).decode()
    return bytes.fromhex(plain[: len(plain) // 2 * 2])


def _shown(instructions: Any) -> Iterator[str]:
    """Yield the strings of a content one after the other, by both ways of writing signs."""
    plain: list[str] = []
    wide: list[str] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        for text in _strings_in(instruction.operands):
            content = bytes(text)
            plain.append(content.decode("cp1252", "replace"))
            wide.append(content.decode("utf-16-be", "replace") if len(content) % 2 == 0 else "")
        if operator in {"ET", "T*", "'", '"', "Td", "TD", "Tm"}:
            plain.append("\n")
            wide.append("\n")
    yield "".join(plain)
    yield "".join(wide)


def _strings_in(operands: Any) -> Iterator[pikepdf.String]:
    for operand in operands:
        if isinstance(operand, pikepdf.String):
            yield operand
        elif isinstance(operand, Array):
            yield from _strings_in(operand)
        elif isinstance(operand, Dictionary):
            yield from _strings_in(operand.values())

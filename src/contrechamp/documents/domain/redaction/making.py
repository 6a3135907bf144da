"""Make the public copy of a PDF: find what is hidden, decide the boxes, write the new file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.pdfs import opened
from contrechamp.documents.domain.reasons import BAD_PDF, NO_PASSWORD, CannotRead, Reason
from contrechamp.kernel.errors import gettext_noop

from . import sheets
from .cleaning import NotPlain, clean_page, shared_things
from .finding import Span, find, parts, sentence_around
from .growth import grown, is_mostly_in, touches, union
from .painting import draw_grey, pack, paint
from .plan import BadPlan, Box, Plan
from .sheets import Sheet
from .writing import Writer

PASSES = 4
"""How often what is left is searched again."""
Machine = Callable[[int], "Sheet | None"]
"""Reads a page from its picture; None when there is no model."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Words of the plan as they stand on a page. `index` is the term's place in the plan."""

    page: int
    index: int
    rects: tuple[Rect, ...]
    """As wide as the words."""
    before: str = field(repr=False)
    text: str = field(repr=False)
    after: str = field(repr=False)
    is_part: bool = False
    """A part of the words that stands by itself."""
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that a plan hides in a document, before anything is made."""

    pages_count: int
    occurrences: tuple[Occurrence, ...]
    boxes: tuple[Box, ...]
    """As they will be painted."""
    sentences: tuple[str, ...] = field(repr=False)
    """What is written around and below the boxes."""
    misread: frozenset[int] = frozenset()
    """Pages whose words come from their picture."""
    unread: frozenset[int] = frozenset()
    """Pages that are pictures and could not be read."""
    machine: dict[int, Sheet] = field(default_factory=dict, repr=False)

    @property
    def found_count(self) -> int:
        return sum(not each.is_part for each in self.occurrences)

    @property
    def covered_count(self) -> int:
        return sum(not each.is_part and not each.is_kept for each in self.occurrences)

    @property
    def touched(self) -> set[int]:
        return {box.page for box in self.boxes}


def prepare(source: Path, out: Path, passwords: Sequence[str] = ()) -> None:
    """Write the source with what lies over its pages (stamps, filled fields) made part of them.

    What is not printed is gone with it. Then there is one text and one picture of each page.
    """
    for password in ("", *passwords):
        try:
            with pikepdf.open(source, password=password) as document:
                _flatten(document)
                document.save(out, encryption=False)
                return
        except pikepdf.PasswordError:
            continue
        # Foreign bytes: qpdf raises many things on what it cannot repair.
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, OSError, KeyError):
            raise CannotRead(Reason.BROKEN, BAD_PDF) from None
    raise CannotRead(Reason.ENCRYPTED, NO_PASSWORD)


def _flatten(document: pikepdf.Pdf) -> None:
    if "/AcroForm" in document.Root:
        if "/XFA" in document.Root.AcroForm:
            del document.Root.AcroForm["/XFA"]
        document.generate_appearance_streams()
    if any("/Annots" in page for page in document.pages):
        document.flatten_annotations("print")


def look(path: Path, plan: Plan, machine: Machine) -> Found:
    """Find all that the plan hides in a prepared PDF, and the boxes that will hide it."""
    with opened(path) as (document, _):
        count = len(document)
        for box in plan.boxes:
            if box.page > count:
                raise BadPlan(
                    gettext_noop("La page {page} n'existe pas : le document a {count} pages."),
                    page=box.page,
                    count=count,
                )
        return _Look(document, plan, machine).run()


class _Look:
    """One search through a document, page by page."""

    def __init__(self, document: Any, plan: Plan, machine: Machine) -> None:
        self._document = document
        self._plan = plan
        self._machine = machine
        self._texts: list[str] = []
        self._read: dict[int, Sheet] = {}
        self._unread: set[int] = set()
        self._occurrences: list[Occurrence] = []
        self._boxes: list[Box] = []
        self._sentences: list[str] = []

    def run(self) -> Found:
        for number in range(1, len(self._document) + 1):
            page = _page(self._document, number)
            text = sheets.text_of(page)
            self._texts.append(text)
            if sheets.needs_machine(page, text):
                self._read_by_machine(number)
        self._search_drawn()
        for number, sheet in self._read.items():
            self._search(sheet, {number: self._spans(sheet.text, misread=True)})
        self._add_drawn_boxes()
        self._search_what_is_left()
        return Found(
            pages_count=len(self._texts),
            occurrences=tuple(self._occurrences),
            boxes=tuple(_without_repeats(self._boxes)),
            sentences=tuple(self._sentences),
            misread=frozenset(self._read),
            unread=frozenset(self._unread),
            machine=self._read,
        )

    def _read_by_machine(self, number: int) -> None:
        sheet = self._machine(number)
        if sheet is None:
            self._unread.add(number)
        else:
            self._read[number] = sheet

    def _spans(self, text: str, *, misread: bool = False) -> list[tuple[int, Span, bool]]:
        """Return place of the term, span, and whether it is a part, for a text."""
        found: list[tuple[int, Span, bool]] = []
        for index, term in enumerate(self._plan.terms):
            hits = find(text, term, misread=misread)
            found += [(index, span, False) for span in hits]
            found += [
                (index, span, True)
                for span in parts(text, term)
                if not any(low <= span[0] and span[1] <= high for low, high in hits)
            ]
        return largest(found)

    def _search_drawn(self) -> None:
        """Search the texts of the file as one, since words may begin on one page."""
        starts = [0]
        for text in self._texts:
            starts.append(starts[-1] + len(text) + 1)
        by_page: dict[int, list[tuple[int, Span, bool]]] = {}
        number = 0
        for index, (start, end), is_part in self._spans("\n".join(self._texts)):
            while starts[number + 1] <= start:
                number += 1
            here = number
            while here < len(self._texts) and starts[here] < end:
                span = max(start - starts[here], 0), min(end, starts[here + 1] - 1) - starts[here]
                by_page.setdefault(here + 1, []).append((index, span, is_part))
                here += 1
        for page, spans in by_page.items():
            sheet = sheets.read_sheet(_page(self._document, page), page)
            self._search(sheet, {page: spans})

    def _search(self, sheet: Sheet, spans: dict[int, list[tuple[int, Span, bool]]]) -> None:
        for number, hits in spans.items():
            for index, (start, end), is_part in hits:
                rects = tuple(sheets.lines_of(sheet, (start, end)))
                occurrence = Occurrence(
                    page=number,
                    index=index,
                    rects=rects,
                    before=sheet.text[max(start - 60, 0) : start],
                    text=sheet.text[start:end],
                    after=sheet.text[end : end + 60],
                    is_part=is_part,
                    is_kept=bool(rects) and all(self._is_kept(number, rect) for rect in rects),
                )
                if not self._is_known(occurrence):
                    self._occurrences.append(occurrence)
                if not occurrence.is_kept:
                    self._cover(sheet, occurrence)
                    self._sentences.append(sentence_around(sheet.text, start, end))

    def _search_what_is_left(self) -> None:
        """Search again without the words that go: what stood apart may then read as one."""
        pages = {box.page for box in self._boxes}
        for _ in range(PASSES):
            before = len(self._boxes)
            for number in sorted(pages):
                whole = self._read.get(number)
                if whole is None:
                    whole = sheets.read_sheet(_page(self._document, number), number)
                boxes = [box.rect for box in self._boxes if box.page == number]
                left = sheets.without(whole, boxes)
                self._search(left, {number: self._spans(left.text, misread=left.misread)})
            pages = {box.page for box in self._boxes[before:]}
            if not pages:
                return

    def _is_known(self, occurrence: Occurrence) -> bool:
        """Answer whether the same words were found in the other text of the page."""
        return any(
            other.page == occurrence.page
            and other.index == occurrence.index
            and any(is_mostly_in(one, two) for one in occurrence.rects for two in other.rects)
            for other in self._occurrences
        )

    def _is_kept(self, page: int, rect: Rect) -> bool:
        return any(each.page == page and is_mostly_in(rect, each.rect) for each in self._plan.keep)

    def _cover(self, sheet: Sheet, occurrence: Occurrence) -> None:
        reason = self._plan.terms[occurrence.index].reason
        for rect in occurrence.rects:
            high = sheets.as_high_as_line(sheet, rect)
            wide = grown(high, sheet.width_pt, sheet.height_pt, sheet.line_end)
            self._boxes.append(Box(occurrence.page, wide, reason, "term"))

    def _add_drawn_boxes(self) -> None:
        for box in self._plan.boxes:
            page = _page(self._document, box.page)
            sheet = self._read.get(box.page) or sheets.read_sheet(page, box.page)
            end = max(sheet.line_end, box.rect.x1)
            wide = grown(box.rect, sheet.width_pt, sheet.height_pt, end)
            self._boxes.append(replace(box, rect=wide))
            places = [
                place for place, at in enumerate(sheet.boxes) if at and is_mostly_in(at, box.rect)
            ]
            if places:
                self._sentences.append(sentence_around(sheet.text, places[0], places[-1] + 1))


def largest(found: list[tuple[int, Span, bool]]) -> list[tuple[int, Span, bool]]:
    """Drop what lies inside another find, and order the rest."""
    ordered = sorted(found, key=lambda each: (each[1][0], -each[1][1], each[2]))
    kept: list[tuple[int, Span, bool]] = []
    reach = -1
    for each in ordered:
        if each[1][1] > reach:
            kept.append(each)
            reach = each[1][1]
    return kept


def _without_repeats(boxes: Iterable[Box]) -> list[Box]:
    """Order boxes; those that hide the same words, found in two texts of a page, become one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.page, b.rect.y0, b.rect.x0, -b.rect.x1)):
        for place, other in enumerate(kept):
            if (
                other.page == box.page
                and other.reason == box.reason
                and is_mostly_in(box.rect, other.rect, 0.8)
            ):
                kept[place] = replace(other, rect=union(other.rect, box.rect))
                break
        else:
            kept.append(box)
    return kept


def _page(document: Any, number: int) -> Any:
    try:
        return document[number - 1]
    except pdfium.PdfiumError:
        raise CannotRead(Reason.BROKEN, BAD_PDF) from None


def write(
    path: Path, out: Path, found: Found, marks: dict[str, str], *, all_pictures: bool = False
) -> list[int]:
    """Write the public copy of a prepared PDF; return the pages that became pictures."""
    writer = Writer()
    flattened: list[int] = []
    with opened(path) as (document, _), pikepdf.open(path) as source:
        pages = list(source.pages)
        told: set[tuple[int, int]] = set()
        for number in found.touched:
            told |= shared_things(pages[number - 1].obj)
        for number, page in enumerate(pages, start=1):
            plain = None
            if not all_pictures and number not in found.touched:
                plain = _plain(source, page.obj, told)
            if plain is not None:
                writer.add_page(plain)
            else:
                flattened.append(number)
                _add_picture(writer, document, number, found, marks)
        writer.save(out)
    return flattened


def _plain(source: pikepdf.Pdf, page: Any, told: set[tuple[int, int]]) -> Any:
    if told & shared_things(page):
        return None
    try:
        return clean_page(source, page)
    except NotPlain:
        return None


def _add_picture(
    writer: Writer, document: Any, number: int, found: Found, marks: dict[str, str]
) -> None:
    page = _page(document, number)
    boxes = [box for box in found.boxes if box.page == number]
    image = draw_grey(page)
    paint(image, boxes, marks)
    sheet = found.machine.get(number) or sheets.read_sheet(page, number)
    words = [
        (text, rect)
        for text, rect in sheets.words_of(sheet)
        if not any(touches(rect, box.rect) for box in boxes)
        and rect.x0 < 1
        and rect.x1 > 0
        and rect.y0 < 1
        and rect.y1 > 0
    ]
    writer.add_picture(pack(image), page.get_size(), words)


__all__ = ["Found", "Occurrence", "look", "prepare", "write"]

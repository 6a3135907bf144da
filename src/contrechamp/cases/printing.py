"""Drafts as files: PDF by Typst, OpenDocument and Word to be rewritten, plain text.

A PDF holds to PDF/A-2a and PDF/UA-1 together (less when a sign has no letter), and the same paper
gives the same bytes in each form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from typing import Any

from contrechamp.foi.domain.paper import Grid, Items, Paragraph
from contrechamp.foi.domain.wording import say
from contrechamp.foundation import opendocument, worddocument
from contrechamp.foundation.opendocument import Bulleted, Line, Numbered, Part, Rows
from contrechamp.foundation.typesetting import Paper as Printed
from contrechamp.foundation.typesetting import set_paper

from .domain.papers import Block, Bullets, Entry, Paper, PaperKind, blocks_of
from .domain.papers.days import COLUMNS
from .domain.papers.outline import after_signature, before_signature
from .domain.papers.plain import DRAFT, place_and_day, plain_text

COURT = frozenset({PaperKind.ANNULMENT, PaperKind.SUSPENSION})
HEADINGS = {1: "Chapter", 2: "Part", 3: "Point"}
WIDTHS = {COLUMNS: (30, 22, 27, 32, 19)}
"""Shares of the columns of tables that we know; others are as wide as their words."""
_WIDEST, _NARROW = 60, 6


def as_pdf(paper: Paper) -> Printed:
    """Return a paper as a PDF, with the standards it holds to."""
    with as_file(files(__package__).joinpath("typst")) as folder:
        return set_paper(folder / "draft.typ", _data(paper))


def as_odt(paper: Paper) -> bytes:
    """Return a paper as an .odt file."""
    return opendocument.text_document(paper.title, _parts(paper), day=paper.day, foot=_foot(paper))


def as_docx(paper: Paper) -> bytes:
    """Return a paper as a .docx file."""
    return worddocument.text_document(paper.title, _parts(paper), day=paper.day, foot=_foot(paper))


def as_text(paper: Paper) -> str:
    """Return a paper as plain text, as for the CNIL's online form."""
    return plain_text(paper)


def _foot(paper: Paper) -> str:
    return f"{paper.note} {paper.reference}".strip()


# What the template reads


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "author": paper.sender[0] if paper.sender and not _by_hand(paper.sender[0]) else "",
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "draft": paper.is_draft,
        "court": paper.kind in COURT,
        "note": paper.note,
        "sender": list(paper.sender),
        "addressee": list(paper.addressee),
        "place_and_day": place_and_day(paper),
        "subject": _subject(paper),
        "reference": say("Référence : {reference}", reference=paper.reference),
        "banner": paper.banner,
        "salutation": paper.salutation,
        "entries": [_entry_data(each, paper) for each in before_signature(paper)],
        "after": [_entry_data(each, paper) for each in after_signature(paper)],
        "closing": paper.closing,
        "signature": list(paper.signature),
    }


def _by_hand(line: str) -> bool:
    return line.startswith("[")


def _subject(paper: Paper) -> str:
    return say("Objet : {subject}", subject=paper.subject)


def _entry_data(entry: Entry, paper: Paper) -> dict[str, Any]:
    found = blocks_of(entry.section, paper.exhibits).blocks if entry.section else ()
    return {
        "level": entry.level,
        "heading": entry.heading,
        "blocks": [_block_data(each) for each in found],
    }


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "lines": text.split("\n")}
        case Bullets(rows):
            return {"kind": "bullets", "rows": list(rows)}
        case Items(rows, start):
            return {"kind": "items", "rows": list(rows), "start": start}
        case Grid(columns, rows) if any(columns):
            return {
                "kind": "table",
                "columns": list(columns),
                "rows": [list(row) for row in rows],
                "widths": _widths(columns, rows),
            }
        case Grid(_, rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}


def _widths(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Return the share of each column; 0: as wide as its words."""
    if columns in WIDTHS:
        return list(WIDTHS[columns])
    longest = [max(map(len, each)) for each in zip(columns, *rows, strict=True)]
    return [0 if most <= _NARROW else min(most, _WIDEST) ** 0.6 for most in longest]


# What office files hold


def _parts(paper: Paper) -> Iterator[Part]:
    if paper.is_draft:
        yield Line(DRAFT, "Head")
    if paper.banner:
        yield Line(paper.banner, "Banner")
    if paper.addressee:
        yield from (Line(each, "Line") for each in paper.sender)
        yield from (Line(each, "Addressee") for each in paper.addressee)
        yield Line(place_and_day(paper), "Right")
    yield Line(paper.title, "Title")
    yield Line(_subject(paper), "Matter")
    if paper.salutation:
        yield Line(paper.salutation)
    yield from _entries(before_signature(paper), paper)
    if paper.closing:
        yield Line(paper.closing)
    yield from (Line(each, "Addressee") for each in paper.signature)
    yield from _entries(after_signature(paper), paper)


def _entries(entries: Iterable[Entry], paper: Paper) -> Iterator[Part]:
    for entry in entries:
        if entry.heading:
            yield Line(entry.heading, HEADINGS[entry.level])
        if entry.section is not None:
            yield from map(_part, blocks_of(entry.section, paper.exhibits).blocks)


def _part(block: Block) -> Part:
    match block:
        case Paragraph(text):
            return Line(text)
        case Bullets(rows):
            return Bulleted(rows)
        case Items(rows, start):
            return Numbered(rows, start)
        case Grid(columns, rows):
            return Rows(columns if any(columns) else (), rows)

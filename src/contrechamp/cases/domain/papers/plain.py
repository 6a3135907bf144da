"""A paper as plain text: for the CNIL's online form, for mail, for a reader without a program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contrechamp.foi.domain.paper import Grid, Items, Paragraph
from contrechamp.foi.domain.wording import say

from .markup import Block, Bullets, blocks_of
from .outline import after_signature, before_signature
from .paper import Entry, Paper

DRAFT = "PROJET"


def plain_text(paper: Paper) -> str:
    """Return a paper as text, the same words as its other forms. It ends with a line end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(paper)).strip()) + "\n"


def place_and_day(paper: Paper) -> str:
    """Return as `Nantes, le 1er mars 2026`."""
    if paper.place:
        return say("{place}, le {day}", place=paper.place, day=paper.day)
    return say("Le {day}", day=paper.day)


def _lines(paper: Paper) -> Iterator[str]:
    if paper.is_draft:
        yield from (DRAFT, "")
    if paper.banner:
        yield from (paper.banner, "")
    if paper.addressee:
        yield from (*paper.sender, "", *paper.addressee, "", place_and_day(paper), "")
    yield from (paper.title.upper(), "")
    yield from (say("Objet : {subject}", subject=paper.subject),)
    yield from (say("Référence : {reference}", reference=paper.reference), "")
    if paper.salutation:
        yield from (paper.salutation, "")
    yield from _entries(before_signature(paper), paper)
    if paper.closing:
        yield from (paper.closing, "")
    yield from (*paper.signature, "")
    yield from _entries(after_signature(paper), paper)
    yield paper.note


def _entries(entries: Iterable[Entry], paper: Paper) -> Iterator[str]:
    for entry in entries:
        if entry.heading:
            yield from (entry.heading.upper() if entry.level == 1 else entry.heading, "")
        if entry.section is not None:
            for block in blocks_of(entry.section, paper.exhibits).blocks:
                yield from (*_block(block), "")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text
        case Bullets(rows):
            yield from (f"- {row}" for row in rows)
        case Items(rows, start):
            yield from (f"{number}. {row}" for number, row in enumerate(rows, start))
        case Grid(columns, rows):
            for row in rows:
                yield from _row(columns, row)


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> Iterator[str]:
    """Yield a row: its first cell, then a line for each cell that says something."""
    if not any(columns):
        yield f"- {row[0]}\u00a0: {row[1]}"
        return
    cells = [(name, cell) for name, cell in zip(columns, row, strict=True) if cell not in ("", "–")]
    for at, (name, cell) in enumerate(cells):
        yield f"{'  ' if at else '- '}{name}\u00a0: {cell}"

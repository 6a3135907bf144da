"""A letter or sheet as a value: who, to whom, what blocks; and the same as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .wording import flowing, say, set_in_french


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list numbered from `start`."""

    rows: tuple[str, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: columns' names, rows of cells. Without names its rows are a name and a value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a letter goes to. No person is named: a function is, as `service`."""

    name: str
    service: str = ""
    """As `Personne responsable de l'accès aux documents administratifs`."""
    address: str = ""
    email: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The block of the addressee, a line each."""
        lines = (self.name, self.service, *self.address.splitlines(), self.email)
        return tuple(line for each in lines if (line := flowing(each)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, ready to be printed, sent as text or written as an office file."""

    code: str
    """What it is: `request`, `follow_up`, `precision`, `reply`, `reasons`, …"""
    title: str
    """Its name for people and for the file's properties."""
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    place: str
    day: date
    subject: str
    reference: str
    blocks: tuple[Block, ...]
    signature: tuple[str, ...]
    salutation: str = "Madame, Monsieur,"
    banner: str = ""
    """A sentence set apart above the letter."""
    closing: str = ""
    enclosures: tuple[str, ...] = ()
    is_draft: bool = False
    note: str = ""
    """A line at the foot of each page, as who prepared the paper."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs, in order."""
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def items(self) -> tuple[str, ...]:
        """The numbered documents, in order."""
        return tuple(row for block in self.blocks if isinstance(block, Items) for row in block.rows)

    @property
    def place_and_day(self) -> str:
        """As `Nantes, le 1er mars 2026`."""
        return (
            say("{place}, le {day}", place=self.place, day=self.day)
            if self.place
            else (say("Le {day}", day=self.day))
        )

    @property
    def text(self) -> str:
        """The whole letter as plain text: the body of the e-mail, the same words as the PDF."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(_plain(self)).strip()) + "\n"


def _plain(letter: Letter) -> Iterator[str]:
    if letter.is_draft:
        yield from ("PROJET", "")
    yield from (*letter.sender, "", *letter.addressee, "", letter.place_and_day, "")
    yield say("Objet : {subject}", subject=letter.subject)
    yield from (say("Référence : {reference}", reference=letter.reference), "")
    if letter.banner:
        yield from (letter.banner, "")
    if letter.salutation:
        yield from (letter.salutation, "")
    for block in letter.blocks:
        yield from (*_plain_block(block), "")
    if letter.closing:
        yield from (letter.closing, "")
    yield from letter.signature
    if letter.enclosures:
        yield from ("", set_in_french("Pièces jointes :"))
        yield from (f"- {each}" for each in letter.enclosures)
    if letter.note:
        yield from ("", letter.note)


def _plain_block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield text.upper()
        case Paragraph(text):
            yield text
        case Items(rows, start):
            yield from (f"{number}. {row}" for number, row in enumerate(rows, start))
        case _:
            for row in block.rows:
                yield from _plain_row(block.columns, row)


def _plain_row(columns: tuple[str, ...], row: tuple[str, ...]) -> Iterator[str]:
    """Yield a row of a table: its first cell, then a line for each that says something."""
    if not any(columns):
        yield f"- {row[0]}\u00a0: {row[1]}"
        return
    cells = [(name, cell) for name, cell in zip(columns, row, strict=True) if cell]
    for at, (name, cell) in enumerate(cells):
        yield f"{'  ' if at else '- '}{name}\u00a0: {cell}"

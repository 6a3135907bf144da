"""The markup of a section, and what it becomes: paragraphs, lists, tables, cited exhibits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contrechamp.cases.domain.exhibits import CITED, Exhibit, cited_keys
from contrechamp.foi.domain.paper import Grid, Items, Paragraph

from .paper import Section

_NUMBERED = re.compile(r"\d{1,2}\. ")


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    rows: tuple[str, ...]


Block = Paragraph | Items | Bullets | Grid


@dataclass(frozen=True, slots=True)
class Filled:
    """The blocks of a section, and the keys it cites that no exhibit has."""

    blocks: tuple[Block, ...]
    unknown: tuple[str, ...] = ()


def blocks(body: str, exhibits: Sequence[Exhibit], tables: Sequence[Grid] = ()) -> Filled:
    """Return what a body becomes, exhibits cited by their numbers. Never raises.

    An unknown key is written `pièce à désigner` and reported.
    """
    numbers = {each.key: each.number for each in exhibits if each.number}
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n")):
        if lines := [line.rstrip() for line in part.split("\n") if line.strip()]:
            found += _blocks([cited(line, numbers) for line in lines])
    for table in tables:
        rows = tuple(tuple(cited(cell, numbers) for cell in row) for row in table.rows)
        found.append(Grid(table.columns, rows))
    cells = (cell for table in tables for row in table.rows for cell in row)
    keys = dict.fromkeys(key for text in (body, *cells) for key in cited_keys(text))
    return Filled(tuple(found), tuple(key for key in keys if key not in numbers))


def blocks_of(section: Section, exhibits: Sequence[Exhibit]) -> Filled:
    """Return what a section becomes, its tables after its body."""
    return blocks(section.body, exhibits, section.tables)


def cited(text: str, numbers: dict[str, int]) -> str:
    """Return a text with numbers in the place of keys: `pièce n° 7, p. 3`."""

    def fill(found: re.Match[str]) -> str:
        number = numbers.get(found[1])
        place = f", {found[2].strip()}" if found[2] else ""
        return f"pièce n°\u00a0{number}{place}" if number else f"pièce à désigner{place}"

    return CITED.sub(fill, text)


def _blocks(lines: Sequence[str]) -> list[Block]:
    if all(line.startswith("- ") for line in lines):
        return [Bullets(tuple(line[2:].strip() for line in lines))]
    if all(_NUMBERED.match(line) for line in lines):
        start = int(lines[0].partition(".")[0])
        return [Items(tuple(line.partition(". ")[2].strip() for line in lines), start)]
    return [Paragraph("\n".join(lines))]

"""An audit of one's own table, made ready for its page, its files and its paper."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files

from django.utils.safestring import SafeString, mark_safe

from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.typesetting import set_paper
from contrechamp.lab import own, plots
from contrechamp.lab.own.audit import Audit
from contrechamp.lab.own.paper import LIMITS, TITLE, paper_of, settings_of
from contrechamp.lab.own.saying import plain
from contrechamp.lab.own.sheet import Sheet

from .laboratory import say, tongue

ROWS = 40
PREVIEW = 5
LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure: both drawings, what to see in it, and its numbers."""

    id: str
    title: str
    reading: str
    drawings: SafeString
    head: list[str]
    rows: list[list[str]]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: heads, kinds of its columns, rows as one reads them."""

    id: str
    title: str
    head: list[tuple[str, bool]]
    rows: list[list[tuple[str, bool]]]
    note: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the page of an audit shows."""

    title: str
    sentence: str
    more: list[str]
    read: str
    wrong: list[tuple[int, str]]
    settings: list[tuple[str, str]]
    pictures: list[Picture]
    grids: list[Grid]
    limits_title: str
    limits: list[str]


def report(found: Audit) -> Report:
    """Return an audit as its page shows it."""
    language = tongue()
    return Report(
        title=say(TITLE),
        sentence=say(found.sentence),
        more=[say(each) for each in found.more],
        read=say(found.read()),
        wrong=[(each.line, say(each.why)) for each in found.refused.first],
        settings=settings_of(found, language),
        pictures=list(pictures(found)),
        grids=list(grids(found)),
        limits_title=say(LIMITS),
        limits=[say(each.text) for each in found.warnings],
    )


def pictures(found: Audit) -> Iterator[Picture]:
    """Yield the figures, each drawn for a page and for a telephone."""
    language = tongue()
    for figure in found.figures_in(language):
        drawn = [
            plots.draw(figure, language=language, size=size) for size in (plots.WIDE, plots.NARROW)
        ]
        table = plots.table(figure, language=language, most=ROWS)
        yield Picture(
            id=figure.id,
            title=say(figure.title),
            reading=say(figure.reading),
            # Drawn by us; every word in it was escaped there.
            drawings=mark_safe("".join(drawn)),  # noqa: S308
            head=table.head,
            rows=[[plots.as_text(cell, language) for cell in row] for row in table.rows],
            left=table.left,
        )


def grids(found: Audit) -> Iterator[Grid]:
    """Yield the tables; of a long one the first rows, its file has all."""
    language = tongue()
    for table in found.tables:
        if not table.rows:
            continue
        is_number = [column.kind != "name" for column in table.columns]
        rows = table.said(language)
        yield Grid(
            id=table.id,
            title=say(table.title),
            head=list(zip(table.head(language), is_number, strict=True)),
            rows=[list(zip(row, is_number, strict=True)) for row in rows[:ROWS]],
            note=say(table.note),
            left=max(0, len(rows) - ROWS),
        )


def scores(found: Audit) -> tuple[str, str] | None:
    """Return the lowest and the highest score that one may set as a threshold."""
    if not found.thresholds:
        return None
    return say(plain(found.thresholds[0])), say(plain(found.thresholds[-1]))


def preview(sheet: Sheet) -> list[list[str]]:
    """Return the first rows of a table as they were read, each as wide as the heads."""
    wide = len(sheet.names)
    rows = [[cell[:LONGEST] for cell in row.cells[:wide]] for row in sheet.first[:PREVIEW]]
    return [[*row, *[""] * (wide - len(row))] for row in rows]


def as_json(found: Audit) -> str:
    """Return an audit as the command line prints it."""
    return json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_csv(found: Audit, table: str) -> str | None:
    """Return one table as CSV, all its rows; None when there is none of that name."""
    chosen = next((each for each in found.tables if each.id == table), None)
    if chosen is None:
        return None
    header, rows = chosen.flat(tongue())
    out = io.StringIO()
    out.writelines(csv_lines(header, rows))
    return out.getvalue()


def as_pdf(found: Audit, day: date) -> bytes:
    """Return an audit on paper: PDF/A-2a and PDF/UA-1."""
    with as_file(files(own).joinpath("papers")) as folder:
        return set_paper(folder / "report.typ", paper_of(found, tongue(), day)).body

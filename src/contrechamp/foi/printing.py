"""Letters and annexes as files: PDF by Typst, OpenDocument to be rewritten, CSV, plain text.

A PDF holds to PDF/A-2a and PDF/UA-1 together (less when a sign has no letter), and the same paper
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from typing import Any

from contrechamp.foundation import opendocument
from contrechamp.foundation.opendocument import Line, Numbered, Part, Rows
from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.typesetting import Paper, set_paper

from .domain.paper import Block, Heading, Items, Letter, Paragraph
from .domain.series_papers import Annex
from .domain.wording import in_full, say

HASH, FILE, WORDS = "hash", "file", "words"
_KINDS = {"SHA-256": HASH, "Fichier": FILE, "Pièce justificative": FILE}
_KINDS |= {"Preuve de l’information": FILE, "Preuve": FILE}
_KINDS |= {"Adresse électronique ou postale": FILE}
_HASH_MM = 58
_TALL = 1200
"""Characters of a cell beyond which its row may be taller than a page."""
_NARROW = 6
"""Characters up to which a column is as wide as its cells."""


def letter_pdf(letter: Letter) -> Paper:
    """Return a letter as a PDF, with the standards it holds to."""
    return _set("letter", _letter_data(letter))


def annex_pdf(annex: Annex) -> Paper:
    """Return the annex of a series as a PDF."""
    return _set("annex", _annex_data(annex))


def letter_odt(letter: Letter) -> bytes:
    """Return a letter as an .odt file, so that a lawyer can rewrite it."""
    return opendocument.text_document(letter.title, _parts(letter), day=letter.day)


def annex_ods(annex: Annex) -> bytes:
    """Return the annex of a series as an .ods file, days as days."""
    return opendocument.spreadsheet(annex.title, annex.columns, annex.cells, day=annex.day)


def annex_csv(annex: Annex) -> str:
    """Return the annex of a series as CSV, days as `2026-03-01`."""
    return "".join(csv_lines(annex.columns, annex.cells))


def annex_odt(annex: Annex) -> bytes:
    """Return the annex of a series as an .odt file."""
    head = [Line(annex.title, "Subject"), *(Line(": ".join(each)) for each in _annex_facts(annex))]
    table = Rows(annex.columns, annex.rows)
    return opendocument.text_document(annex.title, [*head, table], day=annex.day)


def _set(template: str, data: Mapping[str, Any]) -> Paper:
    with as_file(files(__package__).joinpath("papers")) as folder:
        return set_paper(folder / f"{template}.typ", data)


# What the templates read


def _letter_data(letter: Letter) -> dict[str, Any]:
    return {
        "title": letter.title,
        "author": letter.sender[0] if letter.sender else "",
        "day": [letter.day.year, letter.day.month, letter.day.day],
        "draft": letter.is_draft,
        "note": letter.note,
        "sender": list(letter.sender),
        "addressee": list(letter.addressee),
        "place_and_day": letter.place_and_day,
        "subject": say("Objet : {subject}", subject=letter.subject),
        "reference": say("Référence : {reference}", reference=letter.reference),
        "banner": letter.banner,
        "salutation": letter.salutation,
        "blocks": [_block_data(each) for each in letter.blocks],
        "closing": letter.closing,
        "signature": list(letter.signature),
        "enclosures_title": say("Pièces jointes :"),
        "enclosures": list(letter.enclosures),
    }


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Items(rows, start):
            return {"kind": "items", "rows": list(rows), "start": start}
        case _ if any(block.columns):
            return {"kind": "table", **_table_data(block.columns, block.rows)}
        case _:
            return {"kind": "facts", "rows": [list(row) for row in block.rows]}


def _table_data(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    kinds = [_KINDS.get(name, WORDS) for name in columns]
    return {
        "columns": list(columns),
        "kinds": kinds,
        "rows": [list(row) for row in rows],
        "whole": all(len(cell) <= _TALL for row in rows for cell in row),
        "widths": [
            -_HASH_MM if kind == HASH else _width(name, [row[at] for row in rows])
            for at, (name, kind) in enumerate(zip(columns, kinds, strict=True))
        ],
    }


def _width(name: str, cells: list[str]) -> float:
    """Return a column's share of the width: 0 for as wide as its cells."""
    longest = max(map(len, [name, *cells]))
    return 0 if longest <= _NARROW else round(min(max(longest, 10), 90) ** 0.5, 2)


def _annex_facts(annex: Annex) -> tuple[tuple[str, str], ...]:
    return (
        ("Objet commun", annex.about),
        ("Référence", annex.reference),
        ("Date", in_full(annex.day)),
        ("Organismes", str(len(annex.rows))),
    )


def _annex_data(annex: Annex) -> dict[str, Any]:
    return {
        "title": annex.title,
        "author": "",
        "day": [annex.day.year, annex.day.month, annex.day.day],
        "draft": annex.is_draft,
        "note": say("Préparé avec Contrechamp."),
        "reference": say("Référence : {reference}", reference=annex.reference),
        "facts": [list(row) for row in _annex_facts(annex)],
        "table": _table_data(annex.columns, annex.rows),
        "basis": say(
            "Liste jointe à la saisine de la Commission d'accès aux documents administratifs "
            "(articles L. 342-1 et R. 343-3-1 du code des relations entre le public et "
            "l'administration). « Implicite » : le silence a été gardé pendant un mois."
        ),
    }


# What an office file holds


def _parts(letter: Letter) -> Iterator[Part]:
    if letter.is_draft:
        yield Line("PROJET", "Head")
    yield from (Line(each, "Line") for each in letter.sender)
    yield from (Line(each, "Addressee") for each in letter.addressee)
    yield Line(letter.place_and_day, "Right")
    yield Line(say("Objet : {subject}", subject=letter.subject), "Subject")
    yield Line(say("Référence : {reference}", reference=letter.reference))
    if letter.banner:
        yield Line(letter.banner, "Banner")
    if letter.salutation:
        yield Line(letter.salutation)
    yield from map(_part, letter.blocks)
    if letter.closing:
        yield Line(letter.closing)
    yield from (Line(each, "Addressee") for each in letter.signature)
    if letter.enclosures:
        yield Line(say("Pièces jointes :"), "Note")
        yield from (Line(f"– {each}", "Line") for each in letter.enclosures)
    if letter.note:
        yield Line(letter.note, "Note")


def _part(block: Block) -> Part:
    match block:
        case Heading(text):
            return Line(text, "Part")
        case Paragraph(text):
            return Line(text)
        case Items(rows, start):
            return Numbered(rows, start)
        case _:
            return Rows(block.columns if any(block.columns) else (), block.rows)

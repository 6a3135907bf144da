"""Word files that one opens again: their words in order, the same bytes, nothing of the machine."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.foundation.opendocument import STYLES, Bulleted, Line, Numbered, Part, Rows
from contrechamp.foundation.worddocument import text_document

DAY = date(2026, 3, 1)
PARTS: tuple[Part, ...] = (
    *(Line(f"en {style}", style) for style in STYLES),
    Numbered(("un", "deux"), 3),
    Bulleted(("a", "b")),
    Rows(("c", "d"), (("1", "2"),)),
    Rows((), (("nom", "valeur"),)),
    Rows((), ()),
)


def test_every_part_is_there_in_order() -> None:
    document = docx.Document(BytesIO(text_document("Titre", PARTS, day=DAY, foot="Pied")))
    lines = [each.text for each in document.paragraphs if each.text]
    assert lines == [*(f"en {style}" for style in STYLES), "un", "deux", "a", "b"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["c", "d"],
        ["1", "2"],
    ]
    assert "Pied" in document.sections[0].footer.paragraphs[0].text


def test_the_same_parts_are_the_same_bytes() -> None:
    assert text_document("x", PARTS, day=DAY) == text_document("x", PARTS, day=DAY)


def test_only_our_styles_travel() -> None:
    with zipfile.ZipFile(BytesIO(text_document("x", PARTS, day=DAY))) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) < 120_000


@settings(max_examples=20, deadline=None)
@given(st.text(), st.text())
def test_no_sign_stops_it(line: str, cell: str) -> None:
    body = text_document(line, (Line(line), Rows(("a",), ((cell,),))), day=DAY, foot=cell)
    docx.Document(BytesIO(body))

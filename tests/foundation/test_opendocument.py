"""OpenDocument files that office suites open: their parts, their words, the same bytes."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as Xml

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foundation.opendocument import (
    SPREADSHEET,
    STYLES,
    TEXT,
    Bulleted,
    Line,
    Numbered,
    Rows,
    spreadsheet,
    text_document,
)

DAY = date(2026, 3, 1)
PARTS = (
    Line("Objet", "Subject"),
    Line("deux\nlignes  et   des espaces"),
    Numbered(("un", "deux"), 3),
    Bulleted(("a", "b")),
    Rows(("a", "b"), (("1", "2"),)),
    Rows((), (("nom", "valeur"),)),
    Rows((), ()),
)
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def parts_of(body: bytes) -> dict[str, Xml.Element]:
    """Return the parts of a file that are XML."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return {
            name: Xml.fromstring(archive.read(name))  # noqa: S314  Our own file.
            for name in archive.namelist()
            if name.endswith(".xml")
        }


def test_the_kind_stands_first_and_plain() -> None:
    for kind, body in ((TEXT, text_document("x", PARTS, day=DAY)), (SPREADSHEET, sheet())):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            assert archive.read("mimetype").decode() == kind
        assert body[38 : 38 + len(kind)].decode() == kind


def sheet() -> bytes:
    """Return a table of one line."""
    return spreadsheet(
        "Un titre [très] long : de plus de 31", ("a", "b"), [("x", "2026-03-01")], day=DAY
    )


def test_the_manifest_lists_every_part() -> None:
    body = text_document("x", PARTS, day=DAY)
    listed = {
        value for each in parts_of(body)["META-INF/manifest.xml"] for value in each.attrib.values()
    }
    assert set(parts_of(body)) - {"META-INF/manifest.xml"} <= listed


def test_a_text_has_headings_lists_and_tables() -> None:
    content = parts_of(text_document("Titre", PARTS, day=DAY))["content.xml"]
    (heading,) = content.iter(f"{WORDS}h")
    assert (heading.text, heading.get(f"{WORDS}outline-level")) == ("Objet", "1")
    items = list(content.iter(f"{WORDS}list-item"))
    assert [each.get(f"{WORDS}start-value") for each in items] == ["3", None, None, None]
    tables = list(content.iter(f"{TABLE}table"))
    assert [len(list(each.iter(f"{TABLE}table-header-rows"))) for each in tables] == [1, 0, 0]
    assert len(list(content.iter(f"{WORDS}line-break"))) == 1


def test_every_style_that_is_used_is_defined() -> None:
    body = text_document("x", [Line("x", style) for style in STYLES], day=DAY)
    named = {
        value
        for each in parts_of(body)["styles.xml"].iter()
        for name, value in each.attrib.items()
        if name.endswith("}name")
    }
    assert set(STYLES) <= named


def test_a_day_is_a_day_and_a_bad_one_is_text() -> None:
    body = spreadsheet("x", ("a",), [("2026-03-01",), ("2026-02-30",), ("dix signes",)], day=DAY)
    content = parts_of(body)["content.xml"]
    kinds = [each.get(f"{OFFICE}value-type") for each in content.iter(f"{TABLE}table-cell")]
    assert kinds == ["string", "date", "string", "string"]
    (table,) = content.iter(f"{TABLE}table")
    assert table.get(f"{TABLE}name") == "x"


def test_a_sheet_has_a_name_that_spreadsheets_take() -> None:
    (table,) = parts_of(sheet())["content.xml"].iter(f"{TABLE}table")
    assert table.get(f"{TABLE}name") == "Un titre  très  long   de plus"
    (bare,) = parts_of(spreadsheet("/", ("a",), [], day=DAY))["content.xml"].iter(f"{TABLE}table")
    assert bare.get(f"{TABLE}name") == "1"


@given(st.text())
def test_any_text_can_be_written_and_the_same_is_the_same_bytes(text: str) -> None:
    body = text_document(text, [Line(text), Numbered((text,)), Rows((text,), ((text,),))], day=DAY)
    assert body == text_document(
        text, [Line(text), Numbered((text,)), Rows((text,), ((text,),))], day=DAY
    )
    content = parts_of(body)["content.xml"]
    seen = "".join(sign for sign in text if sign.isalnum())
    assert "".join(sign for sign in "".join(content.itertext()) if sign.isalnum()).count(seen)


def test_a_foot_has_the_number_of_the_page() -> None:
    styles = parts_of(text_document("Titre", PARTS, day=DAY, foot="Pied"))["styles.xml"]
    (number,) = styles.iter(f"{WORDS}page-number")
    assert number.get(f"{WORDS}select-page") == "current"
    plain = parts_of(text_document("Titre", PARTS, day=DAY))["styles.xml"]
    assert not list(plain.iter(f"{WORDS}page-number"))

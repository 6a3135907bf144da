"""Papers as files: what a PDF says, the same bytes twice, what an office file and CSV hold."""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree as Xml

import pikepdf
import pypdfium2 as pdfium
import pytest

from contrechamp.foi import printing
from contrechamp.foi.domain.letter import compose
from contrechamp.foi.domain.paper import Letter
from contrechamp.foi.domain.referral import RefusedItem, referral_letter

from .facts import ODD, annex_of, member, referral, request, series
from .test_letters import LETTERS

EACH = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)


def said(body: bytes) -> str:
    """Return the text of a PDF without spaces and without the hyphens of line ends."""
    document = pdfium.PdfDocument(body)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return bare(re.sub("[-\u00ad\ufffe\x02]\r?\n", "", text))


def bare(text: str) -> str:
    """Return a text without spaces and hyphens: lines break otherwise in a PDF."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\ufffe\x02-]+", "", text)


def xml_of(body: bytes, name: str = "content.xml") -> Xml.Element:
    """Return a part of an office file."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return Xml.fromstring(archive.read(name))  # noqa: S314  Our own file.


@EACH
def test_a_pdf_says_the_same_words_as_the_text(letter: Letter) -> None:
    paper = printing.letter_pdf(letter)
    assert paper.standards == ("ua-1", "a-2a")
    text = said(paper.body)
    for words in (letter.subject, *letter.paragraphs, *letter.items, *letter.signature):
        assert bare(words) in text
    assert ("PROJET" in text) == letter.is_draft


@EACH
def test_the_same_letter_is_the_same_bytes(letter: Letter) -> None:
    assert printing.letter_pdf(letter).body == printing.letter_pdf(letter).body
    assert printing.letter_odt(letter) == printing.letter_odt(letter)


@EACH
def test_an_office_file_holds_every_word(letter: Letter) -> None:
    text = bare("".join(xml_of(printing.letter_odt(letter)).itertext()))
    for words in (*letter.sender, *letter.addressee, letter.subject, *letter.paragraphs):
        assert bare(words) in text
    for words in (*letter.items, letter.closing, *letter.signature, letter.note, letter.banner):
        assert bare(words) in text


def test_what_one_types_is_printed_as_typed() -> None:
    letter = compose(request(items=(ODD, "= titre\n- #pagebreak()"), about=ODD))
    text = said(printing.letter_pdf(letter).body)
    assert bare(f"1. {ODD}") in text
    assert bare("= titre - #pagebreak()") in text
    assert bare(f"administratifs : {ODD}") in text
    assert "root:" not in text
    assert bare(ODD) in bare("".join(xml_of(printing.letter_odt(letter)).itertext()))


def test_a_sign_that_no_letter_shows_does_not_stop_it() -> None:
    paper = printing.letter_pdf(compose(request(items=("Le rapport \U0001f3a5 𝕏 漢字.",))))
    assert paper.standards != ("ua-1", "a-2a")
    assert paper.body.startswith(b"%PDF")


def test_a_pdf_has_its_title_language_pages_and_no_name_of_a_machine() -> None:
    letter = LETTERS["request"]
    with pikepdf.open(BytesIO(printing.letter_pdf(letter).body)) as document:
        assert document.Root.Lang == "fr"
        assert str(document.docinfo.Title) == letter.title
        assert str(document.docinfo.CreationDate).startswith("D:20260301")
        assert document.Root.MarkInfo.Marked
        pages = len(document.pages)
    assert f"Page{pages}/{pages}" in said(printing.letter_pdf(letter).body)


def test_forty_bodies_fill_pages_whose_head_is_repeated() -> None:
    annex = annex_of(series(40))
    body = printing.annex_pdf(annex).body
    with pikepdf.open(BytesIO(body)) as document:
        pages = len(document.pages)
    assert pages > 1
    text = said(body)
    assert text.count("Numéroofficiel") == pages
    assert all(bare(cell) in text for row in annex.rows for cell in row)


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    long = "Cette réponse est longue. " * 400
    body = printing.letter_pdf(
        referral_letter(referral(items=(RefusedItem(item="Le rapport.", answer=long),)))
    ).body
    assert said(body).count("longue") == 400


def test_an_annex_for_spreadsheets_has_days_and_no_formula() -> None:
    annex = annex_of(series())
    rows = list(csv.reader(StringIO(printing.annex_csv(annex).removeprefix("\ufeff"))))
    assert tuple(rows[0]) == annex.columns
    assert [tuple(row) for row in rows[1:]] == list(annex.cells)
    evil = annex_of(type(series())(members=(member(0, body_name="=1+1"),), left_out=()))
    assert "'=1+1" in printing.annex_csv(evil)
    sheet = xml_of(printing.annex_ods(evil))
    assert "formula" not in Xml.tostring(sheet, "unicode")
    days = [
        value
        for each in sheet.iter()
        for name, value in each.attrib.items()
        if name.endswith("}date-value")
    ]
    assert days == ["2026-03-01", "2026-04-21"]


def test_an_annex_can_be_rewritten() -> None:
    annex = annex_of(series())
    text = bare("".join(xml_of(printing.annex_odt(annex)).itertext()))
    assert all(bare(cell) in text for row in annex.rows for cell in row)
    assert bare(annex.about) in text

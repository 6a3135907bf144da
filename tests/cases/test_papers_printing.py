"""Drafts as files: the same words in each form, opened again, the same bytes twice."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as Xml

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from docx.document import Document
from docx.table import Table

from contrechamp.cases import printing
from contrechamp.cases.domain.papers import (
    Paper,
    PaperKind,
    blocks_of,
    compose,
    edited,
    final,
    outline,
)
from contrechamp.cases.domain.papers.markup import Bullets
from contrechamp.foi.domain.paper import Items, Paragraph

from .test_papers import CASES, EACH, ODD, made, odd

WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def said(body: bytes) -> str:
    """Return the text of a PDF without spaces and the hyphens of line ends."""
    document = pdfium.PdfDocument(body)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return bare(re.sub("[-\u00ad\ufffe\x02]\r?\n", "", text))


def bare(text: str) -> str:
    """Return a text without spaces and hyphens: lines break otherwise in a PDF."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\ufffe\x02-]+", "", text)


def opened(body: bytes) -> Document:
    """Return a Word file, opened."""
    return docx.Document(BytesIO(body))


def words_of(document: Document) -> str:
    """Return every word of a Word file, in order."""
    said = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            said += [cell.text for row in part.rows for cell in row.cells]
        else:
            said.append(part.text)
    return "\n".join(said)


def content_of(body: bytes, name: str = "content.xml") -> Xml.Element:
    """Return a part of an OpenDocument file."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return Xml.fromstring(archive.read(name))  # noqa: S314  Our own file.


def sentences(paper: Paper) -> list[str]:
    """Return every sentence of a paper, as it is printed."""
    found = [*paper.sender, *paper.addressee, paper.subject, paper.banner, paper.closing]
    found += paper.signature
    for section in paper.sections:
        for block in blocks_of(section, paper.exhibits).blocks:
            match block:
                case Paragraph(text):
                    found.append(text)
                case Items(rows) | Bullets(rows):
                    found += rows
                case _:
                    found += [cell for row in block.rows for cell in row if cell != "–"]
    return found


@EACH
def test_each_form_says_every_sentence(kind: PaperKind) -> None:
    paper = made(kind)
    printed = printing.as_pdf(paper)
    assert printed.standards == ("ua-1", "a-2a")
    forms = {
        "pdf": said(printed.body),
        "docx": bare(words_of(opened(printing.as_docx(paper)))),
        "odt": bare("".join(content_of(printing.as_odt(paper)).itertext())),
        "text": bare(printing.as_text(paper)),
    }
    for form, text in forms.items():
        assert text.count("PROJET") >= 1, form
        for sentence in sentences(paper):
            assert bare(sentence) in text, (form, sentence)


@EACH
def test_each_form_is_the_same_bytes_twice(kind: PaperKind) -> None:
    paper = made(kind)
    assert printing.as_pdf(paper).body == printing.as_pdf(made(kind)).body
    assert printing.as_docx(paper) == printing.as_docx(made(kind))
    assert printing.as_odt(paper) == printing.as_odt(made(kind))


@EACH
def test_headings_are_headings_in_order(kind: PaperKind) -> None:
    paper = made(kind)
    wanted = [(each.level, each.heading) for each in outline(paper) if each.heading]
    document = opened(printing.as_docx(paper))
    styles = [(each.style.name if each.style else "", each.text) for each in document.paragraphs]
    in_word = [(int(name[-1]), text) for name, text in styles if name.startswith("Heading")]
    assert in_word == wanted
    assert [text for name, text in styles if name == "Title"] == [paper.title]
    found = content_of(printing.as_odt(paper)).iter(f"{WORDS}h")
    in_odt = [
        (int(each.get(f"{WORDS}outline-level", "0")), "".join(each.itertext())) for each in found
    ]
    assert in_odt == wanted


def test_a_final_paper_has_no_mark_of_a_draft() -> None:
    paper = final(made(PaperKind.GRACIEUX), checked_by="un avocat")
    for text in (
        said(printing.as_pdf(paper).body),
        words_of(opened(printing.as_docx(paper))),
        "".join(content_of(printing.as_odt(paper)).itertext()),
        printing.as_text(paper),
    ):
        assert "PROJET" not in text


@EACH
def test_what_one_types_is_printed_as_typed(kind: PaperKind) -> None:
    paper = compose(kind, odd(CASES[kind]()))
    paper = edited(paper, {each.key: f"{ODD}\n\n- {ODD}\n\n1. {ODD}" for each in paper.sections})
    count = sum(not each.is_computed for each in paper.sections)
    wanted = bare(ODD)
    pdf = said(printing.as_pdf(paper).body)
    assert pdf.count(wanted) >= 3 * count
    assert "root:" not in pdf
    assert bare(words_of(opened(printing.as_docx(paper)))).count(wanted) >= 3 * count
    odt = "".join(content_of(printing.as_odt(paper)).itertext())
    assert bare(odt).count(wanted) >= 3 * count


def test_signs_that_no_letter_or_file_knows_stop_nothing() -> None:
    paper = edited(
        made(PaperKind.ANNULMENT), {"facts": "Le \x00 rapport \ufffe 𝕏 漢字 \U0001f3a5."}
    )
    assert printing.as_pdf(paper).body.startswith(b"%PDF")
    assert "rapport" in words_of(opened(printing.as_docx(paper)))
    assert "rapport" in "".join(content_of(printing.as_odt(paper)).itertext())


def test_a_word_file_tells_nothing_of_who_made_it() -> None:
    body = printing.as_docx(made(PaperKind.ANNULMENT))
    document = opened(body)
    properties = document.core_properties
    assert (properties.title, properties.language) == ("Requête en annulation", "fr-FR")
    assert properties.author == properties.last_modified_by == properties.comments == ""
    assert properties.created is not None
    assert properties.created.date() == date(2026, 2, 20)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        whole = b"".join(archive.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name]
    assert b"Microsoft Macintosh" not in whole
    assert b"python-docx" not in whole
    languages = {each.get(f"{W}val") for each in document.styles.element.iter(f"{W}lang")}
    assert languages == {"fr-FR"}


def test_tables_repeat_their_head_and_pages_their_number() -> None:
    paper = made(PaperKind.ANNULMENT)
    document = opened(printing.as_docx(paper))
    assert len(document.tables) == 2
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    foot = document.sections[0].footer.paragraphs[0]._p
    fields = [each.text for each in foot.iter(f"{W}instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]
    head = content_of(printing.as_odt(paper))
    of_tables = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    assert len(list(head.iter(f"{of_tables}table-header-rows"))) == 2
    styles = content_of(printing.as_odt(paper), "styles.xml")
    assert len(list(styles.iter(f"{WORDS}page-number"))) == 1


def test_each_numbered_list_of_a_word_file_begins_where_it_says() -> None:
    paper = edited(
        made(PaperKind.ANNULMENT), {"facts": "1. un\n2. deux\n\nPuis :\n\n5. cinq\n6. six"}
    )
    document = opened(printing.as_docx(paper))
    used = [
        int(each.get(f"{W}val", "0"))
        for each in document.element.body.iterfind(f"{W}p/{W}pPr/{W}numPr/{W}numId")
    ]
    numbering = document.part.numbering_part.element
    starts = {
        each.numId: each.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for each in numbering.num_lst
        if each.find(f"{W}lvlOverride") is not None
    }
    assert [starts[number] for number in used[:4]] == ["1", "1", "5", "5"]
    assert len(set(used)) == 3


def test_a_pdf_has_its_title_language_and_pages() -> None:
    body = printing.as_pdf(made(PaperKind.ANNULMENT)).body
    with pikepdf.open(BytesIO(body)) as document:
        assert document.Root.Lang == "fr"
        assert str(document.docinfo.Title) == "Requête en annulation"
        assert str(document.docinfo.CreationDate).startswith("D:20260220")
        assert document.Root.MarkInfo.Marked
        pages = len(document.pages)
    assert f"Page{pages}/{pages}" in said(body)


def test_the_list_of_exhibits_stands_below_the_signature() -> None:
    paper = made(PaperKind.ANNULMENT)
    for text in (
        said(printing.as_pdf(paper).body),
        bare(words_of(opened(printing.as_docx(paper)))),
        bare(printing.as_text(paper).replace("LISTE DES PIÈCES", "Liste des pièces")),
    ):
        assert text.index(bare("nom et signature")) < text.index(bare("Liste des pièces"))


def test_a_resident_is_no_author_of_the_file() -> None:
    body = printing.as_pdf(made(PaperKind.GRACIEUX)).body
    with pikepdf.open(BytesIO(body)) as document:
        assert "/Author" not in document.docinfo or not str(document.docinfo.Author)


@pytest.mark.parametrize("count", [3, 90])
def test_many_exhibits_go_on_on_the_next_page(count: int) -> None:
    paper = made(PaperKind.ANNULMENT)
    section = paper.section("exhibits")
    assert section is not None
    grid = section.tables[0]
    rows = tuple((str(n), f"Pièce {n}", "", "") for n in range(1, count + 1))
    longer = replace(section, tables=(replace(grid, rows=rows),))
    paper = replace(paper, sections=(*paper.sections[:-1], longer))
    text = said(printing.as_pdf(paper).body)
    assert all(f"Pièce{n}" in text for n in range(1, count + 1))

"""Word files (.docx), plain, for who rewrites a paper: real headings, lists, tables, page numbers.

The same parts as `opendocument` take. The same content gives the same bytes: no clock, no name of
who made it. Format: Office Open XML (ECMA-376).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from .opendocument import EPOCH, Bulleted, Line, Numbered, Part, Rows, known_signs

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTERS = "Times New Roman"
INK, QUIET = RGBColor(0x1B, 0x1F, 0x27), RGBColor(0x56, 0x5D, 0x6B)
HEADINGS = {"Chapter": "Heading 1", "Part": "Heading 2", "Point": "Heading 3", "Title": "Title"}
_SIZES = {"Title": 16, "Heading 1": 13, "Heading 2": 12, "Heading 3": 11}
_STYLES = frozenset(
    {"Normal", "heading 1", "heading 2", "heading 3", "Title", "footer", "header", "Table Grid"}
    | {"List Bullet", "List Number"}
)
"""The styles of a paper, as its file names them."""
_LEFT_OUT = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
"""Ends of the kinds of parts that the model brings and that say nothing of the paper."""


def text_document(title: str, parts: Iterable[Part], *, day: date, foot: str = "") -> bytes:
    """Return a .docx file in French. With a foot, each page has it and its number."""
    paper = docx.Document(BytesIO(_model()))
    _set_page(paper, known_signs(foot))
    for part in parts:
        _add(paper, part)
    _set_properties(paper, title, day)
    out = BytesIO()
    paper.save(out)
    return _packed(out.getvalue())


@cache
def _model() -> bytes:
    """Return an empty paper with our styles alone."""
    paper = docx.Document()
    _set_styles(paper)
    for style in list(paper.styles.element.style_lst):
        if style.name_val not in _STYLES and not style.default:
            paper.styles.element.remove(style)
        for link in style.findall(qn("w:link")):
            style.remove(link)
    _drop_lists(paper)
    for revisions in paper.settings.element.findall(qn("w:rsids")):
        paper.settings.element.remove(revisions)
    for of in (paper.part.package.rels, paper.part.rels):
        for name in [name for name, each in of.items() if each.reltype.endswith(_LEFT_OUT)]:
            del of[name]
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _drop_lists(paper: Any) -> None:
    """Leave out the lists of the model whose styles are left out."""
    numbering = paper.part.numbering_part.element
    known = {style.styleId for style in paper.styles.element.style_lst}
    gone = set()
    for model in numbering.findall(qn("w:abstractNum")):
        used = {each.get(qn("w:val")) for each in model.iter(qn("w:pStyle"))}
        if used - known:
            gone.add(model.get(qn("w:abstractNumId")))
            numbering.remove(model)
    for each in list(numbering.num_lst):
        if str(each.abstractNumId.val) in gone:
            numbering.remove(each)


def _set_styles(paper: Any) -> None:
    for name, size in {"Normal": 11, **_SIZES}.items():
        style = paper.styles[name]
        style.font.name, style.font.size = LETTERS, Pt(size)
        style.font.color.rgb = INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for of in list(fonts.attrib):
            del fonts.attrib[of]
        for of in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{of}"), LETTERS)
    normal = paper.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.1
    for name in _SIZES:
        form = paper.styles[name].paragraph_format
        form.space_before, form.space_after = Pt(14), Pt(6)
        form.keep_with_next = True
    title = paper.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.font.bold = True
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    for language in (
        *paper.styles.element.iter(qn("w:lang")),
        *paper.settings.element.iter(qn("w:themeFontLang")),
    ):
        language.set(qn("w:val"), "fr-FR")
        language.set(qn("w:eastAsia"), "fr-FR")


def _set_page(paper: Any, foot: str) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.2)
    if not foot:
        return
    line = page.footer.paragraphs[0]
    line.add_run(f"{foot} – page\u00a0")
    _add_field(line, "PAGE")
    line.add_run(" / ")
    _add_field(line, "NUMPAGES")
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(8), QUIET


def _add_field(line: Any, name: str) -> None:
    for kind, words in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = line.add_run(words if kind == "text" else "")
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {words} "
            run._r.append(code)
        elif kind != "text":
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)


def _add(paper: Any, part: Part) -> None:
    match part:
        case Line():
            _add_line(paper, part)
        case Numbered(rows, start):
            number = _new_numbers(paper, start)
            for row in rows:
                _add_item(paper, row, number)
        case Bulleted(rows):
            for row in rows:
                paper.add_paragraph(known_signs(row), style="List Bullet")
        case _:
            _add_table(paper, part)


def _add_line(paper: Any, part: Line) -> None:
    text = known_signs(part.text)
    if part.style in HEADINGS:
        paper.add_paragraph(text, style=HEADINGS[part.style])
        return
    line = paper.add_paragraph(text)
    form = line.paragraph_format
    if part.style in {"Line", "Addressee"}:
        form.space_after = Pt(0)
    if part.style == "Addressee":
        form.left_indent = Cm(8.5)
    if part.style == "Right":
        form.alignment, form.space_before = WD_ALIGN_PARAGRAPH.RIGHT, Pt(12)
    if part.style == "Body":
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.keep_with_next = text.endswith(":") or None
    for run in line.runs:
        if part.style in {"Matter", "Head", "Banner", "Subject"}:
            run.bold = True
        if part.style == "Note":
            run.font.size, run.font.color.rgb = Pt(9), QUIET


def _add_item(paper: Any, row: str, number: int) -> None:
    line = paper.add_paragraph(known_signs(row), style="List Number")
    chosen = line._p.get_or_add_pPr().get_or_add_numPr()
    chosen.get_or_add_ilvl().val = 0
    chosen.get_or_add_numId().val = number


def _new_numbers(paper: Any, start: int) -> int:
    """Return the number of a new list, which begins at `start` and not where the last one ended."""
    numbering = paper.part.numbering_part.element
    style = paper.styles["List Number"].element.pPr.numPr.numId.val
    model = next(each for each in numbering.num_lst if each.numId == style)
    new = numbering.add_num(model.abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(new.numId)


def _add_table(paper: Any, part: Rows) -> None:
    width = len(part.columns) or max(map(len, part.rows), default=0)
    if not width:
        return
    table = paper.add_table(rows=0, cols=width, style="Table Grid")
    if part.columns:
        cells = table.add_row().cells
        for cell, words in zip(cells, part.columns, strict=True):
            _fill(cell, words, is_head=True)
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            _fill(cell, words)
    for width_of_cell in table._tbl.iter(qn("w:tcW")):
        width_of_cell.set(qn("w:type"), "auto")
        width_of_cell.set(qn("w:w"), "0")
    for each in table.rows:
        whole = OxmlElement("w:cantSplit")
        each._tr.get_or_add_trPr().insert(0, whole)
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: Any, words: str, *, is_head: bool = False) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(2)
    run = line.add_run(known_signs(words))
    run.font.size, run.bold = Pt(9), is_head or None


def _set_properties(paper: Any, title: str, day: date) -> None:
    said = paper.core_properties
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  A day, written without a zone.
    said.title, said.language = known_signs(title)[:255], "fr-FR"
    said.author = said.last_modified_by = said.comments = said.keywords = said.subject = ""
    said.created = said.modified = moment
    said.revision = 1


def _packed(body: bytes) -> bytes:
    """Return the file again with one time for all its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as had, zipfile.ZipFile(out, "w") as archive:
        for name in had.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            archive.writestr(entry, had.read(name))
    return out.getvalue()

"""OpenDocument files, small and plain: a text that one can rewrite, a table for spreadsheets.

Only what our papers hold: lines with a style, numbered lists, tables. The same content gives the
same bytes. Format: OpenDocument 1.3 (OASIS, ISO/IEC 26300).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

EPOCH = (1980, 1, 1, 0, 0, 0)
TEXT = "application/vnd.oasis.opendocument.text"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"

STYLES = {
    "Body": ("", 'fo:margin-bottom="0.25cm" fo:text-align="justify"', ""),
    "Line": ("", 'fo:margin-bottom="0cm"', ""),
    "Addressee": ("", 'fo:margin-left="8.5cm" fo:margin-bottom="0cm"', ""),
    "Right": ("", 'fo:text-align="end" fo:margin-top="0.6cm" fo:margin-bottom="0.6cm"', ""),
    "Subject": ("1", 'fo:margin-bottom="0.2cm"', 'fo:font-weight="bold"'),
    "Title": (
        "",
        'fo:margin-top="0.6cm" fo:margin-bottom="0.4cm" fo:text-align="center"',
        'fo:font-size="16pt" fo:font-weight="bold"',
    ),
    "Matter": ("", 'fo:margin-bottom="0.2cm"', 'fo:font-weight="bold"'),
    "Chapter": (
        "1",
        'fo:margin-top="0.6cm" fo:margin-bottom="0.25cm" fo:keep-with-next="always"',
        'fo:font-weight="bold" fo:font-size="13pt"',
    ),
    "Point": (
        "3",
        'fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
        'fo:font-weight="bold" fo:font-style="italic"',
    ),
    "Part": (
        "2",
        'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
        'fo:font-weight="bold" fo:font-size="12pt"',
    ),
    "Banner": (
        "",
        'fo:margin-bottom="0.4cm" fo:padding="0.2cm" fo:border="0.5pt solid #565d6b"',
        "",
    ),
    "Cell": ("", 'fo:margin-bottom="0cm"', 'fo:font-size="9pt"'),
    "Head": ("", 'fo:margin-bottom="0cm"', 'fo:font-size="9pt" fo:font-weight="bold"'),
    "Foot": ("", 'fo:margin-bottom="0cm"', 'fo:font-size="8pt" fo:color="#565d6b"'),
    "Note": ("", 'fo:margin-top="0.5cm"', 'fo:font-size="9pt" fo:color="#565d6b"'),
}
"""Styles of lines: level of a heading (empty for none), of the paragraph, of its letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph in a style of `STYLES`. Line ends in it are kept."""

    text: str
    style: str = "Body"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list with numbers."""

    rows: tuple[str, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Bulleted:
    """A list without numbers."""

    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; without columns it has no head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Line | Numbered | Bulleted | Rows


def text_document(
    title: str, parts: Iterable[Part], *, day: date, language: str = "fr", foot: str = ""
) -> bytes:
    """Return an .odt file. With a foot, each page has it and its number."""
    body = "".join(_part(part, at) for at, part in enumerate(parts))
    return _packed(TEXT, title, f"<office:text>{body}</office:text>", day, language, foot)


def spreadsheet(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    day: date,
    language: str = "fr",
) -> bytes:
    """Return an .ods file of one table. Every cell is text, save days written `2026-03-01`."""
    head = f"<table:table-row>{''.join(_cell(each, 'Head') for each in columns)}</table:table-row>"
    lines = "".join(
        f"<table:table-row>{''.join(map(_value, row))}</table:table-row>" for row in rows
    )
    table = (
        f"<table:table table:name={quoteattr(_sheet(title))}>"
        f'<table:table-column table:style-name="Col" '
        f'table:number-columns-repeated="{len(columns)}"/>'
        f"<table:table-header-rows>{head}</table:table-header-rows>{lines}</table:table>"
    )
    body = f"<office:spreadsheet>{table}</office:spreadsheet>"
    return _packed(SPREADSHEET, title, body, day, language)


def _sheet(title: str) -> str:
    """Return a name that spreadsheets take: no sign they forbid, 31 at most."""
    return "".join(" " if sign in "[]*?:/\\'" else sign for sign in title)[:31].strip() or "1"


def known_signs(text: str) -> str:
    """Return a text without the signs that XML does not know."""
    known = (
        sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")
    )
    return "".join(sign for sign in known if not "\ud800" <= sign <= "\udfff")


def _clean(text: str) -> str:
    """Return a text as XML takes it."""
    return escape(known_signs(text))


def _spaced(text: str) -> str:
    """Return a text with its line ends and runs of spaces as OpenDocument writes them."""
    lines = []
    for line in _clean(text).replace("\t", " ").split("\n"):
        words, *more = line.split("  ")
        lines.append(words + "".join(f' <text:s text:c="1"/>{each}' for each in more))
    return "<text:line-break/>".join(lines)


def _part(part: Part, at: int) -> str:
    match part:
        case Line(text, style):
            level = STYLES[style][0]
            tag, attribute = ("h", f' text:outline-level="{level}"') if level else ("p", "")
            return f'<text:{tag} text:style-name="{style}"{attribute}>{_spaced(text)}</text:{tag}>'
        case Numbered(rows, start):
            items = "".join(
                f"<text:list-item{f' text:start-value={quoteattr(str(start))}' if not n else ''}>"
                f'<text:p text:style-name="Body">{_spaced(row)}</text:p></text:list-item>'
                for n, row in enumerate(rows)
            )
            return f'<text:list text:style-name="Numbers">{items}</text:list>'
        case Bulleted(rows):
            items = "".join(
                f'<text:list-item><text:p text:style-name="Body">{_spaced(row)}</text:p>'
                "</text:list-item>"
                for row in rows
            )
            return f'<text:list text:style-name="Bullets">{items}</text:list>'
        case _:
            return _table(part.columns, part.rows, at)


def _table(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], at: int) -> str:
    width = len(columns) or max(map(len, rows), default=1)
    head = "".join(_cell(each, "Head") for each in columns)
    header = f"<table:table-row>{head}</table:table-row>" if columns else ""
    lines = "".join(
        f"<table:table-row>{''.join(_cell(each, 'Cell') for each in row)}</table:table-row>"
        for row in rows
    )
    return (
        f'<table:table table:name="Table{at}"><table:table-column '
        f'table:number-columns-repeated="{width}"/>'
        + (f"<table:table-header-rows>{header}</table:table-header-rows>" if header else "")
        + f"{lines}</table:table>"
    )


def _cell(text: str, style: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p text:style-name="{style}">'
        f"{_spaced(text)}</text:p></table:table-cell>"
    )


def _value(text: str) -> str:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        return _cell(text, "Cell")
    return (
        f'<table:table-cell table:style-name="Day" office:value-type="date" '
        f'office:date-value="{day.isoformat()}"><text:p text:style-name="Cell">{day.isoformat()}'
        "</text:p></table:table-cell>"
    )


_SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
        for name, place in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "meta": "meta",
            "number": "datastyle",
            "fo": "xsl-fo-compatible",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _document(tag: str, inner: str) -> str:
    return f'{_HEAD}<office:{tag} {_SPACES} office:version="1.3">{inner}</office:{tag}>'


_AUTOMATIC = (
    "<office:automatic-styles>"
    '<style:style style:name="Col" style:family="table-column">'
    '<style:table-column-properties style:column-width="5cm"/></style:style>'
    '<number:date-style style:name="N1"><number:year number:style="long"/>'
    "<number:text>-</number:text>"
    '<number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style>'
    '<style:style style:name="Day" style:family="table-cell" style:data-style-name="N1"/>'
    '<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."><style:list-level-properties '
    'text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" '
    'fo:text-indent="-0.7cm" fo:margin-left="0.9cm"/></style:list-level-properties>'
    "</text:list-level-style-number></text:list-style>"
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="–"><style:list-level-properties '
    'text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" '
    'fo:text-indent="-0.6cm" fo:margin-left="0.9cm"/></style:list-level-properties>'
    "</text:list-level-style-bullet></text:list-style></office:automatic-styles>"
)


def _foot(words: str) -> str:
    """Return what stands at the foot of each page; nothing for no words."""
    if not words:
        return ""
    return (
        f'<style:footer><text:p text:style-name="Foot">{_spaced(words)} '
        '– page <text:page-number text:select-page="current">1</text:page-number> '
        "/ <text:page-count>1</text:page-count></text:p></style:footer>"
    )


def _styles(language: str, foot: str = "") -> str:
    country = {"fr": "FR", "en": "GB"}.get(language, "none")
    default = (
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'fo:font-size="11pt" fo:language={quoteattr(language)} fo:country="{country}"/>'
        "</style:default-style>"
    )
    named = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"'
        + (f' style:default-outline-level="{level}"' if level else "")
        + f"><style:paragraph-properties {paragraph}/><style:text-properties {letters}/>"
        "</style:style>"
        for name, (level, paragraph, letters) in STYLES.items()
    )
    page = (
        '<office:automatic-styles><style:page-layout style:name="A4">'
        '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin-top="2.2cm" fo:margin-bottom="2.2cm" fo:margin-left="2.5cm" '
        'fo:margin-right="2.5cm"/><style:footer-style><style:header-footer-properties '
        'fo:margin-top="0.5cm"/></style:footer-style></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="A4">{_foot(foot)}</style:master-page></office:master-styles>'
    )
    return _document("document-styles", f"<office:styles>{default}{named}</office:styles>{page}")


def _packed(kind: str, title: str, body: str, day: date, language: str, foot: str = "") -> bytes:
    meta = (
        f"<office:meta><dc:title>{_clean(title)}</dc:title><dc:language>{_clean(language)}"
        f"</dc:language><dc:date>{day.isoformat()}T00:00:00</dc:date></office:meta>"
    )
    content = f"{_AUTOMATIC}<office:body>{body}</office:body>"
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in (
            ("/", kind),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        f'manifest:1.0" manifest:version="1.3">{listed}</manifest:manifest>'
    )
    files = {
        "mimetype": kind,
        "META-INF/manifest.xml": manifest,
        "content.xml": _document("document-content", content),
        "styles.xml": _styles(language, foot),
        "meta.xml": _document("document-meta", meta),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            # The kind of file stands first and uncompressed, so that one can tell it at a glance.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return out.getvalue()

"""PDFs made by hand, each of which hides something in its own way."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

SECRET = "Jeanne Exemple"
VISIBLE = "BT /F1 14 Tf 72 700 Td (Le dossier est complet.) Tj ET "
HIDDEN = f"BT /F1 14 Tf 72 600 Td ({SECRET}) Tj ET "
BOX = "0 g 70 595 130 20 re f "
PAPER = "1 g 70 595 130 20 re f 0 g "


def made(content: str, path: Path, change: Any = None, **resources: Any) -> Path:
    """Write a PDF of one page that draws this."""
    with pikepdf.new() as document:
        page: Any = document.add_blank_page(page_size=(595, 842))
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        given = {name: value(document) for name, value in resources.items()}
        page.Resources = Dictionary(Font=Dictionary(F1=font), **given)
        page.Contents = document.make_stream(content.encode("latin-1"))
        if change:
            change(document, page)
        document.save(path)
    return path


def picture(document: Any, grey: int = 0, mark: int | None = None) -> Any:
    """Return an image as an XObject: of one shade, with a mark in its middle when asked."""
    image = Image.new("L", (100, 100), grey)
    if mark is not None:
        image.paste(mark, (40, 40, 60, 60))
    stream = document.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = 100, 100
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    return stream


def in_form(document: Any, content: str) -> Any:
    """Return what draws a content inside a form, as an XObject."""
    form = document.make_stream(content.encode("latin-1"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = pikepdf.Array([0, 0, 595, 842])
    form.Resources = Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    return form


def note(subtype: str, **more: Any) -> Any:
    """Return what adds an annotation over the hidden line."""

    def change(document: Any, page: Any) -> None:
        annotation = Dictionary(
            Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[70, 595, 200, 615], **more
        )
        page.Annots = pikepdf.Array([document.make_indirect(annotation)])

    return change


def revised(path: Path) -> Path:
    """Write a PDF whose first revision said more than the second."""
    before = made(VISIBLE + HIDDEN, path)
    content = before.read_bytes()
    with pikepdf.open(before) as document:
        number = document.pages[0].obj.Contents.objgen[0]
    body = VISIBLE.encode()
    start = len(content)
    added = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(body), body)
    table = start + len(added)
    old = int(content.rpartition(b"startxref")[2].split()[0])
    with pikepdf.open(before) as document:
        size, root = len(document.objects) + 1, document.trailer.Root.objgen[0]
    added += b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d /Root %d 0 R /Prev %d>>\n" % (
        number, start, size, root, old,
    )  # fmt: skip
    path.write_bytes(content + added + b"startxref\n%d\n%%%%EOF\n" % table)
    return path


def layered(path: Path) -> Path:
    """Write a PDF with a layer that is switched off."""

    def change(document: Any, page: Any) -> None:
        group = document.make_indirect(Dictionary(Type=Name.OCG, Name="Brouillon"))
        page.Resources.Properties = Dictionary(MC0=group)
        document.Root.OCProperties = Dictionary(
            OCGs=pikepdf.Array([group]), D=Dictionary(OFF=pikepdf.Array([group]))
        )

    return made(VISIBLE + "/OC /MC0 BDC " + HIDDEN + "EMC", path, change)


def attached(document: Any, page: Any) -> None:
    """Attach a file to a document."""
    document.attachments["notes.txt"] = BytesIO(b"a").read()

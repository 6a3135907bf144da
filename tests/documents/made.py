"""Documents for tests of pages and quotes: small files made by hand, rows made directly."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from contrechamp.accounts.models import User
from contrechamp.documents.models import Document, File, OcrPage, Page, TextLayer, Version
from contrechamp.foundation.store import store
from tests import make

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
LINES = (
    "VILLE DE VILLENEUVE-LES-ORMES",
    "Le conseil municipal autorise le maire à signer le marché",
    "de vidéoprotection avec la société Exemple Optique.",
    "Le montant est de 120 000 euros hors taxes.",
)


def pdf(
    pages: Sequence[tuple[str, ...]] | None = None,
    *,
    rotate: int = 0,
    crop: tuple[float, float, float, float] | None = None,
) -> bytes:
    """Return a PDF whose pages hold lines of text, the first at (72, 700) of the file."""
    out = BytesIO()
    with pikepdf.new() as document:
        for lines in pages or [LINES]:
            content = "BT /F1 14 Tf 18 TL 72 700 Td " + " ".join(
                f"<{line.encode('cp1252').hex()}> Tj T*" for line in lines
            )
            page: Any = document.add_blank_page(page_size=(595, 842))
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = document.make_stream((content + " ET").encode("latin-1"))
            if rotate:
                page.Rotate = rotate
            if crop:
                page.CropBox = pikepdf.Array([*crop])
        document.save(out, static_id=True)
    return out.getvalue()


def drawn(content: bytes) -> tuple[str, ...]:
    """Return the lines of a PDF's first page as its reader finds them."""
    with pdfium.PdfDocument(content) as document:
        return tuple(document[0].get_textpage().get_text_range().split("\r\n"))


def scan(text: str = "ARRETE", *, size: tuple[int, int] = (600, 800)) -> bytes:
    """Return a picture of a page."""
    image = Image.new("L", size, "white")
    ImageDraw.Draw(image).text((60, 80), text, fill="black")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def file(content: bytes, *, kind: str = "pdf", mime: str = "application/pdf", pages: int) -> File:
    """Keep a content, and make its row."""
    key = store().put(BytesIO(content))
    return File.objects.get_or_create(
        sha256=key,
        defaults={
            "sha1": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
            "bytes": len(content),
            "mime": mime,
            "kind": kind,
            "pages_count": pages,
            "read_state": "read",
        },
    )[0]


def layer(page: Page, text: str, *, words: Any = None, **fields: Any) -> TextLayer:
    """Give a page a new current text."""
    page.layers.update(is_current=False)
    given = {"kind": TextLayer.Kind.FILE, "engine": "pdfium", "made_at": NOW} | fields
    return TextLayer.objects.create(page=page, text=text, words=words, **given)


def document(
    *,
    texts: Sequence[tuple[str, ...]] | None = None,
    content: bytes | None = None,
    kind: str = "pdf",
    mime: str = "application/pdf",
    has_image: bool = True,
    by: User | None = None,
    **fields: Any,
) -> Document:
    """Make a document of some pages; public unless said otherwise."""
    texts = texts or [LINES]
    made = file(content or pdf(texts), kind=kind, mime=mime, pages=len(texts))
    given: dict[str, Any] = {
        "title": "Délibération du 3 novembre 2023",
        "doc_type": "deliberation",
        "dated_text": "2023-11-03",
        "dated_earliest": date(2023, 11, 3),
        "dated_latest": date(2023, 11, 3),
        "origin": Document.Origin.OFFICIAL_SITE,
        "state": Document.State.PUBLISHED,
        "access": Document.Access.PUBLIC,
        "published_at": NOW,
        "added_at": NOW,
    }
    found = Document.objects.create(
        added_by=by or User.objects.filter(username="marianne").first() or make.user("marianne"),
        **(given | fields),
    )
    Version.objects.create(
        document=found, file=made, seen_on=NOW.date(), received_name="secret-nom-recu.pdf"
    )
    for number, lines in enumerate(texts, start=1):
        page, is_new = Page.objects.get_or_create(
            file=made, number=number, defaults={"has_image": has_image}
        )
        if is_new and lines:
            layer(page, "\n".join(lines))
    return found


def queue(page: Page, state: str = "QUEUED", **fields: Any) -> OcrPage:
    """Let a page wait for recognition."""
    return OcrPage.objects.create(page=page, state=state, **fields)


def key(of: Document) -> str:
    """Return the SHA-256 of a document's first content."""
    return of.versions.order_by("number")[0].file_id

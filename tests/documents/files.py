"""Files made for the tests of arrival: whole, broken, hostile."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
from PIL import Image


def pdf(path: Path, pages: int = 1, text: str = "Délibération de la commune") -> Path:
    """Write a PDF with a line of text on each page, in a few milliseconds for 500 pages."""
    with pikepdf.new() as document:
        font = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for number in range(1, pages + 1):
            page = document.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            words = f"{text}, page numéro {number} du dossier communal".encode("cp1252")
            words = words.replace(b"(", b"").replace(b")", b"").replace(b"\\", b"")
            content = b"BT /F1 12 Tf 60 700 Td (" + words + b") Tj ET"
            page.Contents = document.make_stream(content)
        document.save(path, static_id=True)
    return path


def encrypted(path: Path, password: str) -> Path:
    """Write a PDF that opens with a password (or, when it is empty, with none)."""
    plain = pdf(path.with_suffix(".plain"))
    with pikepdf.open(plain) as document:
        document.save(path, encryption=pikepdf.Encryption(user=password, owner="proprietaire"))
    plain.unlink()
    return path


def with_bad_pages(path: Path, pages: int, bad: set[int]) -> Path:
    """Write a PDF some of whose pages are no pages."""
    pdf(path, pages)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for number in bad:
            document.Root.Pages.Kids[number - 1] = document.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Nothing)
            )
        document.save(path)
    return path


def tiff(path: Path, frames: int) -> Path:
    """Write a scan of several pages in one image file."""
    first, *others = [Image.new("L", (400, 560), 255 - n) for n in range(frames)]
    first.save(path, save_all=True, append_images=others, dpi=(72, 72))
    return path


def archive(path: Path, entries: dict[str, bytes], *, links: tuple[str, ...] = ()) -> Path:
    """Write a ZIP; `links` are entries that are symbolic links."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
        for name in links:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o120777 << 16
            made.writestr(info, "/etc/passwd")
    return path


def bomb(path: Path, megabytes: int = 64) -> Path:
    """Write a ZIP that swells a thousand times."""
    return archive(path, {"zeros.txt": b"0" * (megabytes << 20)})


def email(attachments: dict[str, bytes], subject: str = "Réponse à votre demande") -> bytes:
    """Return a message with attachments; one whose name ends in .eml is a message itself."""
    from email.message import EmailMessage
    from email.parser import BytesParser
    from email.policy import default

    message = EmailMessage()
    message["From"] = "Mairie de Nice <secretariat@mairie.example>"
    message["To"] = "collectif@example.org"
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    message["Subject"] = subject
    message.set_content("Bonjour,\n\nVeuillez trouver la délibération demandée.\n")
    for name, content in attachments.items():
        if name.endswith(".eml"):
            message.add_attachment(BytesParser(policy=default).parsebytes(content))
        else:
            message.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
    return message.as_bytes()


def content_of(made: Path) -> bytes:
    content = made.read_bytes()
    made.unlink()
    return content


def odt() -> bytes:
    """Return the beginning of an office file: enough for its kind to be known."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", "<office/>")
    return out.getvalue()

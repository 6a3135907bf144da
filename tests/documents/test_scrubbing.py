"""A clean copy holds nothing of who made the file, in no byte; what one reads is still there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from contrechamp.documents import services
from contrechamp.documents.domain.hidden import inspect
from contrechamp.documents.domain.scrubbing import Scrubbed, scrub
from contrechamp.kernel.errors import Refused
from tests.documents import concealed

SECRET = "Zorglub"


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, and those of all that it holds packed."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            content += b"".join(archive.read(name) for name in archive.namelist())
    elif content.startswith(b"%PDF"):
        with pikepdf.open(path) as document:
            for thing in document.objects:
                content += thing.unparse()
                if isinstance(thing, pikepdf.Stream):
                    content += thing.read_bytes()
    return content


def is_clean(path: Path) -> bool:
    content = unpacked(path)
    return not any(SECRET.encode(each) in content for each in ("utf-8", "utf-16-be", "utf-16-le"))


def pdf(path: Path) -> Path:
    def change(document: Any, page: Any) -> None:
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [SECRET]
        document.docinfo["/Author"] = SECRET
        document.docinfo["/Producer"] = f"{SECRET} Pro"
        document.attachments[f"{SECRET}.txt"] = SECRET.encode()
        page.PieceInfo = pikepdf.Dictionary(Private=SECRET)
        page.Thumb = document.make_stream(SECRET.encode())
        concealed.note("Square", T=SECRET, NM=SECRET)(document, page)

    return concealed.made(concealed.VISIBLE, path, change)


def test_a_pdf_keeps_its_words_and_nothing_of_its_author(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    assert not is_clean(path)

    done = scrub(path, tmp_path / "b.pdf")

    assert "Info /Author" in done.before
    assert done.after == {}
    assert is_clean(tmp_path / "b.pdf")
    with pdfium.PdfDocument(tmp_path / "b.pdf") as document:
        assert "complet" in document[0].get_textpage().get_text_bounded()


def test_an_earlier_revision_is_left_behind(tmp_path: Path) -> None:
    path = concealed.revised(tmp_path / "a.pdf")
    assert [each.kind for each in inspect(path, 1, 1).findings] == ["old_revision"]

    scrub(path, tmp_path / "b.pdf")

    assert inspect(tmp_path / "b.pdf", 1, 1).findings == ()
    assert concealed.SECRET.encode() not in unpacked(tmp_path / "b.pdf")


@pytest.mark.parametrize("shape", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_photograph_keeps_its_pixels_and_its_way_up(tmp_path: Path, shape: str) -> None:
    image = Image.new("RGB", (40, 20), "white")
    image.paste((200, 0, 0), (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x013B] = 6, SECRET, SECRET
    exif.get_ifd(0x8825)[0x001D] = SECRET
    path = tmp_path / f"a.{shape.lower()}"
    image.save(path, shape, exif=exif)

    done = scrub(path, tmp_path / "b")

    assert "Artist" in done.before
    assert is_clean(tmp_path / "b")
    with Image.open(tmp_path / "b") as clean:
        assert clean.size == (20, 40)
        red, blue = clean.convert("RGB").getpixel((10, 5)), clean.convert("RGB").getpixel((10, 35))
    assert red[1] < 60 < blue[1]  # type: ignore[index]
    assert "Artist" not in done.after


def office(path: Path, entries: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCX = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/word/comments.xml"/>'
    f'<Override PartName="/word/document.xml"/></Types>',
    "word/document.xml": f'<w:document {W}><w:p w:rsidR="00Zorglub"><w:ins w:author="{SECRET}">'
    f'<w:r><w:t>Le texte</w:t></w:r></w:ins><w:del w:author="{SECRET}"><w:r><w:delText>{SECRET}'
    "</w:delText></w:r></w:del></w:p></w:document>",
    "word/comments.xml": f'<w:comments {W}><w:comment w:author="{SECRET}"/></w:comments>',
    "docProps/core.xml": f"<a>{SECRET}</a>",
}
D = "urn:oasis:names:tc:opendocument:xmlns"
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f'<a xmlns:office="{D}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"Le texte<office:annotation><dc:creator>{SECRET}</dc:creator></office:annotation>"
    f"<dc:creator>{SECRET}</dc:creator></a>",
    "meta.xml": f"<a>{SECRET}</a>",
}


@pytest.mark.parametrize(("name", "entries"), [("a.docx", DOCX), ("a.odt", ODT)])
def test_an_office_file_keeps_its_words(tmp_path: Path, name: str, entries: dict[str, str]) -> None:
    path = office(tmp_path / name, entries)

    done = scrub(path, tmp_path / "b")

    assert done.before
    assert is_clean(tmp_path / "b")
    assert b"Le texte" in unpacked(tmp_path / "b")
    assert b"/word/comments.xml" not in unpacked(tmp_path / "b")
    with zipfile.ZipFile(tmp_path / "b") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_original_stays_and_nothing_is_overwritten(tmp_path: Path) -> None:
    path, out = pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    before = path.read_bytes()

    done = services.scrub(path, out)

    assert isinstance(done, Scrubbed)
    assert path.read_bytes() == before
    assert is_clean(out)
    with pytest.raises(Refused):
        services.scrub(path, out)
    for bad in ("c.txt", "d.pdf"):
        (tmp_path / bad).write_bytes(b"%PDF-broken" if bad == "d.pdf" else b"Bonjour")
        with pytest.raises(Refused):
            services.scrub(tmp_path / bad, tmp_path / "out")
    assert {each.name for each in tmp_path.iterdir()} == {"a.pdf", "b.pdf", "c.txt", "d.pdf"}


def test_a_picture_in_memory_is_one_too(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (3, 3)).save(out, "GIF", comment=SECRET.encode())
    (tmp_path / "a.gif").write_bytes(out.getvalue())
    scrub(tmp_path / "a.gif", tmp_path / "b")
    assert is_clean(tmp_path / "b")

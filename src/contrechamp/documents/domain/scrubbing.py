"""Take out of a file what tells of who made it, where and with what; say what was taken out.

PDFs are rewritten (never cut in place: the old bytes would stay), office files are written again
entry by entry, pictures are encoded anew, turned as one sees them. Foreign bytes: for a child.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree
from PIL import ExifTags, Image, ImageOps

from contrechamp.kernel.errors import gettext_noop

from .kinds import HEAD, sniff
from .reasons import BAD_PDF, NO_PASSWORD, UNSUPPORTED, CannotRead, Reason

FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of an office file: the first that a ZIP can tell."""
SHOWN = 200
"""Characters of a value that are shown."""
ENTRY = 64 << 20
"""The largest entry of an office file that is read."""
UNSCRUBBED = gettext_noop(
    "On ne sait pas nettoyer ce format : convertissez-le en PDF, puis nettoyez le PDF."
)


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What a file told before, and what it tells after."""

    kind: str
    before: dict[str, str]
    after: dict[str, str]


def scrub(path: Path, out: Path) -> Scrubbed:
    """Write a clean copy; raise `CannotRead` when the file is of no kind that can be cleaned."""
    kind = _kind(path)
    clean, look = WAYS[kind]
    before = look(path)
    clean(path, out)
    return Scrubbed(kind, before, look(out))


def _kind(path: Path) -> str:
    with path.open("rb") as content:
        head = content.read(HEAD)
        content.seek(max(path.stat().st_size - HEAD, 0))
        found = sniff(head, content.read(HEAD))
    if found is None:
        raise CannotRead(Reason.UNSUPPORTED, UNSUPPORTED)
    if found.kind in {"pdf", "image"} or (found.kind == "office" and zipfile.is_zipfile(path)):
        return found.kind
    raise CannotRead(Reason.UNSUPPORTED, UNSCRUBBED)


# PDF


def _open_pdf(path: Path) -> Any:
    try:
        return pikepdf.open(path)
    except pikepdf.PasswordError:
        raise CannotRead(Reason.ENCRYPTED, NO_PASSWORD) from None
    except pikepdf.PdfError:
        raise CannotRead(Reason.BROKEN, BAD_PDF) from None


_PRIVATE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")


def _look_at_pdf(path: Path) -> dict[str, str]:
    with _open_pdf(path) as document:
        found = {f"Info {key}": str(value)[:SHOWN] for key, value in _info(document).items()}
        for number, thing in enumerate(document.objects):
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                for key in _PRIVATE_KEYS:
                    if key in thing:
                        found[f"{key[1:]} {number}"] = "…"
        for name in document.attachments:
            found[f"Attachment {name}"] = name
        return found


def _info(document: Any) -> dict[str, Any]:
    return dict(document.docinfo.items()) if "/Info" in document.trailer else {}


def _clean_pdf(path: Path, out: Path) -> None:
    """Rewrite all objects that are still used: earlier revisions and what was unlinked stay out."""
    with _open_pdf(path) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for name in list(document.attachments):
            del document.attachments[name]
        for key in ("/JavaScript", "/EmbeddedFiles"):
            if "/Names" in document.Root and key in document.Root.Names:
                del document.Root.Names[key]
        for key in ("/OpenAction", "/AA", "/Collection"):
            if key in document.Root:
                del document.Root[key]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                _clean_object(thing)
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )


def _clean_object(thing: Any) -> None:
    for key in _PRIVATE_KEYS:
        if key in thing:
            del thing[key]
    if str(thing.get("/Type", "")) == "/Annot" or ("/Subtype" in thing and "/Rect" in thing):
        for key in ("/T", "/M", "/CreationDate", "/NM", "/RC", "/FS"):
            # The name of a field of a form is no author.
            if key in thing and not (key == "/T" and str(thing.get("/Subtype")) == "/Widget"):
                del thing[key]


# Pictures


def _look_at_image(path: Path) -> dict[str, str]:
    with Image.open(path) as image:
        exif = image.getexif()
        found = {
            ExifTags.TAGS.get(tag, str(tag)): str(value)[:SHOWN] for tag, value in exif.items()
        }
        for part in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.IFD1):
            names = ExifTags.GPSTAGS if part == ExifTags.IFD.GPSInfo else ExifTags.TAGS
            for tag, value in exif.get_ifd(part).items():
                found[f"{part.name} {names.get(tag, tag)}"] = str(value)[:SHOWN]
        told = {"comment", "xmp", "photoshop", "icc_profile", *getattr(image, "text", {})}
        for name in told & set(image.info) | set(getattr(image, "text", {})):
            found[str(name)] = str(image.info.get(name, ""))[:SHOWN]
        return found if image.format != "TIFF" else {k: v for k, v in found.items() if k in _TOLD}


_TOLD = frozenset(
    (
        "Artist", "Copyright", "Software", "DateTime", "Make", "Model", "HostComputer",
        "ImageDescription", "XMLPacket", "DocumentName", "GPSInfo", "ExifOffset",
    )
)  # fmt: skip
"""Tags of a TIFF that tell of somebody; the others say how its pixels are stored."""


def _clean_image(path: Path, out: Path) -> None:
    """Encode every frame anew, from its pixels alone, turned as one sees it."""
    with Image.open(path) as image:
        shape = image.format or "PNG"
        frames = [_bare(image, number) for number in range(getattr(image, "n_frames", 1))]
    more: dict[str, Any] = {"quality": 92} if shape in {"JPEG", "WEBP"} else {}
    if len(frames) > 1:
        more |= {"save_all": True, "append_images": frames[1:]}
    frames[0].save(out, shape if shape in _WRITTEN else "PNG", **more)


_WRITTEN = frozenset({"JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"})


def _bare(image: Image.Image, number: int) -> Image.Image:
    image.seek(number)
    turned = ImageOps.exif_transpose(image)
    if turned.mode == "P":
        turned = turned.convert("RGBA" if "transparency" in turned.info else "RGB")
    plain = Image.new(turned.mode, turned.size)
    plain.paste(turned)
    return plain


# Office files: ZIPs of XML

_DROPPED = (
    "docProps/", "meta.xml", "customXml/", "Thumbnails/", "word/comments", "word/people",
    "xl/comments", "xl/threadedComments/", "xl/persons/", "ppt/comments", "ppt/commentAuthors",
    "docMetadata/", "xl/revisions/",
)  # fmt: skip
"""Entries that tell of authors, and nothing that one reads."""
_AUTHORS = frozenset({"author", "initials", "date", "lastModifiedBy", "creator", "userName"})
_REMARKS = frozenset({"annotation", "commentRangeStart", "commentRangeEnd", "commentReference"})
_SAID = frozenset({"creator", "initial-creator", "creator-initials", "printed-by"})


def _look_at_office(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    with _unzipped(path) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith(_DROPPED):
                found[entry.filename] = f"{entry.file_size} o"
            elif entry.filename.endswith(".xml"):
                for key, value in _told(_tree(archive, entry)):
                    found[f"{entry.filename} {key}"] = value[:SHOWN]
    return found


def _unzipped(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise CannotRead(Reason.BROKEN, UNSCRUBBED) from None


def _tree(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Any:
    if entry.file_size > ENTRY:
        raise CannotRead(Reason.TOO_LARGE, UNSCRUBBED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(archive.read(entry), parser)
    except etree.XMLSyntaxError:
        raise CannotRead(Reason.BROKEN, UNSCRUBBED) from None


def _told(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield what an entry tells of people, and what it hides."""
    for element in tree.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _REMARKS:
            yield name, "…"
        if name in _SAID and element.text:
            yield name, str(element.text)
        for key, value in element.attrib.items():
            short = etree.QName(key).localname
            if short in _AUTHORS or short.startswith("rsid"):
                yield short, str(value)
            if name in {"sheet", "col", "row"} and short in {"state", "hidden"}:
                yield f"{name} {short}", str(value)


def _clean_office(path: Path, out: Path) -> None:
    with _unzipped(path) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as clean:
        for entry in archive.infolist():
            if entry.filename.startswith(_DROPPED) or entry.is_dir():
                continue
            content = _clean_entry(archive, entry)
            info = zipfile.ZipInfo(entry.filename, FIXED)
            # An OpenDocument file begins with its type, which is not compressed.
            stored = entry.filename == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            clean.writestr(info, content)


def _clean_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if not entry.filename.endswith((".xml", ".rels")):
        return archive.read(entry)
    tree = _tree(archive, entry)
    for element in list(tree.iter(etree.Element)):
        _clean_element(element)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _clean_element(element: Any) -> None:
    name, parent = etree.QName(element).localname, element.getparent()
    target = f"{element.get('Target', '')}{element.get('PartName', '')}".lstrip("/")
    target += str(element.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path", ""))
    gone = target.startswith(_DROPPED) or target.startswith(("comments", "people", "../comments"))
    if parent is not None and (name in _REMARKS or name == "del" or gone):
        _drop(element, parent)
        return
    if name in _SAID:
        element.text = ""
    for key in list(element.attrib):
        short = etree.QName(key).localname
        if short in _AUTHORS or short.startswith("rsid"):
            del element.attrib[key]
        elif name in {"sheet", "col", "row"} and short in {"state", "hidden"}:
            del element.attrib[key]  # What was hidden is seen, so that somebody can decide.


def _drop(element: Any, parent: Any) -> None:
    """Remove an element and keep the words that follow it."""
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


Way = tuple[Callable[[Path, Path], None], Callable[[Path], dict[str, str]]]
WAYS: dict[str, Way] = {
    "pdf": (_clean_pdf, _look_at_pdf),
    "image": (_clean_image, _look_at_image),
    "office": (_clean_office, _look_at_office),
}

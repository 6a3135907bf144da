"""What binds a dossier in a process of `foundation.bulk`: pages drawn, papers set, copies stamped.

It takes plain values and the address of the store, and writes one file or one folder beside where
it belongs, then renames it. The same order gives the same bytes: no clock, no chance, the
typesetter's own letters.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Protocol

import pikepdf
from PIL import Image

from contrechamp.foundation import typesetting
from contrechamp.foundation.bulk import within
from contrechamp.foundation.store import BLOCK, Store, at

from .domain import layouts, stamping
from .domain.dossiers import Dossier, Exhibit, exhibit_name, flowing, pages_shown
from .domain.drawing import CannotDraw, paint
from .domain.layouts import Picture

SECONDS = 900.0
PIXELS = 1240
"""Width of a page's picture: 190 dots an inch where a passage is enlarged to the text's width."""
TALLEST = 420.0
"""Millimetres of an exhibit's page that is a picture."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of a ZIP: the first that the format knows."""
TEMPLATES = ("look", "dossier", "inventory", "exhibit")
PDF, ZIP, FOLDER = "pdf", "zip", "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be bound, in which words, and where to."""

    store: str
    out: str
    form: str
    """pdf: the dossier alone; zip, folder: with its exhibits."""
    dossier: Dossier
    words: Mapping[str, str]
    statuses: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What came of it."""

    bytes: int
    pages: int
    standards: tuple[str, ...]
    files: tuple[tuple[str, str, int], ...] = ()
    """Name, SHA-256 and bytes of each file of a ZIP or a folder."""


class Damaged(Exception):
    """A kept file is not what its name says, or is not there. Its argument is the hash."""


def bind(order: Order) -> Bound:
    """Bind a dossier. Nothing is at `out` until all of it is there."""
    with within(SECONDS), TemporaryDirectory() as folder:
        desk = _Desk(Path(folder), order)
        return {PDF: _as_pdf, ZIP: _as_zip, FOLDER: _as_folder}[order.form](desk)


class _Desk:
    """The folder in which papers are set."""

    def __init__(self, folder: Path, order: Order) -> None:
        self.folder, self.order = folder, order
        self.store: Store = at(order.store)
        for name in TEMPLATES:
            source = files(__package__).joinpath("typst", f"{name}.typ").read_text("utf-8")
            (folder / f"{name}.typ").write_text(source, "utf-8")
        pictures = dict(self._pictures())
        self.data = layouts.data_of(order.dossier, pictures, order.words, order.statuses)
        self.standards: tuple[str, ...] = ()

    def set_paper(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return a paper as a PDF: the most accessible that its words allow."""
        (self.folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        paper = typesetting.set_paper(self.folder / f"{template}.typ")
        self.standards = paper.standards
        return paper.body

    def _pictures(self) -> Iterator[tuple[tuple[str, int], Picture]]:
        """Draw each page that is shown, once; what cannot be drawn is left out."""
        drawn = {exhibit.sha256: exhibit for exhibit in self.order.dossier.exhibits}
        wanted = {
            (passage.sha256, page)
            for statement in self.order.dossier.statements
            for passage in statement.passages
            for page in pages_shown(passage)
        }
        for sha256, page in sorted(wanted):
            with suppress(CannotDraw, KeyError):
                yield (sha256, page), self.draw(drawn[sha256], page)

    def draw(self, exhibit: Exhibit, page: int) -> Picture:
        """Draw a page to a file; raise `CannotDraw` or `KeyError`."""
        if not exhibit.drawn:
            raise KeyError(exhibit.sha256)
        with self.store.path(exhibit.drawn) as path:
            image = paint(path, exhibit.drawn_kind, page, PIXELS)
        body, ending = packed(image)
        name = f"{exhibit.sha256[:16]}-{page}.{ending}"
        (self.folder / name).write_bytes(body)
        width_pt = image.width / PIXELS * 595
        return Picture(file=name, width=image.width, height=image.height, width_pt=width_pt)


def packed(image: Image.Image) -> tuple[bytes, str]:
    """Return a picture in the smaller of two forms, grey where it has no colour, and its ending.

    Sixteen greys are enough for letters; photographs and scans are smaller as JPEG.
    """
    if image.mode != "L" and _is_grey(image):
        image = image.convert("L")
    jpeg, png = BytesIO(), BytesIO()
    image.save(jpeg, "JPEG", quality=78, optimize=True)
    if image.mode == "L" and _is_print(image):
        # Not as a palette, which the typesetter would write as three colours.
        image.point([round(grey / 17) * 17 for grey in range(256)]).save(png, "PNG")
        if len(png.getvalue()) < len(jpeg.getvalue()):
            return png.getvalue(), "png"
    return jpeg.getvalue(), "jpg"


def _is_print(image: Image.Image) -> bool:
    """Answer whether nearly all of a grey picture is paper or ink, unlike a photograph."""
    counts = image.histogram()
    return sum(counts[:64]) + sum(counts[200:]) >= 0.9 * sum(counts)


def _is_grey(image: Image.Image) -> bool:
    small = image.convert("RGB").resize((64, 64), Image.Resampling.BOX).tobytes()
    return all(max(small[i : i + 3]) - min(small[i : i + 3]) <= 12 for i in range(0, len(small), 3))


# Forms


def _as_pdf(desk: _Desk) -> Bound:
    body = desk.set_paper("dossier", desk.data)
    with _beside(Path(desk.order.out)) as new:
        new.write_bytes(body)
    return Bound(bytes=len(body), pages=_count(body), standards=desk.standards)


def _as_zip(desk: _Desk) -> Bound:
    with _beside(Path(desk.order.out)) as new:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_STORED, strict_timestamps=True) as archive:
            bound = _fill(desk, _Zip(archive))
        size = new.stat().st_size
    return Bound(bytes=size, pages=bound[0], standards=desk.standards, files=bound[1])


def _as_folder(desk: _Desk) -> Bound:
    out = Path(desk.order.out)
    new = Path(mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        pages, written = _fill(desk, _Folder(new))
        new.chmod(0o755)
        if out.exists():
            out.rmdir()  # Who asked has looked that it is empty.
        new.replace(out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    size = sum(each[2] for each in written)
    return Bound(bytes=size, pages=pages, standards=desk.standards, files=written)


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """Lend a name beside a file, and give it the file's when all went well."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".new-") as folder:
        new = Path(folder, out.name)
        yield new
        new.replace(out)


def _count(body: bytes) -> int:
    with pikepdf.open(BytesIO(body)) as document:
        return len(document.pages)


class _Into(Protocol):
    """What files are put into."""

    def put(self, name: str, content: Any) -> tuple[str, int]:
        """Copy a readable content under a name; return its SHA-256 and its size."""


@dataclass(slots=True)
class _Hashing:
    """Copies, and learns what passes."""

    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0

    def copy(self, content: Any, out: Any) -> tuple[str, int]:
        while block := content.read(BLOCK):
            self.digest.update(block)
            self.size += len(block)
            out.write(block)
        return self.digest.hexdigest(), self.size


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def put(self, name: str, content: Any) -> tuple[str, int]:
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        with self._archive.open(entry, "w", force_zip64=True) as out:
            return _Hashing().copy(content, out)


class _Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, content: Any) -> tuple[str, int]:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            return _Hashing().copy(content, out)


def _fill(desk: _Desk, into: _Into) -> tuple[int, tuple[tuple[str, str, int], ...]]:
    """Put all files of a dossier; return the pages of the first and what was put."""
    body = desk.set_paper("dossier", desk.data)
    standards = desk.standards
    written = [("dossier.pdf", *into.put("dossier.pdf", BytesIO(body)))]
    if desk.order.dossier.exhibits:
        inventory = desk.set_paper("inventory", desk.data)
        written.append(("inventaire.pdf", *into.put("inventaire.pdf", BytesIO(inventory))))
    for number, exhibit in enumerate(desk.order.dossier.exhibits, start=1):
        written += _exhibit(desk, into, number, exhibit)
    manifest = json.dumps(
        manifest_of(desk.order.dossier, written), ensure_ascii=False, indent=1, sort_keys=True
    )
    content = BytesIO(f"{manifest}\n".encode())
    written.append(("manifest.json", *into.put("manifest.json", content)))
    sums = "".join(f"{sha256}  {name}\n" for name, sha256, _ in sorted(written))
    into.put("SHA256SUMS", BytesIO(sums.encode()))
    desk.standards = standards
    return _count(body), tuple(written)


def _exhibit(
    desk: _Desk, into: _Into, number: int, exhibit: Exhibit
) -> Iterator[tuple[str, str, int]]:
    """Put an exhibit as it is, and stamped."""
    count = len(desk.order.dossier.exhibits)
    name = f"pieces/{exhibit_name(number, exhibit, count=count)}"
    try:
        with desk.store.open(exhibit.sha256) as content:
            sha256, size = into.put(name, content)
    except KeyError:
        raise Damaged(exhibit.sha256) from None
    if sha256 != exhibit.sha256:
        raise Damaged(exhibit.sha256)
    yield name, sha256, size
    name = f"pieces-estampillees/{exhibit_name(number, exhibit, 'pdf', count=count)}"
    with _stamped(desk, number, exhibit).open("rb") as content:
        yield (name, *into.put(name, content))


def _stamped(desk: _Desk, number: int, exhibit: Exhibit) -> Path:
    out = desk.folder / "stamped.pdf"
    label = desk.order.words["exhibit_number"].format(number=number).replace("\u00a0", " ")
    if exhibit.drawn_kind == "pdf":
        with desk.store.path(exhibit.drawn) as path:
            stamping.stamp(path, out, label)
        return out
    data = {
        "title": f"{label} - {flowing(exhibit.title)}",
        "stamp": label,
        "day": desk.data["paper"]["day"],
        "language": exhibit.language if exhibit.language in {"fr", "en"} else "fr",
        "sheets": list(_sheets(desk, exhibit)),
    }
    out.write_bytes(desk.set_paper("exhibit", data))
    return out


def _sheets(desk: _Desk, exhibit: Exhibit) -> Iterator[dict[str, Any]]:
    """Yield the pages of an exhibit that is no PDF: its pictures, else what it says."""
    for page, text in enumerate(exhibit.texts or ("",) * exhibit.pages, start=1):
        with suppress(CannotDraw, KeyError):
            picture = desk.draw(exhibit, page)
            width = 297.0 if picture.ratio < 1 else min(210.0, TALLEST / picture.ratio)
            alt = desk.order.words["alt_sheet"].format(page=page)
            size = {"width": width, "height": round(width * picture.ratio, 2)}
            yield {"file": picture.file, "alt": alt, "lines": [], **size}
            continue
        yield {"file": "", "lines": layouts.paragraphs(text) or [desk.order.words["no_picture"]]}


def manifest_of(dossier: Dossier, written: list[tuple[str, str, int]]) -> dict[str, Any]:
    """Return what programs read of a dossier: sentences, exhibits, the hash of each file."""
    cover, count = dossier.cover, len(dossier.exhibits)
    return {
        "report": "contrechamp.dossier",
        "version": 1,
        "title": cover.title,
        "author": cover.author or None,
        "day": cover.day,
        "language": cover.language,
        "observatory": cover.observatory,
        "address": cover.address or None,
        "edition": cover.edition or None,
        "statements": [
            {
                "number": number,
                "sentence": each.sentence,
                "id": each.id or None,
                "url": each.url or None,
                "status": each.status or None,
                "note": each.note or None,
                "passages": [
                    {
                        "exhibit": dossier.number_of(passage.sha256),
                        "pages": [passage.page_from, passage.page_to],
                        "exact": passage.exact,
                        "rects": {
                            str(page): [list(r) for r in rows] for page, rows in passage.rects
                        },
                        "url": passage.url,
                    }
                    for passage in each.passages
                ],
                "sources": [{"title": one.title, "url": one.url or None} for one in each.sources],
            }
            for number, each in enumerate(dossier.statements, start=1)
        ],
        "exhibits": [
            {
                "number": number,
                "file": f"pieces/{exhibit_name(number, each, count=count)}",
                "stamped": f"pieces-estampillees/{exhibit_name(number, each, 'pdf', count=count)}",
                "sha256": each.sha256,
                "bytes": each.bytes,
                "pages": each.pages,
                "title": each.title,
                "author": each.author or None,
                "dated": each.dated or None,
                "origin": each.origin,
                "source_url": each.source_url or None,
                "url": each.url,
            }
            for number, each in enumerate(dossier.exhibits, start=1)
        ],
        "files": [
            {"name": name, "sha256": sha256, "bytes": size} for name, sha256, size in written
        ],
    }

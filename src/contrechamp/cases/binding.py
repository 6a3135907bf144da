"""What binds a case in a process of `foundation.bulk`: copies cleaned, split, stamped, joined.

It takes plain values and the address of the store, and writes one folder beside where it belongs,
then renames it. The same order gives the same bytes: no clock, no chance, our own letters.

    depot/00_Inventaire.pdf, depot/01_….pdf …   for the court's platform, one file per exhibit
    recueil.pdf                                 for reading: cover, inventory, stamped exhibits
    inventaire-interne.pdf                      with hashes and confidentiality: not for the court
    manifest.json, SHA256SUMS                   the hash of each file
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pikepdf
from PIL import Image

from contrechamp.documents.domain.drawing import CannotDraw, paint
from contrechamp.documents.domain.reasons import CannotRead
from contrechamp.documents.domain.scrubbing import scrub
from contrechamp.foundation import typesetting
from contrechamp.foundation.bulk import within
from contrechamp.foundation.store import Store, at

from . import reading
from .domain import inventory
from .domain.exhibits import INVENTORY, Exhibit, file_name, part_letters
from .domain.inventory import Cover, Kept, Part

SECONDS = 900.0
PIXELS = 1654
"""Width of an exhibit's page that is a picture: 200 dots an inch on A4."""
A4 = (595.28, 841.89)
TEMPLATES = ("look", "front", "inventory", "text")
PDF, IMAGE = "pdf", "image"
PROGRESS = "progress.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An exhibit, and where its pages are."""

    exhibit: Exhibit
    drawn: str
    """Key in the store of the content that its pages are drawn from; empty: its texts alone."""
    kind: str = PDF
    """Of that content: `pdf` or `image`."""
    texts: tuple[str, ...] = ()
    """What its pages say, when they have no picture."""
    store: str = ""
    """Address of the store that holds it; empty: that of the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be bound, and where to."""

    store: str
    out: str
    cover: Cover
    pieces: tuple[Piece, ...]
    """In the order of their numbers."""
    most_bytes: int
    """Of one file of the deposit."""
    work: str = ""
    """A folder that outlives a process that is killed: copies made are not made again, and
    `progress.json` says how far it is. Empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What came of it."""

    pages: int
    """Of the reading bundle."""
    files: tuple[tuple[str, str, int], ...]
    """Path, SHA-256 and bytes of each file, in order."""


DAMAGED, TELLS, TOO_LARGE, UNREADABLE = "damaged", "tells", "too_large", "unreadable"


@dataclass(frozen=True, slots=True)
class NotBound:
    """Why nothing was bound, as plain values that travel between processes."""

    why: str
    """`damaged`, `tells` (metadata remain), `too_large` (one page alone), `unreadable`."""
    key: str = ""
    more: str = ""


class _Stopped(Exception):
    """Ends a binding. Its argument is a `NotBound`."""


def bind(order: Order) -> Bound | NotBound:
    """Bind a case. Nothing is at `out` until all of it is there."""
    out = Path(order.out)
    with within(SECONDS), TemporaryDirectory() as folder:
        new = Path(mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
        try:
            bound = _Desk(Path(folder), order).write(new)
            new.chmod(0o755)
            if out.exists():
                out.rmdir()  # Who asked has looked that it is empty.
            new.replace(out)
        except _Stopped as stopped:
            found: NotBound = stopped.args[0]
            return found
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return bound


class _Desk:
    """The folder in which a bundle is made."""

    def __init__(self, folder: Path, order: Order) -> None:
        self.folder, self.order = folder, order
        self.copies = Path(order.work) if order.work else folder
        for name in TEMPLATES:
            source = files(__package__).joinpath("typst", f"{name}.typ").read_text("utf-8")
            (folder / f"{name}.typ").write_text(source, "utf-8")

    def write(self, out: Path) -> Bound:
        """Write all files of the bundle into an empty folder."""
        deposit = out / "depot"
        deposit.mkdir()
        copies, kept, count = [], [], len(self.order.pieces)
        for done, piece in enumerate(self.order.pieces):
            self.tell(done, count * 2 + 1)
            copies.append(self.copy_of(piece))
        for done, (piece, path) in enumerate(zip(self.order.pieces, copies, strict=True)):
            self.tell(count + done, count * 2 + 1)
            kept.append(self.deposited(piece, path, deposit))
        cover = self.order.cover
        (deposit / INVENTORY).write_bytes(self.set("inventory", inventory.of_court(cover, kept)))
        internal = self.set("inventory", inventory.internal(cover, kept))
        (out / "inventaire-interne.pdf").write_bytes(internal)
        pages = reading.write_bundle(
            out / "recueil.pdf",
            [(each.exhibit, path) for each, path in zip(kept, copies, strict=True)],
            front=lambda total, first: self.set(
                "front", inventory.front(cover, kept, total, first)
            ),
            title=cover.title,
            scratch=self.folder,
        )
        return Bound(pages=pages, files=self._listed(out, kept))

    def tell(self, done: int, of: int) -> None:
        """Say how far it is, where somebody looks."""
        if self.order.work:
            new = self.copies / "progress.new"
            new.write_text(json.dumps({"done": done, "of": of}), "utf-8")
            new.replace(self.copies / PROGRESS)

    def set(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return a paper as a PDF: the most accessible that its words allow."""
        (self.folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return typesetting.set_paper(self.folder / f"{template}.typ").body

    def copy_of(self, piece: Piece) -> Path:
        """Return an exhibit as a PDF that tells nothing of who made it."""
        try:
            return self._copy_of(piece)
        except (CannotRead, CannotDraw):
            raise _Stopped(NotBound(UNREADABLE, piece.exhibit.key)) from None

    def _copy_of(self, piece: Piece) -> Path:
        """Make the copy, or find the one that a process made before it was killed."""
        of = (piece.drawn, piece.kind, piece.texts, piece.exhibit.pages, self.order.cover.day)
        name = hashlib.sha256(repr(of).encode()).hexdigest()
        kept = self.copies / f"{name[:40]}.pdf"
        if not kept.exists():
            self._make_copy(piece).replace(kept)
        return kept

    def _make_copy(self, piece: Piece) -> Path:
        path = self.copies / "new.pdf"
        raw = self.folder / "raw.pdf"
        if piece.drawn and piece.kind == PDF:
            with self._lent(piece) as source:
                found = scrub(source, path)
        else:
            if piece.drawn:
                with self._lent(piece) as source:
                    _as_pictures(source, piece.exhibit.pages or 1, raw)
            else:
                raw.write_bytes(self.set("text", inventory.text(self.order.cover, piece.texts)))
            found = scrub(raw, path)
        if found.after:
            raise _Stopped(NotBound(TELLS, piece.exhibit.key, ", ".join(sorted(found.after))))
        return path

    @contextmanager
    def _lent(self, piece: Piece) -> Iterator[Path]:
        store: Store = at(piece.store or self.order.store)
        try:
            if not store.verify(piece.drawn):
                raise _Stopped(NotBound(DAMAGED, piece.exhibit.key))
            with store.path(piece.drawn) as path:
                yield path
        except KeyError:
            raise _Stopped(NotBound(DAMAGED, piece.exhibit.key)) from None

    def deposited(self, piece: Piece, path: Path, deposit: Path) -> Kept:
        """Put an exhibit into the deposit, in parts where it is too large for one file."""
        count = len(self.order.pieces)
        exhibit = replace(piece.exhibit, pages=_count(path))
        spans = [(1, exhibit.pages)]
        if path.stat().st_size > self.order.most_bytes:
            spans = list(_spans(path, exhibit, self.order.most_bytes, self.folder))
        parts = []
        for letter, (first, last) in zip(part_letters(len(spans)), spans, strict=True):
            name = file_name(exhibit.number, exhibit.label, count=count, part=letter)
            target = deposit / name
            if len(spans) == 1:
                shutil.copyfile(path, target)
            else:
                _cut_out(path, first, last, target)
            sha256, size = _hashed(target)
            parts.append(Part(name=name, first=first, last=last, sha256=sha256, bytes=size))
        return Kept(exhibit=exhibit, parts=tuple(parts))

    def _listed(self, out: Path, kept: Sequence[Kept]) -> tuple[tuple[str, str, int], ...]:
        """Write the manifest and the sums, and return every file but these."""
        paths = sorted(path for path in out.rglob("*") if path.is_file())
        made = [(path.relative_to(out).as_posix(), *_hashed(path)) for path in paths]
        manifest = inventory.manifest(self.order.cover, kept, made)
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (out / "manifest.json").write_text(f"{text}\n", "utf-8")
        made.append(("manifest.json", *_hashed(out / "manifest.json")))
        sums = "".join(f"{sha256}  {name}\n" for name, sha256, _ in made)
        (out / "SHA256SUMS").write_text(sums, "utf-8")
        return tuple(made)


def look(path: str) -> tuple[str, int] | None:
    """Return the kind and the pages of a file that was sent to us, None where it is neither PDF
    nor picture. Foreign bytes: for a child."""
    with within(SECONDS):
        try:
            with pikepdf.open(path) as document:
                return PDF, len(document.pages)
        except pikepdf.PasswordError:
            return None
        except pikepdf.PdfError:
            pass
        try:
            with Image.open(path) as picture:
                pages = int(getattr(picture, "n_frames", 1))
            paint(Path(path), IMAGE, 1, 64)
        except (OSError, ValueError, CannotDraw):
            return None
        return IMAGE, pages


def _as_pictures(source: Path, pages: int, out: Path) -> None:
    """Write the pages of a picture as a PDF, each as large as A4 at most is wide."""
    with pikepdf.new() as document:
        for number in range(1, pages + 1):
            image = paint(source, IMAGE, number, PIXELS)
            _add_picture(document, image)
        document.save(out, deterministic_id=True)


def _add_picture(document: Any, image: Image.Image) -> None:
    body = BytesIO()
    plain = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    plain.save(body, "JPEG", quality=85, optimize=True)
    wide = A4[1] if image.width > image.height else A4[0]
    high = round(wide * image.height / image.width, 2)
    page: Any = document.add_blank_page(page_size=(wide, high))
    stream = document.make_stream(
        body.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceGray if plain.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    page.Contents = document.make_stream(f"q {wide} 0 0 {high} 0 0 cm /Im Do Q".encode("ascii"))


def _spans(path: Path, exhibit: Exhibit, most: int, scratch: Path) -> Iterator[tuple[int, int]]:
    """Yield first and last pages of parts that are each small enough, halving what is not."""
    trial = scratch / "trial.pdf"
    waiting = [(1, exhibit.pages)]
    while waiting:
        first, last = waiting.pop(0)
        _cut_out(path, first, last, trial)
        if trial.stat().st_size <= most:
            yield first, last
        elif first == last:
            raise _Stopped(NotBound(TOO_LARGE, exhibit.key))
        else:
            middle = (first + last) // 2
            waiting[:0] = [(first, middle), (middle + 1, last)]


def _cut_out(path: Path, first: int, last: int, out: Path) -> None:
    with pikepdf.open(path) as source, pikepdf.new() as part:
        part.pages.extend(source.pages[first - 1 : last])
        part.remove_unreferenced_resources()
        part.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _count(path: Path) -> int:
    with pikepdf.open(path) as document:
        return len(document.pages)


def _hashed(path: Path) -> tuple[str, int]:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        return digest, content.tell()

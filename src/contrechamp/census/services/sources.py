"""Opening what is to be imported: its size, its hash, its encoding, before anything is read."""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop

MEGABYTE = 1024 * 1024
TEXT_LIMIT = 256 * MEGABYTE
"""A text is read whole: four times the largest list met so far."""
ZIP_LIMIT = 2048 * MEGABYTE
"""All that a ZIP may unpack to."""
ENTRIES = 20_000
RATIO = 200
"""A text packs to a twentieth; what packs to less than a two-hundredth is a bomb."""


@dataclass(slots=True)
class Source:
    """A file that was opened and found readable."""

    path: Path
    sha256: str
    bytes: int
    lines: int = 0
    encoding: str = ""
    text: str = ""
    parts: list[Source] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Return what the report says of it."""
        return {
            "name": self.path.name,
            "sha256": self.sha256,
            "bytes": self.bytes,
            "lines": self.lines,
            "encoding": self.encoding,
        }


def check_file(path: Path, limit: int) -> int:
    """Return the size of a file that can be read, or raise `Refused`."""
    try:
        if not path.is_file():
            sentence = (
                gettext_noop("« {path} » est un dossier : donnez un fichier.")
                if path.is_dir()
                else gettext_noop("Le fichier « {path} » n'existe pas. Vérifiez son nom.")
            )
            raise Refused(sentence, path=str(path))
        size = path.stat().st_size
    except OSError as error:
        raise Refused(
            gettext_noop("Le fichier « {path} » ne peut pas être lu ({problem})."),
            path=str(path),
            problem=error.strerror or "?",
        ) from None
    if size > limit:
        raise Refused(
            gettext_noop(
                "« {name} » a {size} Mo ; au plus {limit} Mo en une fois. Coupez-le en plusieurs"
                " fichiers entre deux lignes."
            ),
            name=path.name,
            size=size // MEGABYTE,
            limit=limit // MEGABYTE,
        )
    if size == 0:
        raise Refused(gettext_noop("« {name} » est vide."), name=path.name)
    return size


def open_text(path: Path, encoding: str = "") -> Source:
    """Open a text. Bytes that are not in the encoding are refused with their line."""
    check_file(path, TEXT_LIMIT)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(
            gettext_noop("Le fichier « {path} » ne peut pas être lu ({problem})."),
            path=str(path),
            problem=error.strerror or "?",
        ) from None
    return text_of(path, data, encoding)


def text_of(path: Path, data: bytes, encoding: str = "") -> Source:
    """Return a text that was read, decoded."""
    text = decode(data, encoding, path.name)
    lines = text.count("\n") + (not text.endswith("\n"))
    name = codecs.lookup(encoding).name if encoding else "utf-8"
    return Source(path, hashlib.sha256(data).hexdigest(), len(data), lines, name, text)


def decode(data: bytes, encoding: str, name: str) -> str:
    """Return the text of bytes, or raise `Refused` with the line that is not in the encoding."""
    try:
        codec = codecs.lookup(encoding or "utf-8-sig")
        "".encode(codec.name)  # base64 and its like are codecs too, and no text.
    except LookupError:
        raise Refused(
            gettext_noop(
                "« {encoding} » n'est pas un codage connu : utf-8, cp1252, latin-1, utf-16."
            ),
            encoding=encoding,
        ) from None
    try:
        text = data.decode(codec.name)
    except UnicodeDecodeError as error:
        raise Refused(
            gettext_noop(
                "{name}, ligne {line} : un octet n'est pas en {encoding}. Enregistrez le fichier en"
                " UTF-8, ou dites son codage avec --encoding (souvent {guess})."
            ),
            name=name,
            line=data[: error.start].count(b"\n") + 1,
            encoding=(encoding or "UTF-8").upper(),
            guess="utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "cp1252",
        ) from None
    if "\0" in text:
        raise Refused(
            gettext_noop("{name}, ligne {line} : octet nul. Ce n'est pas un fichier de texte."),
            name=name,
            line=text[: text.index("\0")].count("\n") + 1,
        )
    return text.removeprefix("\ufeff")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in blocks."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def is_zip(path: Path) -> bool:
    """Answer whether a file begins as a ZIP does."""
    try:
        with path.open("rb") as content:
            return content.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a ZIP whose entries are few enough, small enough and inside it; or raise `Refused`."""
    check_file(path, ZIP_LIMIT)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        raise Refused(
            gettext_noop("« {name} » n'est pas un ZIP entier : téléchargez-le à nouveau."),
            name=path.name,
        ) from None
    try:
        _check_entries(archive, path.name)
    except Refused:
        archive.close()
        raise
    return archive


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES or total > ZIP_LIMIT:
        raise Refused(
            gettext_noop("« {name} » se déplie en {size} Mo et {count} fichiers : c'est trop."),
            name=name,
            size=total // MEGABYTE,
            count=len(entries),
        )
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0:1]:
            raise Refused(
                gettext_noop("« {name} » contient un chemin hors du dossier : « {path} »."),
                name=name,
                path=entry.filename[:120],
            )
        if entry.flag_bits & 0x1:
            raise Refused(gettext_noop("« {name} » est protégé par un mot de passe."), name=name)
        if entry.file_size > MEGABYTE and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise Refused(
                gettext_noop(
                    "« {path} » se déplie en {size} Mo pour {packed} octets : c'est une bombe, elle"
                    " n'est pas ouverte."
                ),
                path=entry.filename[:120],
                size=entry.file_size // MEGABYTE,
                packed=entry.compress_size,
            )


def read_entry(archive: zipfile.ZipFile, name: str, limit: int = TEXT_LIMIT) -> bytes:
    """Return one entry of a ZIP, however big its header says that it is."""
    out = io.BytesIO()
    try:
        with archive.open(name) as entry:
            while block := entry.read(MEGABYTE):
                out.write(block)
                if out.tell() > limit:
                    raise Refused(
                        gettext_noop("« {name} » a plus de {limit} Mo."),
                        name=name,
                        limit=limit // MEGABYTE,
                    )
    except (zipfile.BadZipFile, EOFError, OSError):
        raise Refused(
            gettext_noop("« {name} » est abîmé dans le ZIP : téléchargez-le à nouveau."), name=name
        ) from None
    except KeyError:
        raise Refused(gettext_noop("Le ZIP n'a pas de « {name} »."), name=name) from None
    return out.getvalue()

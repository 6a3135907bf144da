"""Is a folder the dump that its manifest says, and who signed it?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.opendata.domain.manifest import (
    KEY,
    MANIFEST,
    SIGNATURE,
    Difference,
    Manifest,
    differences,
    read,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found."""

    manifest: Manifest
    fingerprint: str
    """Of the key that it was checked with."""
    differences: Sequence[Difference]


def check_dump(folder: Path, *, key: Path | None = None) -> Checked:
    """Compare a folder with its manifest, and the manifest with its signature.

    Without a key that in the folder is taken: then whoever could change the files could change it
    too, and one compares the fingerprint with the one that the site shows. Raise `Refused` when
    there is nothing to compare with.
    """
    data, manifest = _manifest(folder)
    public_key = _text(key or folder / KEY)
    try:
        signature = (folder / SIGNATURE).read_bytes()
    except OSError:
        signature = b""
    found = {
        part.name: _told(folder / part.name)
        for part in manifest.parts
        if (folder / part.name).is_file()
    }
    told = list(differences(manifest, found, (each.name for each in folder.iterdir())))
    if not signing.check(data, signature, public_key):
        told.insert(0, Difference(name=SIGNATURE, what="signature" if signature else "missing"))
    return Checked(manifest=manifest, fingerprint=signing.fingerprint(public_key), differences=told)


def _manifest(folder: Path) -> tuple[bytes, Manifest]:
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise Refused(
            gettext_noop("« {path} » est illisible ({problem}) : donnez le dossier d'un export."),
            path=str(folder / MANIFEST),
            problem=error.strerror or "?",
        ) from None
    return data, read(data)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(
            gettext_noop("La clé « {path} » est illisible : donnez `public-key.pem` (--key)."),
            path=str(path),
        ) from None


def _told(path: Path) -> tuple[int, str]:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return path.stat().st_size, digest

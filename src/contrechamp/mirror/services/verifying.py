"""Whether a copy is whole: every file hashed again, and the signature of its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.mirror.domain.manifest import (
    KEY,
    MANIFEST,
    OWN,
    WORK,
    Difference,
    Manifest,
    compare,
    read_manifest,
)

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found."""

    manifest: Manifest
    difference: Difference
    is_signed: bool
    """Whether the signature is that of the key."""
    fingerprint: str
    """Of the key that the signature was checked with."""
    is_own_key: bool
    """Whether that key lay in the copy itself: it then proves nothing about who signed."""
    is_unfinished: bool
    """Whether a run of the export has not ended."""


def hashed(path: Path) -> tuple[int, str]:
    """Return the size and the SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def on_disk(
    folder: Path, progress: Callable[[int], object] = lambda done: None
) -> dict[str, tuple[int, str]]:
    """Return size and hash of every file of a copy, but for the manifest and its signature."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name in OWN or name.startswith(f"{WORK}/") or path.is_symlink() or not path.is_file():
            if path.is_symlink():
                found[name] = (-1, "")  # A link may lead anywhere: it is no file of a copy.
            continue
        found[name] = hashed(path)
        progress(len(found))
    return found


def verify(
    folder: Path,
    *,
    manifest: Path | None = None,
    key: str = "",
    progress: Callable[[int], object] = lambda done: None,
) -> Verified:
    """Hash every file of a copy again and compare with its manifest, or with the one given.

    `key`: the public key (PEM) of who should have signed; the copy's own when empty.
    Raise `Refused` where there is no manifest, or no key.
    """
    path = manifest or folder / MANIFEST
    content = _read(path)
    said = read_manifest(content)
    signature = path.with_name(f"{path.name}.sig")
    pem = key or _read(path.with_name(KEY)).decode("utf-8", "replace")
    is_signed = signature.exists() and signing.check(content, signature.read_bytes(), pem)
    return Verified(
        manifest=said,
        difference=compare(said.files, on_disk(folder, progress)),
        is_signed=is_signed,
        fingerprint=signing.fingerprint(pem),
        is_own_key=not key,
        is_unfinished=(folder / WORK).exists(),
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refused(
            gettext_noop("Il manque « {path} » : est-ce le dossier d'une copie du site ?"),
            path=str(path),
        ) from None


__all__ = ["Verified", "hashed", "on_disk", "verify"]

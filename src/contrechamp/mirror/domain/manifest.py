"""The manifest of a copy: every file with its hash, so that anybody can tell if it is whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop

FORMAT = "contrechamp-mirror/1"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.json.sig", "public-key.pem"
WORK = ".contrechamp-mirror"
"""The folder in which a copy is prepared; it is gone when the copy is complete."""
OWN = {MANIFEST, SIGNATURE, KEY}


class NoManifest(Refused):
    """What was given is no manifest of a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a copy holds."""

    origin: str
    """The address of the site that was copied, or empty."""
    version: str
    """Of the program that wrote it."""
    day: str
    """The day that its pages tell."""
    previous: str = ""
    """SHA-256 of the manifest before this one in the same folder, or empty."""
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Bytes and SHA-256 of each file, by its name from the top of the copy."""

    def written(self) -> bytes:
        """Return the manifest as it lies in the copy: the same content, the same bytes."""
        rows = {
            path: {"bytes": size, "sha256": digest} for path, (size, digest) in self.files.items()
        }
        said = {
            "format": FORMAT,
            "origin": self.origin,
            "version": self.version,
            "day": self.day,
            "previous": self.previous,
            "files": rows,
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=0)
        return f"{text}\n".encode()

    @property
    def content(self) -> tuple[object, ...]:
        """Return what makes two manifests tell of the same copy."""
        return (self.origin, self.version, self.day, dict(self.files))


def read_manifest(content: bytes) -> Manifest:
    """Return a manifest from its bytes; raise `NoManifest` for anything else."""
    try:
        said: Any = json.loads(content)
        _check_format(said["format"])
        files = {
            _checked(path): (int(each["bytes"]), str(each["sha256"]))
            for path, each in said["files"].items()
        }
        plain = {key: str(said[key]) for key in ("origin", "version", "day", "previous")}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoManifest(
            gettext_noop(
                "Ce n'est pas le manifeste d'une copie ({format}) : donnez manifest.json."
            ),
            format=FORMAT,
        ) from None
    return Manifest(files=files, **plain)


def _check_format(name: object) -> None:
    if name != FORMAT:
        raise ValueError(name)


def _checked(path: str) -> str:
    """Return a path that stays inside of a copy; raise `ValueError` for another."""
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path or any(p in ("", ".", "..") for p in parts):
        raise ValueError(path)
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """In what a copy is not what its manifest says."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.extra)


def compare(
    said: Mapping[str, tuple[int, str]], found: Mapping[str, tuple[int, str]]
) -> Difference:
    """Return what is missing, changed and too much, by name."""
    return Difference(
        missing=tuple(sorted(said.keys() - found.keys())),
        changed=tuple(sorted(p for p in said.keys() & found.keys() if said[p] != found[p])),
        extra=tuple(sorted(found.keys() - said.keys())),
    )

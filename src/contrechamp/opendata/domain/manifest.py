"""The manifest of a dump: name, bytes, hash and rows of each file, and the manifest before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop

FORMAT, VERSION = "contrechamp.open-data", 1
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.json.sig", "public-key.pem"
BESIDE = frozenset({MANIFEST, SIGNATURE, KEY})
"""Files that no manifest can list: itself, and what it is checked with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a dump."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a dump holds. `previous` is the SHA-256 of the manifest before it, or empty."""

    made_on: date
    as_of: str
    """Day of the last change of what is public, YYYY-MM-DD, or empty."""
    licence: str
    previous: str
    tables: Mapping[str, int]
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        """Return the file of that name, or None."""
        return next((each for each in self.parts if each.name == name), None)


def written(manifest: Manifest) -> bytes:
    """Return a manifest as it is signed: sorted keys, LF."""
    said = {
        "format": FORMAT,
        "version": VERSION,
        "date": manifest.made_on.isoformat(),
        "as_of": manifest.as_of,
        "licence": manifest.licence,
        "previous": manifest.previous or None,
        "tables": dict(manifest.tables),
        "files": [
            {"name": each.name, "bytes": each.bytes, "sha256": each.sha256, "rows": each.rows}
            for each in sorted(manifest.parts, key=lambda part: part.name)
        ],
    }
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read(data: bytes) -> Manifest:
    """Return the manifest that these bytes are, or raise `Refused`."""
    try:
        return _manifest(json.loads(data))
    except (KeyError, TypeError, ValueError):
        raise Refused(
            gettext_noop(
                "« {name} » n'est pas le manifeste d'un de nos exports complets, ou vient d'une"
                " version plus récente."
            ),
            name=MANIFEST,
        ) from None


def _manifest(said: Mapping[str, Any]) -> Manifest:
    if said["format"] != FORMAT or said["version"] != VERSION:
        raise ValueError(said["format"])
    return Manifest(
        made_on=date.fromisoformat(said["date"]),
        as_of=str(said["as_of"]),
        licence=str(said["licence"]),
        previous=str(said["previous"] or ""),
        tables={str(name): int(rows) for name, rows in said["tables"].items()},
        parts=tuple(
            Part(
                name=_name(each["name"]),
                bytes=int(each["bytes"]),
                sha256=str(each["sha256"]),
                rows=None if each["rows"] is None else int(each["rows"]),
            )
            for each in said["files"]
        ),
    )


def _name(name: object) -> str:
    """Return a name that leads to a file of the dump's own folder, or raise `ValueError`."""
    text = str(name)
    if not text or text.startswith(".") or "/" in text or "\\" in text or "\0" in text:
        raise ValueError(text)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which a folder is not what its manifest says."""

    name: str
    what: str
    """missing, changed, unlisted, signature."""


def differences(
    manifest: Manifest, found: Mapping[str, tuple[int, str]], names: Iterable[str]
) -> Sequence[Difference]:
    """Return what differs, by name. `found` is size and hash of each listed file that is there."""
    told = []
    for part in manifest.parts:
        if part.name not in found:
            told.append(Difference(name=part.name, what="missing"))
        elif found[part.name] != (part.bytes, part.sha256):
            told.append(Difference(name=part.name, what="changed"))
    listed = {part.name for part in manifest.parts} | BESIDE
    told += [Difference(name=name, what="unlisted") for name in set(names) - listed]
    return sorted(told, key=lambda each: each.name)

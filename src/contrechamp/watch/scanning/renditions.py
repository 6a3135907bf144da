"""Which files are one document, and which of them is read.

Files of one folder whose names are equal up to the first dot are renditions of one document:
`X.json` its card, `X.pdf`, `X.ocr.pdf`, `X.txt` its text.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from contrechamp.watch.domain.listed import iso_day

TEXTS = (".txt", ".md")
REGISTERS = (".json", ".xml", ".csv", ".tsv", ".jsonl", ".ndjson")
CARD_KEYS = frozenset({"name", "date", "url", "first_seen_on"})


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a document beside its bytes."""

    title: str | None = None
    url: str | None = None
    listed_on: date | None = None
    first_seen_on: date | None = None
    publisher: str | None = None
    departement: str | None = None


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One document: the files that hold it, by rendition, and its card."""

    pdf: Path | None = None
    ocr_pdf: Path | None = None
    text: Path | None = None
    register: Path | None = None
    card: Card = field(default_factory=Card)
    root: Path = Path()

    @property
    def path(self) -> Path:
        """The file that stands for the document in a list."""
        found = self.register or self.text or self.pdf or self.ocr_pdf
        return found if found is not None else Path()


def sheaves(paths: Iterable[Path]) -> list[Sheaf]:
    """Group the files of folders and lists into documents, in the order of their names.

    Raise `FileNotFoundError` for a path that is not there.
    """
    found: dict[tuple[Path, str], dict[str, Path]] = {}
    roots: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for each in files:
            if each.name.startswith("."):
                continue
            stem = each.name.split(".", 1)[0]
            found.setdefault((each.parent, stem), {})[each.name[len(stem) :].lower()] = each
            roots.setdefault(each, path.parent)
    names = {(folder, stem) for folder, stem in found}
    rows: list[Sheaf] = []
    for parts in found.values():
        rows.extend(
            sheaf
            for sheaf in _sheaves_of(parts, roots)
            if not (sheaf.register and is_index(sheaf.register, names))
        )
    return sorted(rows, key=lambda each: str(each.path))


def _sheaves_of(parts: dict[str, Path], roots: dict[Path, Path]) -> list[Sheaf]:
    rest = dict(parts)
    ocr = rest.pop(".ocr.pdf", None)
    pdf = rest.pop(".pdf", None)
    text = next((rest.pop(end) for end in TEXTS if end in rest), None)
    root = roots[next(iter(parts.values()))]
    if not (ocr or pdf or text):
        return [Sheaf(register=path, root=root) for path in rest.values()]
    card = Card()
    if ".json" in rest and (read := read_card(rest[".json"])) is not None:
        card = read
        del rest[".json"]
    rows = [Sheaf(pdf=pdf, ocr_pdf=ocr, text=text, card=card, root=root)]
    rows += [Sheaf(register=path, root=root) for path in rest.values()]
    return rows


def is_index(path: Path, names: Container[tuple[Path, str]]) -> bool:
    """Answer whether a table only lists documents that stand beside it: nothing to read twice."""
    if path.suffix.lower() not in {".csv", ".tsv"}:
        return False
    try:
        with path.open(encoding="utf-8", newline="") as table:
            rows = csv.DictReader(table)
            for row in rows:
                listed = row.get("file") or row.get("fichier") or ""
                return (path.parent, listed.split(".", 1)[0]) in names
    except (OSError, ValueError, csv.Error):
        return False
    return False


def read_card(path: Path) -> Card | None:
    """Return the card of a document, or None when the file is none."""
    try:
        if path.stat().st_size > 200_000:
            return None
        said: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(said, dict) or CARD_KEYS.isdisjoint(said):
        return None
    return Card(
        title=said.get("name") or said.get("title"),
        url=said.get("url"),
        listed_on=iso_day(said.get("date") or said.get("published_on")),
        first_seen_on=iso_day(said.get("first_seen_on")),
        publisher=said.get("publisher"),
        departement=said.get("departement"),
    )

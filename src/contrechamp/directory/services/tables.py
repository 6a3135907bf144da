"""A list of public bodies as rows: opened, its head checked, read line by line."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from contrechamp.directory.domain.lines import COLUMNS
from contrechamp.kernel.errors import Refused, gettext_noop

BLOCK = 1 << 20
LONGEST = 50_000
"""Signs of one line; a longer one is no line of a list of bodies."""


class NotAList(Refused):
    """The file is not a list of public bodies in that layout."""


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file; refused when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except OSError as error:
        sentence = gettext_noop("{path} ne peut pas être lu : {why}. Vérifiez le chemin.")
        raise NotAList(sentence, path=path.name, why=error.strerror or "?") from error
    return digest.hexdigest()


def rows_of(path: Path, layout: str) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    """Yield each row with the number of its line; None for one that has not the head's columns.

    Refused: not UTF-8, a head without the columns of the layout.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            head = [name.strip().lstrip("#") for name in next(reader, [])]
            _check_head(head, layout, path)
            yield from _rows(reader, head)
    except UnicodeDecodeError as error:
        sentence = gettext_noop("{path} n'est pas en UTF-8. Enregistrez-le en UTF-8.")
        raise NotAList(sentence, path=path.name) from error
    except csv.Error as error:
        sentence = gettext_noop("{path} n'est pas un tableau CSV lisible : {why}.")
        raise NotAList(sentence, path=path.name, why=error) from error


def layout_of(path: Path) -> str:
    """Return the layout that a file's head fits; `forms` when its targets are pages."""
    for layout in ("offices", "bodies"):
        try:
            _number, first = next(iter(rows_of(path, layout)), (0, None))
        except NotAList:
            if layout == "bodies":
                raise
            continue
        is_page = first is not None and first.get("request_email", "").startswith("http")
        return "forms" if layout == "bodies" and is_page else layout
    return "bodies"


def _check_head(head: list[str], layout: str, path: Path) -> None:
    missing = [name for name in COLUMNS[layout] if name not in head]
    if missing:
        sentence = gettext_noop(
            "{path} n'a pas les colonnes de la liste « {layout} » : il manque {missing}."
        )
        raise NotAList(sentence, path=path.name, layout=layout, missing=", ".join(missing))


def _rows(
    reader: Iterator[list[str]], head: list[str]
) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    for cells in reader:
        number = getattr(reader, "line_num", 0)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head) or sum(map(len, cells)) > LONGEST:
            yield number, None
        else:
            yield number, dict(zip(head, cells, strict=True))

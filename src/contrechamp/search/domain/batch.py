"""A list of names as people paste or send it: one a line, or a column of a table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from contrechamp.kernel.errors import Refused, gettext_noop

from .words import fold, tokens

MOST_NAMES = 2_000
LONGEST_NAME = 200
MOST_BYTES = 1_000_000
SHORTEST = 2
"""A name of one letter is in every document."""

HEADINGS = frozenset(
    (
        *("nom", "noms", "name", "names", "terme", "termes", "term", "terms"),
        *("fournisseur", "fournisseurs", "vendor", "vendors", "supplier", "suppliers"),
        *("entreprise", "entreprises", "societe", "societes", "company", "companies"),
        *("titulaire", "titulaires"),
    )
)
"""First cells that say that a table has a heading, folded."""
SEPARATORS = "\t;,"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a list, each once, and what was left out of it."""

    names: tuple[str, ...]
    repeated: int = 0
    too_short: tuple[str, ...] = ()


def decode(content: bytes) -> str:
    """Return the text of a file; what is not UTF-8 is what French spreadsheets write."""
    if len(content) > MOST_BYTES:
        raise Refused(
            gettext_noop("Ce fichier est trop grand : {most} octets au plus."), most=MOST_BYTES
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_names(text: str) -> Names:
    """Return the names of a list. An empty one, or one that is too long, is `Refused`."""
    found: dict[str, str] = {}
    repeated = 0
    too_short: list[str] = []
    for cell in _cells(text.replace("\0", "")):
        name = " ".join(cell.split())[:LONGEST_NAME]
        words = tokens(name)
        if not name:
            continue
        if len("".join(words)) < SHORTEST:
            too_short.append(name)
        elif (key := " ".join(words)) in found:
            repeated += 1
        else:
            found[key] = name
    if not found:
        raise Refused(gettext_noop("Cette liste ne contient aucun nom : écrivez-en un par ligne."))
    if len(found) > MOST_NAMES:
        raise Refused(
            gettext_noop(
                "Cette liste contient {count} noms ; {most} au plus à la fois. Coupez-la en deux."
            ),
            count=len(found),
            most=MOST_NAMES,
        )
    return Names(tuple(found.values()), repeated, tuple(too_short))


def _cells(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    separator = _separator(lines)
    if not separator:
        heads = lines[:1] if lines and _is_heading(lines[0]) and len(lines) > 1 else []
        return [line.strip().strip('"') for line in lines[len(heads) :]]
    rows = [row for row in csv.reader(StringIO("\n".join(lines)), delimiter=separator) if any(row)]
    headed = next((at for at, cell in enumerate(rows[0]) if _is_heading(cell)), None)
    column = headed or 0
    return [row[column] for row in rows[headed is not None :] if len(row) > column]


def _separator(lines: list[str]) -> str:
    """Return what parts the columns, or nothing for a plain list.

    A comma may belong to a name ("Dupont, Durand et Cie"): it parts columns when every line has
    the same number of them, or when the first line is a heading.
    """
    for separator in SEPARATORS:
        counts = {len(row) for row in csv.reader(lines, delimiter=separator)}
        is_headed = any(_is_heading(cell) for cell in lines[0].split(separator)) if lines else False
        if counts and min(counts) > 1 and (is_headed or (len(counts) == 1 and len(lines) > 1)):
            return separator
    return ""


def _is_heading(cell: str) -> bool:
    return fold(cell.strip().strip('"').lower()) in HEADINGS

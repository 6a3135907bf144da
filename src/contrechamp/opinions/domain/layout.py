"""The layout in which the CADA publishes its opinions: eleven columns, one record an opinion.

Source: data set "Avis et conseils de la CADA" of data.gouv.fr. In the file of 2026 the column of
the object is empty: what was asked for is then in the opinion's first sentences (`subject`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from html import unescape

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import words

from .records import Record

HEADER = (
    *("Numéro de dossier", "Administration", "Type", "Année", "Séance", "Objet"),
    *("Thème et sous thème", "Mots clés", "Sens et motivation", "Partie", "Avis"),
)
TYPES = {"avis": "AVIS", "conseil": "CONSEIL", "sanction": "SANCTION"}
PRINTED = {code: word.capitalize() for word, code in TYPES.items()}
PARTS = ("", "I", "II", "III", "IV")
NUMBER = re.compile(r"\d{8}")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
FIRST_YEAR = 1978
"""The law that made the CADA is of 17 July 1978."""
_SPACES = re.compile(r"[ \t\xa0\u202f]+")
_GAPS = re.compile(r"\n{3,}")


class OtherLayout(Refused):
    """The columns of a file are not those of the CADA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One opinion as it was published, its cells made plain."""

    number: str
    administration: str = ""
    kind: str = "AVIS"
    year: int | None = None
    session_on: date | None = None
    subject: str = ""
    themes: str = ""
    keywords: str = ""
    senses: str = ""
    part: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of a file that was not understood: where, which sort, and what was read there.

    `is_lost`: the record was left out; else it was taken without that cell.
    """

    line: int
    code: str
    found: str = ""
    is_lost: bool = True


FAULTS = {
    "columns": gettext_noop("cette fiche n'a pas onze colonnes ; vérifiez ses guillemets"),
    "quote": gettext_noop("un guillemet n'est pas refermé ; la fiche est laissée de côté"),
    "number": gettext_noop("le numéro de dossier n'a pas huit chiffres"),
    "twice": gettext_noop(
        "ce numéro est déjà plus haut dans le fichier ; la première fiche compte"
    ),
    "type": gettext_noop("ce type n'est ni avis, ni conseil, ni sanction ; lu comme un avis"),
    "session": gettext_noop("ce jour de séance ne se lit pas (jj/mm/aaaa) ; laissé vide"),
    "year": gettext_noop("cette année ne se lit pas ou n'est pas celle de la séance"),
    "part": gettext_noop("cette partie n'est pas I, II, III ou IV ; laissée vide"),
    "sense": gettext_noop("ce sens est inconnu ; l'avis est rangé parmi les autres"),
    "letters": gettext_noop("des lettres du fichier sont abîmées ; remplacées par un signe"),
}
"""What each code means, to be shown after the line's number."""


def check_header(cells: Sequence[str]) -> None:
    """Raise OtherLayout unless these are the eleven columns, in their order, whatever the case."""
    if [words(cell) for cell in cells] != [words(name) for name in HEADER]:
        raise OtherLayout(
            gettext_noop(
                "Ce fichier n'a pas les onze colonnes de la CADA, dans leur ordre : {wanted}. "
                "Sa première ligne dit : {found}. Prenez l'« Ensemble consolidé » des avis de la "
                "CADA sur data.gouv.fr."
            ),
            wanted=", ".join(HEADER),
            found=", ".join(cells)[:200] or "—",
        )


def read_row(record: Record) -> tuple[Row | None, list[Fault]]:
    """Return the opinion of a record, None when it is left out, and what was not understood."""
    line = record.line
    if record.is_broken:
        return None, [Fault(line, "quote", _short("".join(record.cells[:1])))]
    if len(record.cells) != len(HEADER):
        return None, [Fault(line, "columns", str(len(record.cells)))]
    cells = [_plain(cell) for cell in record.cells]
    if not NUMBER.fullmatch(cells[0]):
        return None, [Fault(line, "number", _short(cells[0]))]
    faults: list[Fault] = []
    kind = TYPES.get(cells[2].casefold())
    if kind is None:
        faults.append(Fault(line, "type", _short(cells[2]), is_lost=False))
    session = read_day(cells[4])
    if session is None and cells[4]:
        faults.append(Fault(line, "session", _short(cells[4]), is_lost=False))
    year = _year(cells[3], session)
    if cells[3] and (year is None or str(year) != cells[3]):
        faults.append(Fault(line, "year", _short(cells[3]), is_lost=False))
    if cells[9] not in PARTS:
        faults.append(Fault(line, "part", _short(cells[9]), is_lost=False))
    if any("\ufffd" in cell for cell in cells):
        faults.append(Fault(line, "letters", cells[0], is_lost=False))
    return Row(
        number=cells[0],
        administration=_one_line(cells[1])[:300],
        kind=kind or "AVIS",
        year=year,
        session_on=session,
        subject=cells[5],
        themes=_one_line(cells[6]),
        keywords=_one_line(cells[7]),
        senses=_one_line(cells[8]),
        part=cells[9] if cells[9] in PARTS else "",
        text=cells[10],
    ), faults


def read_day(text: str) -> date | None:
    """Return a day written dd/mm/yyyy (never mm/dd); None when there is no such day."""
    match = DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def write_rows(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a file in the layout of the CADA, opinion by opinion: what `read_row` reads back."""
    yield _written(HEADER)
    for row in rows:
        cells = {field.name: getattr(row, field.name) for field in fields(row)}
        cells["kind"] = PRINTED[row.kind]
        cells["year"] = "" if row.year is None else str(row.year)
        cells["session_on"] = f"{row.session_on:%d/%m/%Y}" if row.session_on else ""
        yield _written(cells.values())


def _written(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _year(text: str, session: date | None) -> int | None:
    """Return the session's year; without a session the printed one, if it can be."""
    if session is not None:
        return session.year
    return int(text) if re.fullmatch(r"\d{4}", text) and int(text) >= FIRST_YEAR else None


def _plain(cell: str) -> str:
    """Return a cell without entities, with `\\n` for each line break and no needless space."""
    if "&" in cell:
        cell = unescape(cell)
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _GAPS.sub("\n\n", _SPACES.sub(" ", cell)).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return _one_line(text)[:60]

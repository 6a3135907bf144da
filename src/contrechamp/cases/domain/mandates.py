"""Mandates of a collective complaint: who may be counted, what a list of them must say.

GDPR art. 80(1), loi n° 78-17 art. 38: a body that mandates were given to complains for those who
gave them. Who they are is never told; how many, only when there are enough to hide in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

LEAST_SHOWN = 10
"""Below so many the public number says too much of who they are."""
MOST = 20_000
COLUMNS = ("nom", "date", "portee", "preuve")
LONGEST = {"nom": 200, "portee": 300, "preuve": 300}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One mandate, as a list tells it."""

    name: str
    day: date
    scope: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What of a mandate decides whether it counts on a day."""

    day: date | None
    revoked_on: date | None
    is_erased: bool


def in_force(mandates: Iterable[Counted], on: date) -> int:
    """Return how many mandates were given by a day and not revoked then, nor erased."""
    return sum(
        not each.is_erased
        and each.day is not None
        and each.day <= on
        and (each.revoked_on is None or each.revoked_on > on)
        for each in mandates
    )


def shown(count: int, *, is_wanted: bool) -> int | None:
    """Return the number that everybody may read, None for none."""
    return count if is_wanted and count >= LEAST_SHOWN else None


def check(name: str, day: date, scope: str, proof: str, *, today: date) -> Given:
    """Return a mandate that says all it must. Raise `Refused` with what is missing."""
    given = Given(name=name.strip(), day=day, scope=scope.strip(), proof=proof.strip())
    if not given.name:
        raise Refused(gettext_noop("Donnez le nom de la personne qui donne mandat."))
    if not given.scope:
        raise Refused(
            gettext_noop("Dites pour quoi le mandat est donné : quel traitement, quelle plainte.")
        )
    if not given.proof:
        raise Refused(
            gettext_noop(
                "Dites ce qui le prouve, et où c'est gardé, par exemple une feuille signée."
            )
        )
    if day > today:
        raise Refused(gettext_noop("Le {day} n'est pas encore venu."), day=day)
    return given


def read_list(text: str, *, today: date) -> tuple[Given, ...]:
    """Return the mandates of a CSV: `nom`, `date`, `portee`, `preuve`, by comma or semicolon.

    Raise `Refused` with the number of the line that is wrong: all or nothing is taken.
    """
    lines = text.lstrip("\ufeff").splitlines()
    if not lines:
        raise Refused(gettext_noop("Le fichier est vide."))
    comma = ";" if lines[0].count(";") >= lines[0].count(",") else ","
    rows = csv.reader(lines, delimiter=comma)
    head = [fold(cell).strip() for cell in next(rows)]
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise Refused(
            gettext_noop(
                "La première ligne nomme les colonnes : nom, date, portee, preuve. Il manque : "
                "{missing}."
            ),
            missing=", ".join(missing),
        )
    at = {name: head.index(name) for name in COLUMNS}
    found = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[at[name]].strip() if at[name] < len(row) else "" for name in COLUMNS}
        found.append(_line(cells, number, today))
        if len(found) > MOST:
            raise Refused(gettext_noop("Un fichier a {most} lignes au plus."), most=MOST)
    if not found:
        raise Refused(gettext_noop("Le fichier ne contient aucun mandat."))
    return tuple(found)


def _line(cells: dict[str, str], number: int, today: date) -> Given:
    for name, longest in LONGEST.items():
        if len(cells[name]) > longest:
            raise Refused(
                gettext_noop("Ligne {number} : « {column} » a {longest} signes au plus."),
                number=number,
                column=name,
                longest=longest,
            )
    day = _day(cells["date"])
    if day is None:
        raise Refused(
            gettext_noop("Ligne {number} : écrivez la date comme 2026-01-15 ou 15/01/2026."),
            number=number,
        )
    try:
        return check(cells["nom"], day, cells["portee"], cells["preuve"], today=today)
    except Refused:
        raise Refused(
            gettext_noop(
                "Ligne {number} : un mandat a un nom, une date passée, une portée et une preuve."
            ),
            number=number,
        ) from None


def _day(text: str) -> date | None:
    """Return a day as 2026-01-15 or 15/01/2026, None for anything else."""
    parts = text.split("/")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else text
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None

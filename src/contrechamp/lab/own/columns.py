"""Which column is what: guessed by its name and its values, and always open to another choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from contrechamp.lab.model import Text

from .identity import slug_of
from .sheet import Sheet, Unreadable
from .values import day, number, yes_or_no

Kind = Literal["decisions", "patrols"]
DECISIONS: Kind = "decisions"
PATROLS: Kind = "patrols"


@dataclass(frozen=True, slots=True)
class Role:
    """What a column may be in a table, and how it is recognised."""

    name: str
    label: Text
    help: Text
    words: tuple[str, ...]
    fits: Callable[[Sequence[str]], bool]


def _numbers(cells: Sequence[str]) -> bool:
    return _mostly(cells, lambda cell: number(cell) is not None or yes_or_no(cell) is not None)


def _binary(cells: Sequence[str]) -> bool:
    return _mostly(cells, lambda cell: yes_or_no(cell) is not None) or len(set(cells)) == 2


def _days(cells: Sequence[str]) -> bool:
    return _mostly(cells, lambda cell: day(cell) is not None)


def _few(cells: Sequence[str]) -> bool:
    full = [cell for cell in cells if cell]
    return 1 < len(set(full)) <= max(2, min(60, len(full) // 3))


def _any(cells: Sequence[str]) -> bool:
    return any(cells)


TELLING = (_binary, _few, _days)
"""What so few columns hold that the only one of a table is the right one."""


def _mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    full = [cell for cell in cells if cell]
    return bool(full) and sum(map(holds, full)) >= 0.8 * len(full)


ROLES: Mapping[Kind, tuple[Role, ...]] = {
    DECISIONS: (
        Role(
            "score",
            Text("Score ou décision", "Score or decision"),
            Text(
                "Le nombre que la machine a donné, ou oui/non si elle décide.",
                "The number that the machine gave, or yes/no where it decides.",
            ),
            (
                *("score", "decile_score", "decile", "score_decile", "risque", "risk"),
                *("risk_score", "note", "points", "proba", "probabilite", "probability"),
                *("prediction", "predicted", "decision", "flagged", "signale", "controle", "cible"),
            ),
            _numbers,
        ),
        Role(
            "outcome",
            Text("Ce qui s'est passé", "What happened"),
            Text(
                "Oui ou non : la chose annoncée a-t-elle été constatée ensuite ?",
                "Yes or no: was what was announced found afterwards?",
            ),
            (
                *("outcome", "resultat", "two_year_recid", "rearrest_two_years", "issue", "label"),
                *("recidive", "recid", "is_recid", "rearrest", "fraude", "fraud", "confirme"),
                *("confirmed", "avere", "truth", "verite", "y_true", "y", "indu", "constate"),
                *("constat", "suite", "faute"),
            ),
            _binary,
        ),
        Role(
            "group",
            Text("Groupe", "Group"),
            Text(
                "Ce selon quoi l'on compare : quartier, sexe, tranche d'âge…",
                "What people are compared by: district, sex, age band…",
            ),
            (
                *("group", "groupe", "race", "ethnicity", "origine", "sexe", "sex", "genre"),
                *("gender", "nationalite", "nationality", "age_cat", "tranche_age", "quartier"),
                *("commune", "categorie", "category", "departement"),
            ),
            _few,
        ),
    ),
    PATROLS: (
        Role(
            "day",
            Text("Jour", "Day"),
            Text("Une date, ou un numéro de jour.", "A date, or the number of a day."),
            ("day", "jour", "date", "date_jour"),
            _days,
        ),
        Role(
            "box",
            Text("Case de la carte", "Box of the map"),
            Text("Carreau, îlot ou secteur.", "Box, block or sector."),
            (
                *("box", "case", "carreau", "cellule", "cell", "maille", "secteur", "zone"),
                *("iris", "beat", "district", "grid", "grid_id", "box_id", "cell_id", "ilot"),
            ),
            _any,
        ),
        Role(
            "predicted",
            Text("Prévu", "Predicted"),
            Text(
                "Oui ou non : la case était-elle désignée ce jour-là ? Ou le risque annoncé.",
                "Yes or no: was the box named on that day? Or the risk announced.",
            ),
            (
                *("predicted", "prevu", "prediction", "predit", "pred", "patrouille", "patrol"),
                *("patrolled", "designe", "flagged", "hotspot", "risk", "risque"),
            ),
            _numbers,
        ),
        Role(
            "recorded",
            Text("Faits enregistrés", "Recorded incidents"),
            Text("Combien, dans cette case, ce jour-là.", "How many, in that box, on that day."),
            (
                *("recorded", "enregistre", "enregistres", "incidents", "faits", "crimes", "count"),
                *("nombre", "constates", "observed", "crime", "n"),
            ),
            _numbers,
        ),
    ),
}


def guess_kind(sheet: Sheet) -> Kind:
    """Return what a table seems to be: patrols when all four of their columns are there."""
    return PATROLS if all(guess(sheet, PATROLS).values()) else DECISIONS


def guess(sheet: Sheet, kind: Kind) -> dict[str, str]:
    """Return the column of each role, empty where none is recognised.

    By its name, or because no other holds what it must. One column has one role.
    """
    cells = {name: sheet.column(name) for name in sheet.names}
    chosen: dict[str, str] = {role.name: "" for role in ROLES[kind]}
    taken: set[str] = set()
    for role in ROLES[kind]:
        free = [name for name in sheet.names if name not in taken]
        fit = [name for name in free if role.fits(cells[name]) or slug_of(name) in role.words]
        ranked = sorted(fit, key=partial(_rank, words=role.words))
        is_alone = len(fit) == 1 and role.fits in TELLING
        if ranked and (is_alone or _rank(ranked[0], role.words) <= len(role.words)):
            chosen[role.name] = ranked[0]
            taken.add(ranked[0])
    return chosen


def _rank(name: str, words: Sequence[str]) -> int:
    """Return how well a name answers: the place of the word, then a part of it, then nothing."""
    slug = slug_of(name)
    if slug in words:
        return words.index(slug)
    parts = slug.split("_")
    return len(words) if any(word in parts for word in words) else len(words) + 1


def check_columns(sheet: Sheet, kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each role: the given one, else the guessed one.

    Raise `Unreadable` for a column that is not there, is given twice, or cannot be guessed.
    """
    guessed = guess(sheet, kind)
    chosen: dict[str, str] = {}
    for role in ROLES[kind]:
        name = given.get(role.name) or guessed[role.name]
        if not name:
            names = ", ".join(sheet.names[:30])
            raise Unreadable(
                Text(
                    f"Quelle colonne est « {role.label.fr} » ? {role.help.fr} Colonnes : {names}.",
                    f"Which column is “{role.label.en}”? {role.help.en} Columns: {names}.",
                )
            )
        sheet.at(name)
        chosen[role.name] = name
    for name in chosen.values():
        if list(chosen.values()).count(name) > 1:
            raise Unreadable(
                Text(
                    f"La colonne « {name} » est choisie deux fois.",
                    f"The column “{name}” is chosen twice.",
                )
            )
    return chosen

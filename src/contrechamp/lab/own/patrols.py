"""A table of predictions and records as a calendar: each day, each box, what was told and found.

A box that has no row on a day was neither predicted nor recorded. Days between the first and the
last one count, whether the file has rows for them or not.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrechamp.lab.late import Floats, NDArray, Whole, np
from contrechamp.lab.model import Text

from .refused import NO_BOX, NO_DAY, NO_PREDICTED, NO_RECORDED, SHORT, LeftOut
from .sheet import Sheet, Unreadable
from .values import day, number, yes_or_no

MOST_DAYS = 3_650
MOST_CELLS = 5_000_000
"""Days × boxes: 20 MB of counts."""
MOST_RECORDED = 1_000_000
LONGEST_BOX = 60


@dataclass(frozen=True, slots=True, eq=False)
class Patrols:
    """What was predicted and recorded, days × boxes."""

    predicted: NDArray[np.bool_]
    recorded: NDArray[np.int32]
    map_boxes: int
    """Boxes of the map, more than the file has when somebody says so."""
    rows: int
    refused: LeftOut
    ranked_by: int
    """Boxes a day that were taken from a risk announced for all; 0 when the file says yes or no."""

    @property
    def days(self) -> int:
        """How many days the calendar has."""
        return int(self.recorded.shape[0])

    @property
    def boxes(self) -> int:
        """How many boxes the file names."""
        return int(self.recorded.shape[1])


def read_patrols(
    sheet: Sheet, columns: Mapping[str, str], *, boxes_a_day: int = 20, map_boxes: int = 0
) -> Patrols:
    """Read all rows. A prediction that is no yes or no is a risk: each day the highest are kept."""
    places = tuple(sheet.at(columns[role]) for role in ("day", "box", "predicted", "recorded"))
    days, boxes, told, found = array("q"), array("i"), array("d"), array("q")
    names: dict[str, int] = {}
    refused, total = LeftOut(), 0
    for row in sheet.rows():
        total += 1
        one = _understood(row.cells, places)
        if isinstance(one, Text):
            refused.add(row.line, one)
            continue
        if one[1] not in names:
            _check_boxes(len(names))
            names[one[1]] = len(names)
        days.append(one[0])
        boxes.append(names[one[1]])
        told.append(one[2])
        found.append(one[3])
    _check_understood(refused, total)
    table = _Read(np.asarray(days), np.asarray(boxes), np.asarray(told), np.asarray(found))
    return _calendar(table, len(names), total, refused, boxes_a_day, map_boxes)


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    days: Whole
    boxes: NDArray[np.int32]
    told: Floats
    found: Whole


def _understood(
    cells: Sequence[str], places: tuple[int, ...]
) -> tuple[int, str, float, int] | Text:
    if len(cells) <= max(places):
        return SHORT
    on = day(cells[places[0]])
    if on is None:
        return NO_DAY
    box = " ".join(cells[places[1]].split())[:LONGEST_BOX]
    if not box:
        return NO_BOX
    told = _told(cells[places[2]].strip())
    if told is None:
        return NO_PREDICTED
    found = number(cells[places[3]] or "0")
    if found is None or not 0 <= found <= MOST_RECORDED or found != int(found):
        return NO_RECORDED
    return on, box, told, int(found)


def _told(cell: str) -> float | None:
    if not cell:
        return 0.0
    value = number(cell)
    if value is not None:
        return value
    said = yes_or_no(cell)
    return None if said is None else float(said)


def _check_boxes(many: int) -> None:
    if many >= MOST_CELLS:
        raise _too_large(1, many)


def _check_understood(refused: LeftOut, total: int) -> None:
    if total - refused.total < max(1, total // 2):
        why, many = refused.by_reason.most_common(1)[0]
        line = refused.first[0].line
        raise Unreadable(
            Text(
                f"{refused.total} lignes sur {total} ne sont pas comprises ({many} : {why.fr} ; la "
                f"première est la ligne {line}). Choisissez d'autres colonnes.",
                f"{refused.total} rows of {total} are not understood ({many}: {why.en}; the first "
                f"is line {line}). Choose other columns.",
            )
        )


def _too_large(days: int, boxes: int) -> Unreadable:
    return Unreadable(
        Text(
            f"Le tableau couvre {days} jours et {boxes} cases ; on calcule jusqu'à {MOST_DAYS} "
            f"jours, et {MOST_CELLS} cases-jours. Coupez la période ou la carte.",
            f"The table covers {days} days and {boxes} boxes; up to {MOST_DAYS} days are computed, "
            f"and {MOST_CELLS} box-days. Cut the period or the map.",
        )
    )


def _calendar(
    table: _Read, boxes: int, total: int, refused: LeftOut, boxes_a_day: int, map_boxes: int
) -> Patrols:
    first = int(table.days.min())
    days = int(table.days.max()) - first + 1
    if days > MOST_DAYS or days * boxes > MOST_CELLS:
        raise _too_large(days, boxes)
    at = (table.days - first) * boxes + table.boxes
    recorded = np.bincount(at, table.found, days * boxes).astype(np.int32).reshape(days, boxes)
    is_flag = bool(np.isin(table.told, (0.0, 1.0)).all())
    flat = np.zeros(days * boxes)
    np.maximum.at(flat, at, table.told)
    told: Floats = flat.reshape(days, boxes)
    predicted = told > 0 if is_flag else _highest(told, boxes_a_day)
    _check_told(predicted, recorded)
    ranked_by = 0 if is_flag else min(boxes_a_day, boxes)
    return Patrols(predicted, recorded, max(map_boxes, boxes), total, refused, ranked_by)


def _highest(told: Floats, boxes_a_day: int) -> NDArray[np.bool_]:
    """Return the boxes of highest risk of each day, those of equal risk in their order."""
    many = min(boxes_a_day, told.shape[1])
    order = np.argsort(-told, axis=1, kind="stable")[:, :many]
    chosen = np.zeros(told.shape, dtype=bool)
    np.put_along_axis(chosen, order, values=True, axis=1)
    return chosen & (told > 0)


def _check_told(predicted: NDArray[np.bool_], recorded: NDArray[np.int32]) -> None:
    told = predicted.any(axis=1)
    if not told.any():
        raise Unreadable(
            Text("Aucune case n'est prévue, aucun jour.", "No box is predicted, on no day.")
        )
    if not recorded[told].any():
        raise Unreadable(
            Text(
                "Aucun fait n'est enregistré les jours où il y a une prévision : rien à comparer.",
                "No incident is recorded on the days that have a prediction: nothing to compare.",
            )
        )

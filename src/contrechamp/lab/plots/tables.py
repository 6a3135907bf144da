"""The numbers of a figure as a table, whole, for a page and for a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from contrechamp.lab.model import Figure, Series, Text

from .scales import written
from .thinning import kept

LOW, HIGH = Text("borne basse", "low"), Text("borne haute", "high")
SIDES = (
    Text("ouest", "west"),
    Text("sud", "south"),
    Text("est", "east"),
    Text("nord", "north"),
)
Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, and rows as long."""

    head: list[str]
    rows: list[list[Cell]]
    left: int = 0
    """Rows that the file has and the page does not show."""


def table(figure: Figure, *, language: str = "fr", most: int = 0) -> Table:
    """Return one row for each x, and of each series a column, with its interval beside it.

    With `most`, about so many rows, where the lines bend; the file has all of them.
    """
    places = dict.fromkeys(_x_values(figure, language))
    first = figure.x_label.say(language)
    head, columns = [first], []
    for series in figure.series:
        for label, column in _columns(series, language):
            head.append(label)
            columns.append(column)
    rows: list[list[Cell]] = [[x, *(column.get(x) for column in columns)] for x in places]
    if not most or len(rows) <= most:
        return Table(head, rows)
    chosen = _chosen(rows, most)
    return Table(head, [rows[n] for n in chosen], len(rows) - len(chosen))


def _x_values(figure: Figure, language: str) -> list[Cell]:
    values: list[Cell] = list(
        dict.fromkeys(x for series in figure.series for x in series.along(language))
    )
    if all(isinstance(x, int | float) for x in values):
        return sorted(values, key=lambda x: float(x or 0))
    return values


def _columns(series: Series, language: str) -> list[tuple[str, dict[Cell, Cell]]]:
    label, along = series.label.say(language), series.along(language)
    columns: list[tuple[str, dict[Cell, Cell]]] = [(label, dict(zip(along, series.y, strict=True)))]
    for side, values in ((LOW, series.low), (HIGH, series.high)):
        if values:
            name = f"{label}, {side.say(language)}"
            columns.append((name, dict(zip(along, values, strict=True))))
    for n, edge_name in enumerate(SIDES if series.boxes else ()):
        edge = [box[n] for box in series.boxes]
        columns.append((edge_name.say(language), dict(zip(along, edge, strict=True))))
    return columns


def _chosen(rows: list[list[Cell]], most: int) -> list[int]:
    """Return the rows to show: where the first column bends, or the largest values of a list."""
    x = [row[0] for row in rows]
    y = [_float(row[1] if len(row) > 1 else 0) for row in rows]
    if all(isinstance(one, int | float) for one in x):
        return kept([_float(one) for one in x], y, most)
    return sorted(sorted(range(len(rows)), key=lambda n: (-y[n], n))[:most])


def _float(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


def as_text(cell: Cell, language: str) -> str:
    """Write a cell for people."""
    if isinstance(cell, str):
        return cell
    return written(cell, language)


def as_csv(figure: Figure, *, language: str = "fr") -> str:
    """Write the whole table as CSV: every row, points for decimals, nothing rounded."""
    made = table(figure, language=language)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(made.head)
    lines.writerows([["" if cell is None else cell for cell in row] for row in made.rows])
    return out.getvalue()

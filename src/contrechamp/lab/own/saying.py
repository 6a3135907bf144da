"""Numbers as one reads them, in both languages, and tables made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from contrechamp.lab import words
from contrechamp.lab.model import Text

from .decisions import LEAST_GROUP
from .rates import LEAST_CELL

CellKind = Literal["name", "count", "number", "share", "ratio", "range"]
Interval = tuple[float, float | None, float | None]
"""A value, and the ends of its interval where there is one."""
Cell = Text | str | int | float | Interval | None

HIDDEN = Text("moins de 5", "under 5")
UNKNOWN = Text("ne peut être dit", "cannot be said")
assert LEAST_CELL == 5 and LEAST_GROUP == 50  # noqa: S101, PT018  # The sentences say so.


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that is shown: its key in files, its head, what its cells are."""

    key: str
    label: Text
    kind: CellKind


@dataclass(frozen=True, slots=True)
class Table:
    """A table of results. A cell that is None is hidden or unknown, as `nothing` says."""

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text = Text("", "")  # noqa: RUF009  # Frozen.
    nothing: Text = HIDDEN

    def said(self, language: str) -> list[list[str]]:
        """Return the cells as they are read."""
        return [
            [
                say(cell, column.kind, language, self.nothing)
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    def head(self, language: str) -> list[str]:
        """Return the heads as they are read."""
        return [column.label.say(language) for column in self.columns]

    def to_json(self) -> list[dict[str, Any]]:
        """Return one object a row. An interval is `{"value", "low", "high"}`."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, map(_plain, row), strict=True)) for row in self.rows]

    def flat(self, language: str) -> tuple[list[str], list[list[object]]]:
        """Return the table for a CSV: an interval is three columns, and numbers are plain."""
        header: list[str] = []
        for column in self.columns:
            header.append(column.key)
            if column.kind in ("share", "ratio"):
                header += [f"{column.key}_low", f"{column.key}_high"]
        return header, [self._flat_row(row, language) for row in self.rows]

    def _flat_row(self, row: Sequence[Cell], language: str) -> list[object]:
        out: list[object] = []
        for column, cell in zip(self.columns, row, strict=True):
            if column.kind in ("share", "ratio"):
                ends = cell if isinstance(cell, tuple) else (cell, None, None)
                out += ["" if each is None else each for each in ends]
            else:
                out.append(say(cell, "name", language, Text("", "")) if _is_said(cell) else cell)
        return out


def _is_said(cell: Cell) -> bool:
    return cell is None or isinstance(cell, Text | tuple)


def _plain(cell: Cell) -> object:
    if isinstance(cell, Text):
        return cell.to_json()
    if isinstance(cell, tuple):
        return dict(zip(("value", "low", "high"), cell, strict=True))
    return cell


def say(cell: Cell, kind: CellKind, language: str, nothing: Text = HIDDEN) -> str:
    """Return a cell as it is read in a language."""
    if cell is None:
        return nothing.say(language)
    if isinstance(cell, Text):
        return cell.say(language)
    if isinstance(cell, str):
        return cell
    if isinstance(cell, tuple):
        return _interval(cell, kind).say(language)
    if kind == "count":
        return count(int(cell)).say(language)
    return {"share": percent, "ratio": times}.get(kind, plain)(float(cell)).say(language)


def _interval(cell: Interval, kind: CellKind) -> Text:
    value, low, high = cell
    write = percent if kind == "share" else times
    if low is None or high is None:
        return write(value)
    return Text("{value} (de {low} à {high})", "{value} ({low} to {high})").fill(
        value=write(value), low=write(low), high=write(high)
    )


def percent(value: float) -> Text:
    """Return a share in percent, one digit after the point."""
    return words.share(value)


def times(value: float) -> Text:
    """Return how many times, two digits after the point."""
    return words.amount(value, 2)


def count(value: int) -> Text:
    """Return a count with its thousands apart."""
    return words.amount(value)


def plain(value: float) -> Text:
    """Return a score or a threshold as shortly as it can be."""
    text = f"{value:.6g}"
    return Text(text.replace(".", ","), text)


def between(estimate: Interval, kind: CellKind = "share") -> Text:
    """Return a value with its interval."""
    return _interval(estimate, kind)

"""What a table of an export is: its columns, each with a sentence on what it holds, and its rows.

Sentences are French (`gettext_noop`); English is in the catalogue of the room that wrote them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

TYPES = ("text", "integer", "decimal", "number", "date", "territory")
"""Of a column: `decimal` is money with two digits, given as text or Decimal; `date` is YYYY-MM-DD
or empty; `territory` is a key as `commune:06088`, which leads to the table `places`."""

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    about: str
    type: str = "text"
    leads_to: str = ""
    """The table whose first column holds the same identifiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All public rows of one sort. The first column identifies a row where `is_keyed`.

    A room offers it in its plug: exports above and below write every table that is offered. `rows`
    yields them sorted, the same bytes for the same facts, without holding them in memory, and
    nothing that a visitor may not read.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    is_keyed: bool = True
    is_large: bool = False
    """Only written when it is asked for: the text of every page."""
    searched: tuple[str, ...] = ()
    """Columns whose words are found, where the format has an index of words."""

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return [column.name for column in self.columns]

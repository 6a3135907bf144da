"""A list of bodies pasted as lines: SIREN, INSEE codes, keys or names, one each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.ids import is_id
from contrechamp.kernel.numbers import compact, is_insee, is_siren, is_siret

from .wording import flowing

MOST = 500
"""Bodies of one batch."""
_CELLS = re.compile(r"[;\t]")


class By(StrEnum):
    """What a line names a body by."""

    KEY = "KEY"
    SIREN = "SIREN"
    INSEE = "INSEE"
    NAME = "NAME"


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line, read."""

    line: str
    by: By
    value: str


def read_lines(text: str) -> tuple[Pasted, ...]:
    """Return what each line names, in order, each once; blank lines say nothing."""
    return tuple(dict.fromkeys(_read(text)))


def _read(text: str) -> Iterator[Pasted]:
    for raw in text.splitlines():
        cells = [cell for each in _CELLS.split(raw) if (cell := flowing(each).strip('"'))]
        if not cells:
            continue
        line = " ; ".join(cells)
        numbered = next((found for cell in cells if (found := _number(cell))), None)
        by, value = numbered or (By.NAME, cells[0])
        yield Pasted(line=line, by=by, value=value)


def _number(cell: str) -> tuple[By, str] | None:
    if is_id(cell, "bod"):
        return By.KEY, cell
    number = compact(cell)
    if is_siret(number):
        return By.SIREN, number[:9]
    if is_siren(number):
        return By.SIREN, number
    return (By.INSEE, number) if is_insee(number) else None

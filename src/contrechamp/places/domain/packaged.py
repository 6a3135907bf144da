"""The communes of the gazetteer that came with the program, read without a database.

For rules and commands that must run from files alone; pages read the tables.
"""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TABLE = "data/territories.csv.gz"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today, or one that was merged into another (`successor`)."""

    insee: str
    name: str
    departement: str
    siren: str
    postal_codes: tuple[str, ...]
    population: int | None
    successor: str


@cache
def packaged_communes() -> tuple[Commune, ...]:
    """Return all of them, once a process. Raise `FileNotFoundError` when set-up has not run."""
    packed = files("contrechamp.places").joinpath(TABLE).read_bytes()
    rows = csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))
    return tuple(
        Commune(
            insee=row["code"],
            name=row["name"],
            departement=row["departement"],
            siren=row["siren"],
            postal_codes=tuple(row["postal_codes"].split()),
            population=int(row["population"]) if row["population"] else None,
            successor=row["successor"].removeprefix("commune:"),
        )
        for row in rows
        if row["kind"] == "commune"
    )

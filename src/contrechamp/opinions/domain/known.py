"""Opinions known from citations, before any file is imported: what is told of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from .outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One cited opinion; its outcome is NOT_READ unless the note that cites it says it."""

    number: str
    fr: str
    en: str
    kinds: tuple[int, ...] = ()
    administration: str = ""
    session_on: date | None = None
    outcome: Outcome = Outcome.NOT_READ
    motives: tuple[str, ...] = ()


@cache
def known() -> dict[str, Known]:
    """Return the known opinions by number."""
    path = files("contrechamp.opinions").joinpath("data", "known.toml")
    found = {}
    for row in tomllib.loads(path.read_text("utf-8"))["opinion"]:
        row["kinds"], row["motives"] = tuple(row.get("kinds", ())), tuple(row.get("motives", ()))
        row["outcome"] = Outcome(row.get("outcome", "NOT_READ"))
        found[row["number"]] = Known(**row)
    return found

"""The administrative court before which an act of a département is challenged."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from .text import folded

_NAMED = re.compile(
    r"tribunal\s+administratif\s+d(?:e\s+la\s+|e\s+l'|e\s+|u\s+|')(?P<town>[a-z][a-z' -]{2,30})"
)


@cache
def _table() -> tuple[tuple[str, tuple[str, ...]], ...]:
    text = files("contrechamp").joinpath("vocabulary", "courts.yaml").read_text("utf-8")
    return tuple((row["name"], tuple(row["departements"])) for row in yaml.safe_load(text))


@cache
def court_of(departement: str | None) -> str | None:
    """Return the court of a département (CJA R221-3), or None."""
    for name, departements in _table():
        if departement in departements:
            return name
    return None


def named_court(flat: str) -> tuple[str, int, int] | None:
    """Return the court that a folded text names, and where it names it first."""
    for match in _NAMED.finditer(flat):
        said = " ".join(match[0].split())
        for name, _ in _table():
            if said.startswith(" ".join(folded(name).split())):
                end = match.start() + _length(flat[match.start() :], name)
                return name, match.start(), end
    return None


def _length(flat: str, name: str) -> int:
    """Return how long a name is in a text whose blanks may be several."""
    wanted = len("".join(name.split()))
    at = seen = 0
    while at < len(flat) and seen < wanted:
        seen += not flat[at].isspace()
        at += 1
    return at

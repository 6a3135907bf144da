"""The French pack, as it travels with the code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .pack import Pack, read_pack

COUNTRY = "fr"


@cache
def french() -> Pack:
    """Return the rules of France. Raises Misconfigured when the pack is not whole."""
    folder = files("contrechamp.law") / "rules"
    found = sorted(
        (each for each in folder.iterdir() if each.name.startswith(f"{COUNTRY}-")),
        key=lambda each: each.name,
    )
    return read_pack({each.name: each.read_text("utf-8") for each in found})

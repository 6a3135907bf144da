"""What the colours of this very site measure, for the style page: read from the built sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .domain import colour, palette, tokens

SHEET = Path(__file__).parent / "static" / "ui" / "site.css"
LIGHT, DARK = "light", "dark"


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on a ground, and their contrast in both themes."""

    front: str
    ground: str
    light: float
    dark: float
    least: float


@dataclass(frozen=True, slots=True)
class Eye:
    """A vision, and how far the two nearest kinds of a picture are apart for it."""

    name: str
    light: float
    dark: float


@dataclass(frozen=True, slots=True)
class Measures:
    """All of it; empty when the style sheets were not built."""

    pairs: tuple[Pair, ...] = ()
    eyes: tuple[Eye, ...] = ()


@cache
def measures() -> Measures:
    """Measure the colours once."""
    if not SHEET.exists():
        return Measures()
    themes = tokens.read(SHEET.read_text(encoding="utf-8"))
    wanted = [(pair, colour.TEXT) for pair in tokens.words()]
    wanted += [(pair, colour.LARGE) for pair in tokens.marks()]
    ratios = {
        theme: [colour.contrast(values[front], values[ground]) for (front, ground), _ in wanted]
        for theme, values in themes.items()
    }
    pairs = tuple(
        Pair(front, ground, light, dark, least)
        for ((front, ground), least), light, dark in zip(
            wanted, ratios[LIGHT], ratios[DARK], strict=True
        )
    )
    apart = {
        theme: colour.apart([values[f"data-{number}"] for number in palette.KINDS])
        for theme, values in themes.items()
    }
    eyes = tuple(Eye(name, apart[LIGHT][name], apart[DARK][name]) for name in apart[LIGHT])
    return Measures(pairs, eyes)

"""What pictures are made of: two sizes of paper, elements of SVG, lines of words.

Only classes and presentation attributes, so that a picture keeps to the page's policy. In a page
the style sheet gives colours (`currentColor` and the tokens of `assets/src/tokens.css`, light and
dark); as a file of its own it carries the light ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

Attribute = str | float | int | None

INK, SOFT, GRID, PAPER = "#1d1e23", "#575a63", "#ddd7c9", "#fbf9f4"
HUES = ("#062b89", "#d16809", "#51956f", "#9f4ac0", "#453600", "#08646f", "#9e3643", "#848792")
"""As `--data-1` … `--data-8` in light: a test compares them."""
STEPS = ("#d9f1f0", "#a8d8d9", "#78bdc2", "#4e9fa9", "#247885", "#0f505d")
DASHES = ("", "9 4", "2 3", "12 4 2 4", "5 5", "14 3", "7 3 2 3 2 3", "1 5")
REFERENCE = 8
"""The kind of lines to compare with: grey, dotted."""
LETTER = 0.54
"""Mean width of a letter, for a font of size 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A paper: of a page, or of a telephone. Letters have the size of those around it."""

    name: str
    width: int
    height: int
    font: int
    ticks_x: int
    ticks_y: int
    side: int
    """Units at the right for the names of lines; 0: they stand above."""


WIDE = Size(name="wide", width=760, height=400, font=14, ticks_x=7, ticks_y=6, side=190)
NARROW = Size(name="narrow", width=343, height=300, font=14, ticks_x=4, ticks_y=5, side=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one picture is made."""

    size: Size
    language: str
    is_file: bool
    """It stands alone: it carries its colours and its ground."""

    def ink(self, colour: str, *, is_line: bool = False) -> dict[str, Attribute]:
        """Return the colour where no style sheet gives one."""
        if not self.is_file:
            return {}
        return {"fill": "none", "stroke": colour} if is_line else {"fill": colour}

    def hue(self, kind: int, *, is_line: bool = False) -> dict[str, Attribute]:
        """Return the colour of a kind, 1 to 8."""
        return self.ink(HUES[kind - 1], is_line=is_line)


def element(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """Write an element; `_` in a name is `-`, `class_` is `class`; None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def _text(value: Attribute) -> str:
    return short(value) if isinstance(value, float) else str(value)


def short(value: float) -> str:
    """Write a coordinate: a tenth of a unit is less than an eye sees."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def path_of(points: Sequence[tuple[float, float]], *, close: bool = False) -> str:
    """Write a path along points."""
    parts = [f"{short(x)} {short(y)}" for x, y in points]
    return f"M{'L'.join(parts)}{'Z' if close else ''}" if parts else ""


def words(text: str, *, x: float, y: float, **attributes: Attribute) -> str:
    """Write a line of words."""
    return element("text", escape(text), x=float(x), y=float(y), **attributes)


def length(text: str, font: int) -> float:
    """Return about how wide words are."""
    return LETTER * font * len(text)


def wrapped(text: str, width: float, font: int, *, most: int = 3) -> list[str]:
    """Break words into lines that fit; what is left goes in the last one, cut."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and length(f"{lines[-1]} {word}", font) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        room = max(4, int(width / (LETTER * font)))
        if len(lines[-1]) > room:
            lines[-1] = lines[-1][: room - 1].rstrip() + "…"
    return lines


def headed(text: str, look: Look) -> tuple[list[str], float]:
    """Write what is measured, over the picture, in one line or two; return where it ends."""
    font = look.size.font
    lines = wrapped(text, look.size.width - 8, font, most=2)
    return [
        words(line, x=2, y=16 + n * (font + 4), class_="plot-label", **look.ink(INK))
        for n, line in enumerate(lines)
    ], 16.0 + (len(lines) - 1) * (font + 4)


def apart(wanted: Iterable[float], least: float, low: float, high: float) -> list[float]:
    """Move places along a line until each is so far from the next, in the same order.

    Used for the names at the ends of lines that meet.
    """
    places = list(wanted)
    order = sorted(range(len(places)), key=lambda n: places[n])
    above = low
    for n in order:
        places[n] = max(places[n], above)
        above = places[n] + least
    below = high
    for n in reversed(order):
        places[n] = min(places[n], below)
        below = places[n] - least
    return places

"""A figure as SVG: the same bytes each time, with its title and what to see in it as words."""

from __future__ import annotations

from html import escape

from contrechamp.lab.model import Figure

from . import boxes, field, rows
from .paper import NARROW, PAPER, SOFT, WIDE, Look, Size, element, words

__all__ = ["NARROW", "WIDE", "draw"]


def draw(
    figure: Figure,
    *,
    language: str = "fr",
    size: Size = WIDE,
    is_file: bool = False,
    foot: str = "",
) -> str:
    """Draw a figure. `is_file`: it carries its colours; `foot`: a line under it."""
    look = Look(size=size, language=language, is_file=is_file)
    parts, height = _parts(figure, look)
    if is_file:
        height += 54
    elif foot:
        height += 4
    name = f"{figure.id}-{size.name}"
    head = [
        f'<title id="{name}-t">{escape(figure.title.say(language))}</title>',
        f'<desc id="{name}-d">{escape(figure.reading.say(language))}</desc>',
    ]
    if is_file:
        head.append(element("rect", width=size.width, height=height, fill=PAPER))
        title = figure.title.say(language)
        parts = [
            words(title, x=14, y=28, class_="plot-title", font_weight="600", font_size=16),
            f'<g transform="translate(0 34)">{"".join(parts)}</g>',
            words(foot, x=14, y=height - 6, fill=SOFT, font_size=11) if foot else "",
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot plot-{size.name}" '
        f'viewBox="0 0 {size.width} {height}"'
        + (f' width="{size.width}" height="{height}"' if is_file else "")
        + f' font-family="sans-serif" font-size="{size.font}" role="img" '
        f'aria-labelledby="{name}-t" aria-describedby="{name}-d">'
        + "".join([*head, *parts])
        + "</svg>"
    )


def _parts(figure: Figure, look: Look) -> tuple[list[str], int]:
    if figure.kind == "map":
        return boxes.draw(figure, look)
    is_named = any(series.is_named for series in figure.series)
    return (
        rows.draw(figure, look) if is_named or figure.kind == "ranges" else field.draw(figure, look)
    )

"""A way from one record to another as a picture: its records in a row, and the words between."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from .drawing import COLOURS, EDGE_COLOUR, HALO, NAME_COLOUR, shape
from .labels import FONT, wide_of
from .network import Edge, Network
from .paths import Way

STEP, RADIUS, HEIGHT, MIDDLE = 250, 20, 170, 80
LONGEST_LINE = 17
Words = Callable[[Edge, str], str]
"""The words of an edge, read from the node that is given."""


def chain(network: Network, way: Way, words: Words, title: str) -> str:
    """Return a way as SVG: shapes by kind, arrows in the direction of each relation."""
    width = STEP * len(way.nodes)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph graph-chain" role="img" '
        f'viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif" font-size="{FONT - 2}">'
        f"<title>{escape(title)}</title>",
        f'<g class="g-edges" fill="none" stroke="{EDGE_COLOUR}" stroke-width="2">',
    ]
    xs = [STEP // 2 + STEP * n for n in range(len(way.nodes))]
    texts = []
    for n, edge in enumerate(way.edges):
        parts.append(_arrow(edge, way.nodes[n], xs[n], xs[n + 1]))
        for row, line in enumerate(reversed(_lines(words(edge, way.nodes[n])))):
            texts.append(_text(line, (xs[n] + xs[n + 1]) // 2, MIDDLE - 12 - 20 * row, "g-word"))
    parts.append("</g>")
    for key, x in zip(way.nodes, xs, strict=True):
        node = network.nodes[key]
        colour = COLOURS.get(node.kind, EDGE_COLOUR)
        parts.append(f'<g class="g-{node.kind}" fill="{colour}" stroke="{HALO}">')
        parts.append(f"{shape(node.kind, x, MIDDLE, RADIUS)}</g>")
        for row, line in enumerate(_lines(node.name)):
            texts.append(_text(line, x, MIDDLE + RADIUS + 26 + 22 * row))
    parts.append(
        f'<g class="g-names" fill="{NAME_COLOUR}" stroke="{HALO}" stroke-width="5" '
        'stroke-linejoin="round" paint-order="stroke" text-anchor="middle">'
    )
    return "".join([*parts, *texts, "</g></svg>"])


def _arrow(edge: Edge, seen_from: str, left: int, right: int) -> str:
    """Draw the line of a step with a head at its target."""
    a, b = left + RADIUS + 6, right - RADIUS - 6
    dashed = ' stroke-dasharray="6 5"' if edge.status == "alleged" else ""
    line = f'<path d="M{a} {MIDDLE}H{b}"{dashed}/>'
    if edge.is_symmetric:
        return line
    tip, back = (b, b - 11) if edge.source == seen_from else (a, a + 11)
    head = f"M{back} {MIDDLE - 6}L{tip} {MIDDLE}L{back} {MIDDLE + 6}z"
    return f'{line}<path d="{head}" class="g-tip" fill="{EDGE_COLOUR}" stroke="none"/>'


def _text(line: str, x: int, y: int, kind: str = "") -> str:
    own = f' class="{kind}" font-size="{FONT - 5}"' if kind else ""
    return f'<text x="{x}" y="{y}"{own}>{escape(line)}</text>'


def _lines(text: str) -> list[str]:
    """Break a text into at most two lines."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= LONGEST_LINE or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > 2:
        rows = [rows[0], f"{rows[1]}…"]
    return [row if wide_of(row) < STEP + 40 else f"{row[:LONGEST_LINE]}…" for row in rows]

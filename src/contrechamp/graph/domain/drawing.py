"""A network as SVG: shapes and colours by kind, arrows, names that do not lie on one another.

Only presentation attributes and classes, so that it keeps to the page's policy and is complete
as a file of its own. Numbers are whole: a picture of 300 nodes weighs less than 20 kB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from math import ceil, hypot, sqrt

from .labels import FONT, Line, Place, placed_names, short
from .layout import Spot
from .network import Edge, Network, Node

LARGEST_SCALE, SCALE_OF_FEW = 9.0, 6.5
"""Units of the picture for one of the layout: few nodes are drawn apart, with room for names."""
FEW, FEW_EDGES = 12, 80
"""Up to so many nodes stand in a small frame; of so few edges a name shuns every one."""
MANY = 100
WIDTH, PER_NODE, WIDEST = 1_200, 3, 2_000
"""The more nodes, the wider; never so wide that names are too small on a screen."""
LEAST_WIDTH = 480
SHOWN_AT = 0.75
"""How large a picture that is narrower than a page is shown: its names like those around it."""
MARGIN = 60
USUAL = 2
"""How wide an edge is drawn that stands for no number."""
COLOURS = {
    "actor": "#1f5f99",
    "project": "#a63d00",
    "technology": "#5b3a94",
    "contract": "#7a5c00",
    "place": "#1d6b3a",
    "group": "#44546a",
}
"""Colour of a kind where no style sheet says otherwise: in a file that was downloaded."""
HIDDEN = 'visibility="hidden"'
EDGE_COLOUR, NAME_COLOUR, HALO = "#8a929c", "#1b1f24", "#ffffff"

Say = Callable[[Edge], str]


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, and how large it is."""

    svg: str
    width: int
    height: int


def draw(
    network: Network,
    spots: Mapping[str, Spot],
    *,
    title: str = "",
    centre: str = "",
    say: Say | None = None,
    sizes: Mapping[str, int] | None = None,
    widths: Mapping[str, int] | None = None,
    kind_of: Callable[[Node], str] = lambda node: node.kind,
    fields: Collection[Collection[str]] = (),
) -> Picture:
    """Draw a network. `sizes` and `widths`: how much a node or an edge stands for.

    `fields`: nodes that belong together; a soft ground is drawn under them.
    """
    places, width, height = _places(network, spots, centre, sizes or {})
    order = sorted(network.nodes, key=lambda n: (n != centre, -network.degree(n), n))
    named = [(node, network.nodes[node].name) for node in order]
    names = dict(placed_names(named, places, width, centre, _lines(network, places)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph{_frame(width, height)}" '
        'role="group" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="{FONT}">',
        f"<title>{escape(title)}</title>" if title else "",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="9" '
        'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" class="g-tip" fill="{EDGE_COLOUR}"/></marker></defs>',
        *_fields(fields, places),
        f'<g class="g-edges" fill="none" stroke="{EDGE_COLOUR}" stroke-width="2">',
        *_edges(network, places, say or _plain(network), widths or {}),
        "</g>",
        *_nodes(network, places, names, centre, kind_of),
        "</svg>",
    ]
    return Picture("".join(parts), width, height)


def shape(kind: str, x: int, y: int, r: int) -> str:
    """Return the shape of a kind around a point: no meaning by colour alone."""
    if kind == "project":
        return f'<rect x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}"/>'
    if kind == "technology":
        s = ceil(r * 1.3)
        return f'<path d="M{x} {y - s}l{s} {s}-{s} {s}-{s}-{s}z"/>'
    if kind == "contract":
        s = ceil(r * 0.8)
        fold = s // 2
        return f'<path d="M{x - s} {y - r}h{2 * s - fold}l{fold} {fold}v{2 * r - fold}h-{2 * s}z"/>'
    if kind == "place":
        s = ceil(r * 1.25)
        return f'<path d="M{x} {y - s}l{s} {2 * s - s // 4}h-{2 * s}z"/>'
    return f'<circle cx="{x}" cy="{y}" r="{r}"/>'


def _plain(network: Network) -> Say:
    def say(edge: Edge) -> str:
        return f"{network.nodes[edge.source].name} → {network.nodes[edge.target].name}"

    return say


def _places(
    network: Network, spots: Mapping[str, Spot], centre: str, sizes: Mapping[str, int]
) -> tuple[dict[str, Place], int, int]:
    used = [spots[node] for node in network.nodes]
    if not used:
        return {}, 2 * MARGIN, 2 * MARGIN
    left, top = min(spot.x for spot in used), min(spot.y for spot in used)
    wide = max(max(spot.x for spot in used) - left, 1.0)
    room = min(WIDTH + PER_NODE * len(network.nodes), WIDEST) - 6 * MARGIN
    few = len(network.nodes) <= FEW
    side = 4 * MARGIN if few else 3 * MARGIN  # Few have room for half of a long name.
    scale = min(room / wide, SCALE_OF_FEW if few else LARGEST_SCALE)
    dense = 0.7 if len(network.nodes) > MANY else 1.0
    found = {}
    for node in network.nodes:
        size = sizes.get(node) or network.degree(node)
        r = min(round(dense * (7 + 2.4 * sqrt(size))), 34) + (4 if node == centre else 0)
        spot = spots[node]
        x, y = round((spot.x - left) * scale), round((spot.y - top) * scale)
        found[node] = Place(x + side, y + MARGIN, r)
    content = max(place.x for place in found.values()) + side
    width = max(content, LEAST_WIDTH)
    if aside := (width - content) // 2:
        found = {node: Place(at.x + aside, at.y, at.r) for node, at in found.items()}
    height = max(place.y for place in found.values()) + MARGIN
    return found, width, height


def _frame(width: int, height: int) -> str:
    """Return what makes a picture that is narrower than a page no larger than it need be."""
    if width >= WIDTH:
        return ""
    return f' graph-small" width="{width * SHOWN_AT:.0f}" height="{height * SHOWN_AT:.0f}'


def _lines(network: Network, places: Mapping[str, Place]) -> dict[str, list[Line]]:
    """Return the links that the name of each node should not lie on: its own, or all of few."""
    found: dict[str, list[Line]] = {node: [] for node in network.nodes}
    for edge in network.edges.values():
        a, b = places[edge.source], places[edge.target]
        ends = network.nodes if len(network.edges) <= FEW_EDGES else (edge.source, edge.target)
        for node in ends:
            found[node].append((a.x, a.y, b.x, b.y))
    return found


def _edges(
    network: Network, places: Mapping[str, Place], say: Say, widths: Mapping[str, int]
) -> Iterator[str]:
    pairs = Counter(_pair(edge) for edge in network.edges.values())
    number = {key: n for n, key in enumerate(network.nodes)}
    drawn: Counter[tuple[str, str]] = Counter()
    lines: dict[str, list[str]] = {}
    for edge in network.edges.values():
        pair = _pair(edge)
        bend = drawn[pair] - (pairs[pair] - 1) / 2
        drawn[pair] += 1
        path = _path(places[edge.source], places[edge.target], bend, edge.source == pair[0])
        arrow = "" if edge.is_symmetric else ' marker-end="url(#arrow)"'
        dashed = ' stroke-dasharray="6 5"' if edge.status == "alleged" else ""
        wide = f' stroke-width="{widths[edge.id]}"' if widths.get(edge.id, USUAL) != USUAL else ""
        line = f'<path d="{path}"{wide}><title>{escape(say(edge))}</title></path>'
        ends = f"{number[edge.source]} {number[edge.target]}"
        if edge.url:
            line = f'<a href="{escape(edge.url)}" data-e="{ends}">{line}</a>'
        lines.setdefault(arrow + dashed, []).append(line)
    for look, drawn_so in sorted(lines.items()):  # Said once: a link weighs a third less.
        yield from (f"<g{look}>", *drawn_so, "</g>")


def _fields(fields: Collection[Collection[str]], places: Mapping[str, Place]) -> Iterator[str]:
    """Yield the ground under nodes that belong together: their hull, with round corners."""
    if not fields:
        return
    yield (
        f'<g class="g-fields" fill="{EDGE_COLOUR}" stroke="{EDGE_COLOUR}" stroke-width="56" '
        'stroke-linejoin="round" opacity="0.12" pointer-events="none">'
    )
    for members in fields:
        corners = _hull([(places[node].x, places[node].y) for node in members if node in places])
        if corners:
            yield '<path d="M' + " ".join(f"{x} {y}" for x, y in corners) + 'z"/>'
    yield "</g>"


def _hull(points: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the corners of the convex hull (Andrew's monotone chain)."""
    order = sorted(set(points))
    if len(order) < 3:
        return order

    def half(line: list[tuple[int, int]]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for x, y in line:
            while len(found) > 1:
                (ax, ay), (bx, by) = found[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                found.pop()
            found.append((x, y))
        return found[:-1]

    return half(order) + half(order[::-1])


def _pair(edge: Edge) -> tuple[str, str]:
    return min(edge.source, edge.target), max(edge.source, edge.target)


def _path(a: Place, b: Place, bend: float, is_forward: bool) -> str:
    """Return a line from rim to rim; edges between the same two bend away from each other."""
    length = hypot(b.x - a.x, b.y - a.y) or 1.0
    ux, uy = (b.x - a.x) / length, (b.y - a.y) / length
    x1, y1 = round(a.x + ux * a.r), round(a.y + uy * a.r)
    x2, y2 = round(b.x - ux * (b.r + 3)), round(b.y - uy * (b.r + 3))
    if not bend:
        return f"M{x1} {y1}l{x2 - x1} {y2 - y1}"
    side = bend * 36 * (1 if is_forward else -1)
    middle_x, middle_y = round((x1 + x2) / 2 - uy * side), round((y1 + y2) / 2 + ux * side)
    return f"M{x1} {y1}Q{middle_x} {middle_y} {x2} {y2}"


def _nodes(
    network: Network,
    places: Mapping[str, Place],
    names: Mapping[str, tuple[int, int, str]],
    centre: str,
    kind_of: Callable[[Node], str],
) -> Iterator[str]:
    number = {key: n for n, key in enumerate(network.nodes)}
    kinds = sorted({kind_of(node) for node in network.nodes.values()})
    for kind in kinds:
        colour = COLOURS.get(kind, EDGE_COLOUR)
        yield f'<g class="g-{kind}" fill="{colour}" stroke="{HALO}" text-anchor="middle">'
        for key, node in network.nodes.items():
            if kind_of(node) == kind:
                place = places[key]
                drawn = shape(kind, place.x, place.y, place.r)
                here = ' class="g-centre"' if key == centre else ""
                drawn = f"{drawn}<title>{escape(node.name)}</title>"
                # Shown when it is pointed at or has the focus; of many, the browser says it.
                if key not in names and len(network.nodes) <= MANY:
                    y, text = max(place.y - place.r - 7, FONT), escape(short(node.name))
                    drawn += f'<text x="{place.x}" y="{y}" {HIDDEN}>{text}</text>'
                yield f'<a href="{escape(node.url)}" data-n="{number[key]}"{here}>{drawn}</a>'
        yield "</g>"
    yield (
        f'<g class="g-names" fill="{NAME_COLOUR}" stroke="{HALO}" stroke-width="5" '
        'stroke-linejoin="round" paint-order="stroke" pointer-events="none" aria-hidden="true">'
    )
    for x, y, anchor_name in names.values():
        yield f'<text x="{x}" y="{y}">{escape(anchor_name)}</text>'
    yield "</g>"

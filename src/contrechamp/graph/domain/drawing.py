"""A network as SVG: shapes and colours by kind, arrows, names that do not lie on one another.

Only presentation attributes and classes, so that it keeps to the page's policy and is complete
as a file of its own. Numbers are whole: a picture of 300 nodes weighs less than 20 kB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from math import ceil, hypot, sqrt

from .layout import Spot
from .network import Edge, Network, Node

SCALE, LARGEST_SCALE = 2.6, 9.0
"""Units of the picture for one of the layout: few nodes are drawn apart, with room for names."""
WIDTH = 1_000
MARGIN = 60
FONT = 22
CAPITAL, LETTER = 15.6, 11.8
"""Size of a name, and the usual width of a letter."""
HUBS = 12
"""So many of the most linked have their name in any case, on their shape if need be."""
LONGEST_NAME = 30
MOST_NAMES = 110
COLOURS = {
    "actor": "#1f5f99",
    "project": "#a63d00",
    "technology": "#5b3a94",
    "contract": "#7a5c00",
    "place": "#1d6b3a",
    "group": "#44546a",
}
"""Colour of a kind where no style sheet says otherwise: in a file that was downloaded."""
EDGE_COLOUR, NAME_COLOUR, HALO = "#8a929c", "#1b1f24", "#ffffff"

Say = Callable[[Edge], str]


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, and how large it is."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Place:
    x: int
    y: int
    r: int


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
) -> Picture:
    """Draw a network. `sizes` and `widths`: how much a node or an edge stands for."""
    places, width, height = _places(network, spots, centre, sizes or {})
    names = dict(_names(network, places, centre, width))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="group" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="{FONT}">',
        f"<title>{escape(title)}</title>" if title else "",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="9" '
        'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" class="g-tip" fill="{EDGE_COLOUR}"/></marker></defs>',
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
) -> tuple[dict[str, _Place], int, int]:
    used = [spots[node] for node in network.nodes]
    if not used:
        return {}, 2 * MARGIN, 2 * MARGIN
    left, top = min(spot.x for spot in used), min(spot.y for spot in used)
    wide = max(max(spot.x for spot in used) - left, 1.0)
    scale = min(max(SCALE, WIDTH / wide), LARGEST_SCALE)
    found = {}
    for node in network.nodes:
        size = sizes.get(node) or network.degree(node)
        r = min(round(7 + 2.4 * sqrt(size)), 34) + (4 if node == centre else 0)
        spot = spots[node]
        x, y = round((spot.x - left) * scale), round((spot.y - top) * scale)
        found[node] = _Place(x + 2 * MARGIN, y + MARGIN, r)
    width = max(max(place.x for place in found.values()) + 3 * MARGIN, WIDTH)
    height = max(place.y for place in found.values()) + MARGIN
    return found, width, height


def _edges(
    network: Network, places: Mapping[str, _Place], say: Say, widths: Mapping[str, int]
) -> Iterator[str]:
    pairs = Counter(_pair(edge) for edge in network.edges.values())
    number = {key: n for n, key in enumerate(network.nodes)}
    drawn: Counter[tuple[str, str]] = Counter()
    for edge in network.edges.values():
        pair = _pair(edge)
        bend = drawn[pair] - (pairs[pair] - 1) / 2
        drawn[pair] += 1
        path = _path(places[edge.source], places[edge.target], bend, edge.source == pair[0])
        arrow = "" if edge.is_symmetric else ' marker-end="url(#arrow)"'
        dashed = ' stroke-dasharray="6 5"' if edge.status == "alleged" else ""
        wide = f' stroke-width="{widths[edge.id]}"' if edge.id in widths else ""
        line = f'<path d="{path}"{arrow}{dashed}{wide}><title>{escape(say(edge))}</title></path>'
        ends = f"{number[edge.source]} {number[edge.target]}"
        yield f'<a href="{escape(edge.url)}" data-e="{ends}">{line}</a>' if edge.url else line


def _pair(edge: Edge) -> tuple[str, str]:
    return min(edge.source, edge.target), max(edge.source, edge.target)


def _path(a: _Place, b: _Place, bend: float, is_forward: bool) -> str:
    """Return a line from rim to rim; edges between the same two bend away from each other."""
    length = hypot(b.x - a.x, b.y - a.y) or 1.0
    ux, uy = (b.x - a.x) / length, (b.y - a.y) / length
    x1, y1 = round(a.x + ux * a.r), round(a.y + uy * a.r)
    x2, y2 = round(b.x - ux * (b.r + 3)), round(b.y - uy * (b.r + 3))
    if not bend:
        return f"M{x1} {y1} {x2} {y2}"
    side = bend * 36 * (1 if is_forward else -1)
    middle_x, middle_y = round((x1 + x2) / 2 - uy * side), round((y1 + y2) / 2 + ux * side)
    return f"M{x1} {y1}Q{middle_x} {middle_y} {x2} {y2}"


def _nodes(
    network: Network,
    places: Mapping[str, _Place],
    names: Mapping[str, tuple[int, int, str]],
    centre: str,
    kind_of: Callable[[Node], str],
) -> Iterator[str]:
    number = {key: n for n, key in enumerate(network.nodes)}
    kinds = sorted({kind_of(node) for node in network.nodes.values()})
    for kind in kinds:
        yield f'<g class="g-{kind}" fill="{COLOURS.get(kind, EDGE_COLOUR)}" stroke="{HALO}">'
        for key, node in network.nodes.items():
            if kind_of(node) == kind:
                place = places[key]
                drawn = shape(kind, place.x, place.y, place.r)
                here = ' class="g-centre"' if key == centre else ""
                drawn = f"{drawn}<title>{escape(node.name)}</title>"
                yield f'<a href="{escape(node.url)}" data-n="{number[key]}"{here}>{drawn}</a>'
        yield "</g>"
    yield (
        f'<g class="g-names" fill="{NAME_COLOUR}" stroke="{HALO}" stroke-width="5" '
        'stroke-linejoin="round" paint-order="stroke" pointer-events="none" aria-hidden="true">'
    )
    for x, y, anchor_name in names.values():
        yield f'<text x="{x}" y="{y}">{escape(anchor_name)}</text>'
    yield "</g>"


def _names(
    network: Network, places: Mapping[str, _Place], centre: str, width: int
) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """Yield where names go: the most linked first, each where it covers no other name or node."""
    order = sorted(network.nodes, key=lambda n: (n != centre, -network.degree(n), n))
    taken, written = _Boxes(), _Boxes()
    for place in places.values():
        taken.add((place.x - place.r, place.y - place.r, place.x + place.r, place.y + place.r))
    for rank, node in enumerate(order[:MOST_NAMES]):
        name, place = short(network.nodes[node].name), places[node]
        wide = ceil(sum(CAPITAL if letter.isupper() else LETTER for letter in name))
        spots = [
            (place.x + place.r + 5, place.y + 8),
            (place.x - place.r - 5 - wide, place.y + 8),
            (place.x - wide // 2, place.y - place.r - 7),
            (place.x - wide // 2, place.y + place.r + 21),
        ]
        inside = [(x, y) for x, y in spots if x >= 4 and x + wide <= width - 4]
        free = [at for at in inside if taken.is_free(_box(at, wide))]
        if not free and (rank < HUBS or node == centre):
            on_it = (place.x - wide // 2, place.y + 8)
            free = [at for at in (*inside, on_it) if written.is_free(_box(at, wide))]
        if free:
            taken.add(_box(free[0], wide))
            written.add(_box(free[0], wide))
            yield node, (*free[0], name)


def _box(at: tuple[int, int], wide: int) -> tuple[int, int, int, int]:
    return (at[0], at[1] - FONT + 4, at[0] + wide, at[1] + 4)


def short(name: str) -> str:
    """Return a name that fits beside its node."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


class _Boxes:
    """Rectangles by the squares of a grid, so that each is compared with its neighbours only."""

    SIDE = 120

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}

    def add(self, box: tuple[int, int, int, int]) -> None:
        for cell in self._of(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: tuple[int, int, int, int]) -> bool:
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in self._of(box)
            for other in self._cells.get(cell, ())
        )

    def _of(self, box: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
        for column in range(box[0] // self.SIDE, box[2] // self.SIDE + 1):
            for row in range(box[1] // self.SIDE, box[3] // self.SIDE + 1):
                yield column, row

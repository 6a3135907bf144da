"""Where names go: the most linked first, each where it covers no other name and no node, and lies
on as few links as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

FONT = 22
CAPITAL, LETTER = 15.6, 11.8
"""Size of a name, and the usual width of a letter."""
HUBS = 4
"""So many of the most linked have their name in any case, on their shape if need be."""
LONGEST_NAME = 30
MOST_NAMES = 110

Box = tuple[int, int, int, int]
"""left, top, right, bottom"""
Line = tuple[int, int, int, int]
"""From where to where, straight: x, y, x, y"""


@dataclass(frozen=True, slots=True)
class Place:
    """A node in the picture: its middle, and how large it is."""

    x: int
    y: int
    r: int


def placed_names(
    order: Sequence[tuple[str, str]],
    places: Mapping[str, Place],
    width: int,
    sure: str = "",
    lines: Mapping[str, Sequence[Line]] | None = None,
) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """Yield node, where its name begins, and the name, for the names that find room.

    `order`: nodes with their names, the most important first; `sure`: it has its name always;
    `lines`: the links that the name of a node should not lie on.
    """
    taken, written = _Boxes(), _Boxes()
    for place in places.values():
        taken.add((place.x - place.r, place.y - place.r, place.x + place.r, place.y + place.r))
    for rank, (node, text) in enumerate(order[:MOST_NAMES]):
        name, place = short(text), places[node]
        wide = wide_of(name)
        inside = [(x, y) for x, y in _beside(place, wide) if x >= 4 and x + wide <= width - 4]
        free = [at for at in inside if taken.is_free(_box(at, wide))]
        if not free and (rank < HUBS or node == sure):
            on_it = (place.x - wide // 2, place.y + 8)
            free = [at for at in (*inside, on_it) if written.is_free(_box(at, wide))]
        if free:
            near = (lines or {}).get(node, ())
            at = min(free, key=lambda at: _crossed(_box(at, wide), near))
            taken.add(_box(at, wide))
            written.add(_box(at, wide))
            yield node, (*at, name)


def _crossed(box: Box, lines: Iterable[Line]) -> int:
    """Return how many lines run through a box."""
    return sum(_runs_through(line, box) for line in lines)


def _runs_through(line: Line, box: Box) -> bool:
    """Answer whether a part of a line is inside a box (Liang and Barsky)."""
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    enters, leaves = 0.0, 1.0
    for step, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    return enters <= leaves


def wide_of(name: str) -> int:
    """Return about how wide a name is written."""
    return ceil(sum(CAPITAL if letter.isupper() else LETTER for letter in name))


def _beside(place: Place, wide: int) -> list[tuple[int, int]]:
    above, below = place.y - place.r - 7, place.y + place.r + 21
    return [
        (place.x + place.r + 5, place.y + 8),
        (place.x - place.r - 14 - wide, place.y + 8),  # Some letters are wider than usual.
        (place.x - wide // 2, above),
        (place.x - wide // 2, below),
        (place.x - place.r, above),
        (place.x - place.r, below),
        (place.x + place.r - wide, above),
        (place.x + place.r - wide, below),
    ]


def _box(at: tuple[int, int], wide: int) -> Box:
    return (at[0], at[1] - FONT + 4, at[0] + wide, at[1] + 4)


def short(name: str) -> str:
    """Return a name that fits beside its node."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


class _Boxes:
    """Rectangles by the squares of a grid, so that each is compared with its neighbours only."""

    SIDE = 120

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in self._of(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box) -> bool:
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in self._of(box)
            for other in self._cells.get(cell, ())
        )

    def _of(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(box[0] // self.SIDE, box[2] // self.SIDE + 1):
            for row in range(box[1] // self.SIDE, box[3] // self.SIDE + 1):
                yield column, row

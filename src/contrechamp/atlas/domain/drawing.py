"""Maps made ready for a template: paths, tints and numbers, each with its words and its link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from contrechamp.places.domain.map import (
    HEIGHT,
    WIDTH,
    Box,
    Frame,
    Point,
    Ring,
    country_frames,
    fitted,
    middle,
    tint,
)

from .clusters import Label, spread
from .symbols import Symbol, symbol

Areas = Mapping[str, Sequence[Ring]]

PARIS = ("75", "92", "93", "94")
"""Too small to read on a map of the country: drawn a second time, larger, in a corner."""
CORNER = {"left": 16.0, "top": 14.0, "width": 216.0, "height": 148.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One area of a map, with its outline and the point where its number stands."""

    code: str
    path: str
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A map without facts: the same for every visitor and every filter."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    corner: tuple[Shape, ...] = ()
    frame: Frame | None = None
    frames: Mapping[str, Frame] = field(default_factory=dict)
    """Of a map with boxes: by code of an area, the frame that it stands in."""
    corner_frame: Frame | None = None

    def middles(self) -> dict[str, Point]:
        """Return where the middle of each area is, in the corner for those drawn there."""
        return {shape.code: (shape.x, shape.y) for shape in (*self.shapes, *self.corner)}

    def place(self, departement: str, lon: float, lat: float) -> Point | None:
        """Return where a point of a département stands, or nothing outside of the map."""
        frame = self.frame or self.frames.get(departement)
        if self.corner_frame and departement in PARIS:
            frame = self.corner_frame
        return frame.place(lon, lat) if frame else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a map says of one area."""

    name: str
    url: str
    count: int
    words: str
    """Said by the tooltip and to who does not see the map: "Var (83) : 12 projets"."""
    tint: int | None = None
    """Which class it is in; nothing: by its count, beside the largest."""
    is_unknown: bool = False
    """Nothing is published of it: not the same as none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area as drawn."""

    path: str
    tint: int
    count: int
    url: str
    words: str
    x: float
    y: float
    is_here: bool = False
    is_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A label on a map: the symbols of what is there, and how many projects."""

    x: float
    y: float
    width: int
    symbols: tuple[Symbol, ...]
    number: int
    """Not written when it is one."""
    url: str
    words: str
    has_more: bool = False
    """There are more families than symbols."""

    @property
    def written(self) -> str:
        """Return what stands beside the symbols."""
        return ("+" if self.has_more else "") + (f" {self.number}" if self.number > 1 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Areas drawn alike and as one, that say nothing apart: the list has them."""

    path: str
    tint: int
    is_unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A map with its facts. `ground` is one path for all areas of which there is nothing to say."""

    width: int
    height: int
    areas: tuple[Area, ...]
    corner: tuple[Area, ...] = ()
    joined: tuple[Joined, ...] = ()
    """Of a map with more areas than a page can name: those that are not among the first."""
    ground: str = ""
    label: str = ""
    scale: tuple[Step, ...] = field(default=())
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a map's key."""

    tint: int
    least: int
    most: int


def country_base(areas: Areas) -> Base:
    """Return the map of the country, with its corner and its boxes."""
    frames = country_frames(areas)
    shapes = tuple(_shape(code, rings, frames[code]) for code, rings in sorted(areas.items()))
    near = {code: areas[code] for code in PARIS if code in areas}
    corner: tuple[Shape, ...] = ()
    if near:
        box = Box.around(ring for rings in near.values() for ring in rings)
        frame = Frame(box=box, **CORNER)
        corner = tuple(_shape(code, rings, frame) for code, rings in near.items())
    return Base(
        width=WIDTH,
        height=HEIGHT,
        shapes=shapes,
        corner=corner,
        frames=frames,
        corner_frame=frame if near else None,
    )


def area_base(areas: Areas) -> Base:
    """Return the map of some areas, as large as they allow."""
    frame = fitted(areas)
    shapes = tuple(_shape(code, rings, frame) for code, rings in sorted(areas.items()) if rings)
    return Base(width=1000, height=round(frame.height + 16), shapes=shapes, frame=frame)


def draw(
    base: Base,
    subjects: Mapping[str, Subject],
    *,
    label: str,
    here: Collection[str] = (),
    badges: Iterable[Badge] | None = None,
) -> Drawing:
    """Put facts on a map. Areas without a subject become one path that says nothing.

    With badges, they say how many, and no number is written on the areas.
    """
    largest = max((subject.count for subject in subjects.values()), default=0)
    in_corner = {shape.code for shape in base.corner}

    def area(shape: Shape, *, numbered: bool) -> Area:
        subject = subjects[shape.code]
        return Area(
            path=shape.path,
            tint=tint(subject.count, largest) if subject.tint is None else subject.tint,
            count=subject.count if numbered and badges is None else 0,
            url=subject.url,
            words=subject.words,
            x=shape.x,
            y=shape.y,
            is_here=shape.code in here,
            is_unknown=subject.is_unknown,
        )

    known = [shape for shape in base.shapes if shape.code in subjects]
    # What stands out is drawn last, or the borders of its neighbours would cover its own.
    known.sort(key=lambda shape: (shape.code in here, subjects[shape.code].count > 0))
    named, rest = _named(known, subjects, here)
    return Drawing(
        width=base.width,
        height=base.height,
        areas=tuple(area(shape, numbered=shape.code not in in_corner) for shape in named),
        corner=tuple(area(s, numbered=True) for s in base.corner if s.code in subjects),
        joined=_joined(area(shape, numbered=False) for shape in rest),
        ground="".join(shape.path for shape in base.shapes if shape.code not in subjects),
        label=label,
        scale=key_of(largest),
        badges=tuple(badges or ()),
    )


MANY, NAMED = 300, 150
"""From so many areas on, a page names only so many: each is 120 bytes beside its outline."""


def _named(
    shapes: Sequence[Shape], subjects: Mapping[str, Subject], here: Collection[str]
) -> tuple[list[Shape], list[Shape]]:
    """Return the areas that are links, in their order, and the others, if there are too many."""
    if len(shapes) < MANY:
        return [*shapes], []

    def rank(shape: Shape) -> tuple[bool, int, int]:
        subject = subjects[shape.code]
        return (shape.code in here, subject.tint or 0, subject.count)

    some = [shape for shape in shapes if any(rank(shape))]
    first = {shape.code for shape in sorted(some, key=rank, reverse=True)[:NAMED]}
    return (
        [shape for shape in shapes if shape.code in first],
        [shape for shape in shapes if shape.code not in first],
    )


def _joined(areas: Iterable[Area]) -> tuple[Joined, ...]:
    paths: dict[tuple[int, bool], list[str]] = {}
    for area in areas:
        paths.setdefault((area.tint, area.is_unknown), []).append(area.path)
    return tuple(
        Joined(path="".join(found), tint=tint, is_unknown=is_unknown)
        for (tint, is_unknown), found in sorted(paths.items())
    )


MOST_SYMBOLS = 3
GLYPH, DIGIT, EDGE = 21, 12, 6
"""Widths in a badge, in the units of a drawing."""
TALL, FARTHEST = 28, 45.0
"""Height of a badge, and how far it may be pushed from its place."""


def badge(
    *, x: float, y: float, families: Sequence[str], number: int, url: str, words: str
) -> Badge:
    """Return the badge of some projects; `families` from the most used on."""
    symbols = tuple(symbol(family) for family in families[:MOST_SYMBOLS])
    has_more = len(families) > MOST_SYMBOLS
    made = Badge(
        x=round(x),
        y=round(y),
        width=0,
        symbols=symbols,
        number=number,
        url=url,
        words=words,
        has_more=has_more,
    )
    text = made.written.strip()
    width = EDGE + GLYPH * len(symbols) + (DIGIT * len(text) + EDGE if text else 0)
    return replace(made, width=width)


def apart(made: Sequence[Badge]) -> tuple[Badge, ...]:
    """Push badges apart where they would cover each other."""
    labels = [Label(x=one.x, y=one.y, width=one.width + 2, height=TALL + 2) for one in made]
    return tuple(
        replace(one, x=round(x), y=round(y))
        for one, (x, y) in zip(made, spread(labels, farthest=FARTHEST), strict=True)
    )


def key_of(largest: int, tints: int = 4) -> tuple[Step, ...]:
    """Return what each tint stands for, from few to many; tints that no count gets are left out."""
    steps: dict[int, list[int]] = {}
    for count in range(1, min(largest, 2000) + 1):
        steps.setdefault(tint(count, largest, tints), []).append(count)
    if largest > 2000 and steps:
        steps.setdefault(tints, []).append(largest)
    return tuple(
        Step(tint=number, least=counts[0], most=counts[-1])
        for number, counts in sorted(steps.items())
    )


def _shape(code: str, rings: Sequence[Ring], frame: Frame) -> Shape:
    centre = middle(rings)
    x, y = frame.place(*centre) if centre else (0.0, 0.0)
    return Shape(code=code, path=frame.path(rings), x=round(x), y=round(y))

"""The directory of a copy: everything that has a name, from A to Z, and places by département."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from contrechamp.kernel.names import fold

MOST = 400
"""Lines of one page."""
DIGITS, OTHER = "0-9", "autres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing: what it is called and where it is."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page of a section: the lines under a letter, or of a département."""

    address: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of things."""

    slug: str
    title: str
    leaves: tuple[Leaf, ...]

    @property
    def count(self) -> int:
        """Return how many things there are."""
        return sum(len(leaf.lines) for leaf in self.leaves)


def letter(title: str) -> str:
    """Return the letter that a title is found under: `É…` under E, `3M` under 0-9."""
    first = fold(title)[:1]
    if first.isdigit():
        return DIGITS
    return first.upper() if first.isascii() and first.isalpha() else OTHER


def section(slug: str, title: str, lines: Iterable[tuple[str, Line]]) -> Section:
    """Return a section from its lines, each with the label that it stands under."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for label, line in lines:
        groups[label].append(line)
    leaves = [leaf for label in sorted(groups) for leaf in _leaves(slug, label, groups[label])]
    return Section(slug=slug, title=title, leaves=tuple(leaves))


def _leaves(slug: str, label: str, lines: list[Line]) -> Iterator[Leaf]:
    ordered = iter(sorted(lines, key=lambda line: (fold(line.title), line.url)))
    number = 0
    while part := tuple(islice(ordered, MOST)):
        number += 1
        end = f"-{number}" if number > 1 else ""
        name = fold(label) or "0"
        yield Leaf(
            address=f"/repertoire/{slug}-{name}{end}",
            label=f"{label} ({number})" if number > 1 else label,
            lines=part,
        )

"""The list twin: the rows of a view, as a table, as CSV, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, ngettext

from contrechamp.atlas.domain.asking import Ask
from contrechamp.atlas.domain.classes import is_doubtful, per_thousand, rounded
from contrechamp.atlas.domain.counting import Place, ordered
from contrechamp.atlas.forms import address

from .counted import Seen
from .picture import map_of
from .words import SORTS, family, number

MOST_FAMILIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One territory of the list."""

    place: Place
    projects: int
    communes: int
    cameras: int | None
    projects_rate: float | None
    cameras_rate: float | None
    families: tuple[tuple[str, int], ...]
    tint: int

    @property
    def people(self) -> int | None:
        return self.place.people

    @property
    def is_doubtful(self) -> bool:
        return is_doubtful(self.place.people)

    @property
    def family_text(self) -> str:
        """Name the families that are used most, with their numbers where there are several."""
        several = len(self.families) > 1
        named = [
            f"{family(code)} {number(count)}" if several else family(code)
            for code, count in self.families[:MOST_FAMILIES]
        ]
        left = len(self.families) - len(named)
        words = ngettext("{count} autre", "{count} autres", left).format(count=left)
        return ", ".join([*named, words] if left else named)


KEYS = {
    "projets": "projects",
    "habitants": "people",
    "communes": "communes",
    "cameras": "cameras",
    "projets-1000": "projects_rate",
    "cameras-1000": "cameras_rate",
}


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: a link that sorts by it."""

    name: str
    label: str
    url: str
    direction: str
    """ascending, descending, or empty when it is not what the list is sorted by."""


def rows(seen: Seen) -> list[Row]:
    """Return the territories that have something, in the order asked for."""
    found = [
        _row(seen, key)
        for key, tally in seen.count.of.items()
        if key in seen.inside and (tally.projects or tally.cameras is not None)
    ]
    return _sorted(found, seen.ask.sort or f"-{seen.ask.measure}")


def _row(seen: Seen, key: str) -> Row:
    place, tally = seen.inside[key], seen.tally(key)
    return Row(
        place=place,
        projects=tally.projects,
        communes=len(tally.communes),
        cameras=None if tally.cameras is None else int(tally.cameras),
        projects_rate=per_thousand(tally.projects, place.people),
        cameras_rate=per_thousand(tally.cameras, place.people),
        families=tuple(ordered(tally)),
        tint=seen.tint(key),
    )


def map_of_row(seen: Seen, row: Row) -> str:
    """Return the address of a row's own map, or nothing."""
    has_map = row.place.level != "commune"
    return map_of(seen.ask, row.place.key) if has_map else ""


def _sorted(found: list[Row], sort: str) -> list[Row]:
    """Sort by a column; what is not known comes last in either direction."""
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    ordered_rows = sorted(found, key=lambda row: (row.place.folded, row.place.code))
    if name == "nom":
        return ordered_rows[::-1] if is_down else ordered_rows
    values = {row.place.key: getattr(row, KEYS[name]) for row in ordered_rows}
    known = [row for row in ordered_rows if values[row.place.key] is not None]
    known.sort(key=lambda row: values[row.place.key] * (-1 if is_down else 1))
    return known + [row for row in ordered_rows if values[row.place.key] is None]


def columns(seen: Seen) -> list[Column]:
    """Return the heads of the table: a second click turns the order round."""
    used = seen.ask.sort or f"-{seen.ask.measure}"
    return [_column(seen.ask, used, name) for name in shown_columns(seen)]


def shown_columns(seen: Seen) -> Iterator[str]:
    """Yield the names of the columns that say something at this level."""
    yield "nom"
    yield "projets"
    if seen.level != "commune":
        yield "communes"
    yield "habitants"
    yield "projets-1000"
    yield "cameras"
    yield "cameras-1000"


def _column(ask: Ask, used: str, name: str) -> Column:
    is_used = used.removeprefix("-") == name
    first = "" if name == "nom" else "-"
    after = ("" if used.startswith("-") else "-") if is_used else first
    direction = ("descending" if used.startswith("-") else "ascending") if is_used else ""
    url = address(replace(ask, sort=f"{after}{name}"))
    return Column(name, gettext(SORTS[name]), url, direction)


CSV_HEAD = (
    "code",
    "name",
    "kind",
    "url",
    "population",
    "projects",
    "communes",
    "projects_per_1000",
    "cameras_authorised",
    "cameras_per_1000",
    "technologies",
)


def as_values(row: Row, site: str) -> dict[str, Any]:
    """Return a row for a file: codes and plain numbers, the same in every language."""
    return {
        "code": row.place.code,
        "name": row.place.name,
        "kind": row.place.level,
        "url": site + row.place.url,
        "population": row.place.people,
        "projects": row.projects,
        "communes": row.communes,
        "projects_per_1000": _short(row.projects_rate),
        "cameras_authorised": row.cameras,
        "cameras_per_1000": _short(row.cameras_rate),
        "technologies": dict(row.families),
    }


def _short(rate: float | None) -> float | None:
    return None if rate is None else rounded(rate)

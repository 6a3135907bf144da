"""What stands in the address of a map, made valid. A value that is not offered is no filter: its
echo could tell what is not public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from contrechamp.census import published
from contrechamp.places import queries as places

from .domain.asking import MEASURES, SORTS, STATUSES, Ask, Filters
from .domain.counting import Survey
from .domain.lines import Line
from .domain.symbols import SYMBOLS

YEARS = range(1900, 2101)
COUNTRY = "country:FR"


@dataclass(frozen=True, slots=True)
class Known:
    """What an address may name."""

    technologies: frozenset[str]
    types: frozenset[str]
    years: frozenset[int]


def known(survey: Survey) -> Known:
    """Return what can be asked of a survey."""
    return survey.always("known", lambda: _known(survey))


def _known(survey: Survey) -> Known:
    families = {code for kind in survey.kinds for code in kind.families}
    records = {key for kind in survey.kinds for key in kind.technologies}
    spans = {(kind.first, kind.last, kind.latest) for kind in survey.kinds}
    dated = {year for span in spans for year in span if year is not None}
    return Known(
        technologies=frozenset(records | families | set(SYMBOLS)),
        types=frozenset(kind.type for kind in survey.kinds),
        years=frozenset(range(min(dated), max(dated) + 1)) if dated else frozenset(),
    )


def read_ask(data: QueryDict, survey: Survey) -> Ask:
    """Return what an address asks for."""
    offered = known(survey)
    sort = data.get("tri", "")
    filters = Filters(
        technology=_one(data.get("technologie", ""), offered.technologies)
        or _technology(data.get("technologie", "")),
        type=_one(data.get("type", ""), offered.types),
        status=_one(data.get("statut", ""), STATUSES),
        actor=_record(data.get("acteur", ""), "actor"),
        project=_record(data.get("projet", ""), "project"),
        year=_year(data.get("au") or data.get("annee", ""), offered),
        with_undated="sans_date" in data,
    )
    if filters.year is None:
        filters = replace(filters, with_undated=False)
    place = _place(data.get("lieu", ""))
    if not place and filters.project:
        place = _around(filters.project, survey)
    return Ask(
        place=place or COUNTRY,
        measure=_one(data.get("mesure", ""), MEASURES) or MEASURES[0],
        sort=sort if sort.removeprefix("-") in SORTS else "",
        filters=filters,
    )


def address(ask: Ask, path: str = "/carte") -> str:
    """Return the address of a map: the same for the same question, whoever writes it."""
    filters = ask.filters
    values = (
        ("lieu", "" if ask.place == COUNTRY and not filters.project else ask.place),
        ("mesure", "" if ask.measure == MEASURES[0] else ask.measure),
        ("technologie", filters.technology),
        ("type", filters.type),
        ("statut", filters.status),
        ("acteur", filters.actor),
        ("projet", filters.project),
        ("au", "" if filters.year is None else str(filters.year)),
        ("sans_date", "1" if filters.with_undated else ""),
        ("tri", ask.sort),
    )
    query = urlencode([(name, value) for name, value in values if value], safe=":")
    return f"{path}?{query}" if query else path


def narrowed(ask: Ask, **changes: object) -> Ask:
    """Return the same question with some filters changed."""
    return replace(ask, filters=replace(ask.filters, **changes))  # type: ignore[arg-type]


def _one(text: str, offered: frozenset[str] | tuple[str, ...]) -> str:
    return text if text in offered else ""


def _record(text: str, kind: str) -> str:
    record = published.find_record(text[:20]) if text else None
    return record.id if record and record.kind == kind else ""


def _technology(text: str) -> str:
    """Take the record of a technology that no project uses: its map is empty, and says so."""
    return _record(text, "technology")


def _year(text: str, offered: Known) -> int | None:
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None
    return year if year in offered.years else None


def _place(text: str) -> str:
    found = places.find_territory(text[:30]) if ":" in text else None
    if found is None or found.kind == "country":
        return ""
    return found.parent if found.kind == "arrondissement" else found.successor or found.key


def _around(project: str, survey: Survey) -> str:
    """Return where a project is seen best: the département that it is in, if it is in one."""
    line: Line | None = next((each for each in survey.lines if each.id == project), None)
    found = line.where.departement if line else ()
    return found[0] if len(found) == 1 else ""

"""What a reader can do from a view: filter, take a filter off, choose a year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_noop, ngettext

from contrechamp.atlas.domain.asking import MEASURES, STATUSES
from contrechamp.atlas.domain.counting import Survey, ordered, total_of, without_year, years_of
from contrechamp.atlas.domain.symbols import Symbol, symbol
from contrechamp.atlas.forms import address, narrowed
from contrechamp.census import published
from contrechamp.foundation.vocabulary import label

from .counted import Seen, pick, without_technology
from .words import MEASURES as MEASURE_WORDS
from .words import family


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """A family of techniques: what stands for it, and the map of it alone."""

    symbol: Symbol
    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is on, with the address of the map without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A year under the map: how many projects were there, and the map of that year."""

    year: int
    count: int
    url: str
    words: str
    height: int
    """Of the largest, in percent; something is always to be seen."""
    is_chosen: bool

    @property
    def top(self) -> int:
        return 100 - self.height


def options(seen: Seen) -> dict[str, list[Option]]:
    """Return the values of each filter, with how many projects of the whole census have them."""
    return {
        "measures": [
            Option(value=one, label=gettext(MEASURE_WORDS[one]), is_chosen=one == seen.ask.measure)
            for one in MEASURES
        ],
        "technologies": _technologies(seen),
        "types": _types(seen),
        "statuses": [
            Option(value=one, label=one, is_chosen=one == seen.ask.filters.status)
            for one in STATUSES
        ],
    }


def _technologies(seen: Seen) -> list[Option]:
    used: Counter[str] = seen.survey.always("technologies", lambda: _used(seen.survey))
    chosen = seen.ask.filters.technology
    names: dict[str, str] = seen.survey.always(
        "technology names",
        lambda: {key: one.name for key, one in published.find_records(used).items()},
    )
    found = [
        Option(value=key, label=name, count=used[key], is_chosen=key == chosen)
        for key, name in names.items()
    ]
    found.sort(key=lambda one: (-(one.count or 0), one.label))
    if chosen and chosen not in names:
        found.insert(0, Option(value=chosen, label=name_of(chosen), is_chosen=True))
    return found


def _used(survey: Survey) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, number in survey.kinds.items():
        for key in kind.technologies:
            found[key] += number
    return found


def name_of(technology: str) -> str:
    """Return the name of a technology's record, or of a family by its code."""
    record = published.find_record(technology)
    return record.name if record else family(technology)


def _types(seen: Seen) -> list[Option]:
    used: Counter[str] = seen.survey.always("types", lambda: _sorts(seen.survey))
    return [
        Option(
            value=one,
            label=label("entity_types", one),
            count=count,
            is_chosen=one == seen.ask.filters.type,
        )
        for one, count in sorted(used.items(), key=lambda each: (-each[1], each[0]))
    ]


def _sorts(survey: Survey) -> Counter[str]:
    found: Counter[str] = Counter()
    for kind, number in survey.kinds.items():
        found[kind.type] += number
    return found


def legend(seen: Seen) -> list[LegendLine]:
    """Return the families that are on this map when none is chosen, each a filter."""
    filters, here = seen.ask.filters, seen.here.key
    every = total_of(pick(seen.survey, without_technology(filters), here))
    chosen = seen.survey.related.get(filters.technology, frozenset()) | {filters.technology}
    return [
        LegendLine(
            symbol=symbol(code),
            label=family(code),
            count=count,
            url=address(narrowed(seen.ask, technology="" if code in chosen else code)),
            is_chosen=code in chosen,
        )
        for code, count in ordered(every)
    ]


def chips(seen: Seen) -> list[Chip]:
    """Return the filters that are on, each with the way to take it off."""
    ask, filters = seen.ask, seen.ask.filters
    found = []
    if filters.technology:
        found.append(("technology", name_of(filters.technology)))
    if filters.type:
        found.append(("type", label("entity_types", filters.type)))
    if filters.status:
        found.append(("status", gettext(STATUS_WORDS[filters.status])))
    for name in ("actor", "project"):
        record = published.find_record(getattr(filters, name)) if getattr(filters, name) else None
        if record:
            found.append((name, record.name))
    made = [Chip(label=words, url=address(narrowed(ask, **{name: ""}))) for name, words in found]
    if filters.year is not None:
        words = gettext("en {year}").format(year=filters.year)
        if filters.with_undated:
            words = gettext("{when}, et sans date").format(when=words)
        url = address(replace(ask, filters=without_year(filters)))
        made.append(Chip(label=words, url=url))
    return made


STATUS_WORDS = {
    "verified": gettext_noop("vérifié"),
    "documented": gettext_noop("documenté"),
    "alleged": gettext_noop("allégué"),
    "contradicted": gettext_noop("contredit"),
}


def bars(seen: Seen, *, now: int) -> list[Bar]:
    """Return how many projects were there each year up to this one, each a link to its map."""
    filters, here = without_year(seen.ask.filters), seen.here.key
    counted: dict[int, int] = seen.survey.once(
        ("years", filters, here, now),
        lambda: years_of(pick(seen.survey, filters, here), now=now),
    )
    largest = max(counted.values(), default=0)
    return [
        Bar(
            year=year,
            count=count,
            url=address(
                narrowed(seen.ask, year=None, with_undated=False)
                if year == seen.ask.filters.year
                else narrowed(seen.ask, year=year)
            ),
            words=ngettext("{year} : {count} projet", "{year} : {count} projets", count).format(
                year=year, count=count
            ),
            height=max(round(100 * count / largest), 3 if count else 0) if largest else 0,
            is_chosen=year == seen.ask.filters.year,
        )
        for year, count in counted.items()
    ]

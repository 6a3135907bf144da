"""What the laboratory reads of the rooms below: a commune's numbers, projects of a technique."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.cameras import published as cameras
from contrechamp.census import published
from contrechamp.census.published.paging import RecordAsk, page_of_records
from contrechamp.foundation.vocabulary import terms
from contrechamp.lab.model import Experiment
from contrechamp.places import queries as places
from contrechamp.web.domain.lab.town import CAMERAS, POPULATION, TownNumber

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """A technique of the census that an experiment is about, with the projects that use it."""

    name: str
    url: str
    count: int
    projects: tuple[published.Record, ...]
    more_url: str


def town(code: str) -> Territory | None:
    """Return the commune of an INSEE code, or None."""
    return places.find_by_code("commune", code) if code else None


def towns(typed: str) -> list[Territory]:
    """Return the communes that somebody may mean who typed this."""
    found = places.search_territories(typed, 12) if typed else []
    return [each for each in found if each.kind == "commune" and not each.successor]


def numbers_of(commune: Territory) -> dict[str, TownNumber]:
    """Return what is known of a commune, each number with its source."""
    found = {}
    if commune.population:
        found[POPULATION] = TownNumber(
            kind=POPULATION,
            value=commune.population,
            source=gettext("population légale de l'Insee"),
            url=commune.get_absolute_url(),
        )
    counted = cameras.comparison(commune.code)
    for value, source in (
        (counted.authorised, gettext("caméras autorisées par les actes publiés ici")),
        (counted.listed, gettext("caméras d'une liste publiée par la commune")),
        (counted.found or None, gettext("caméras repérées depuis la rue par des bénévoles")),
    ):
        if value:
            url = reverse("cameras:commune", args=[commune.slug])
            found[CAMERAS] = TownNumber(kind=CAMERAS, value=value, source=source, url=url)
            break
    return found


def techniques_of(experiment: Experiment) -> list[Technique]:
    """Return the techniques of the census that a claim is about, families with their members."""
    codes = set(experiment.technologies)
    wanted = [
        record
        for record in published.records("technology")
        if any(_is_of(code, codes) for code in record.keys.get("vocabulary", ()))
    ]
    counts = published.technologies_in_use() if wanted else {}
    return [_technique(record, counts.get(record.id, 0)) for record in wanted]


def _is_of(code: str, codes: set[str]) -> bool:
    return code in codes or str(terms("technologies").get(code, {}).get("parent", "")) in codes


def _technique(record: published.Record, count: int) -> Technique:
    ask = RecordAsk(kind="project", technology=record.id)
    rows = page_of_records(ask, None, SHOWN) if count else []
    return Technique(
        name=record.name,
        url=record.url,
        count=count,
        projects=tuple(each for _, each in rows),
        more_url=f"/projets?technique={record.id}" if count > SHOWN else "",
    )

"""Maps with their facts. What does not depend on facts is kept between requests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from contrechamp.atlas.domain.drawing import Base, Drawing, Subject, area_base, country_base, draw
from contrechamp.atlas.domain.lines import departement_of
from contrechamp.places import queries as places

from .counts import Counted

if TYPE_CHECKING:
    from contrechamp.places.models import Territory


@lru_cache(maxsize=1)
def _country() -> Base:
    return country_base(places.departement_outlines())


@lru_cache(maxsize=32)
def _departements(codes: tuple[str, ...]) -> Base | None:
    areas = {c: rings for c, rings in places.departement_outlines().items() if c in codes}
    return area_base(areas) if areas else None


@lru_cache(maxsize=64)
def _communes(departements: tuple[str, ...], codes: frozenset[str] | None) -> Base | None:
    areas = {
        code: rings
        for departement in departements
        for code, rings in places.commune_outlines(departement, only=codes).items()
    }
    return area_base(areas) if areas else None


def base_of(key: str, codes: tuple[str, ...]) -> Base | None:
    """Return the map without facts of a territory: of its départements, or of its communes."""
    kind, _, code = key.partition(":")
    match kind:
        case "country":
            return _country()
        case "region":
            return _departements(codes)
        case "departement":
            return _communes((code,), None)
        case _:
            return _communes(
                tuple(sorted({departement_of(one) for one in codes})), frozenset(codes)
            )


def country_map(counts: Counted) -> Drawing:
    """Return the map of all départements with the number of their projects."""
    subjects = {one.code: _subject(one, counts, with_code=True) for one in places.departements()}
    return draw(_country(), subjects, label=gettext("Projets publiés par département"))


def region_map(region: Territory, inside: Sequence[Territory], counts: Counted) -> Drawing | None:
    """Return the map of the départements of a region."""
    base = _departements(tuple(one.code for one in inside))
    if base is None:
        return None
    subjects = {one.code: _subject(one, counts, with_code=True) for one in inside}
    label = gettext("Projets publiés par département : {name}").format(name=region.name)
    return draw(base, subjects, label=label)


def departement_map(
    departement: Territory, communes: Sequence[Territory], counts: Counted
) -> Drawing | None:
    """Return the map of the communes of a département; those with projects are links."""
    base = _communes((departement.code,), None)
    if base is None:
        return None
    subjects = {one.code: _subject(one, counts) for one in communes if counts.of(one.key)}
    label = gettext("Projets publiés par commune : {name}").format(name=departement.name)
    return draw(base, subjects, label=label)


def epci_map(
    epci: Territory, communes: Sequence[Territory], counts: Counted, *, here: str = ""
) -> Drawing | None:
    """Return the map of the communes of an EPCI, all of them links; `here` stands out."""
    departements = tuple(sorted({one.departement for one in communes}))
    base = _communes(departements, frozenset(one.code for one in communes))
    if base is None:
        return None
    subjects = {one.code: _subject(one, counts) for one in communes}
    label = gettext("Communes : {name}").format(name=epci.name)
    return draw(base, subjects, label=label, here={here} - {""})


def _subject(territory: Territory, counts: Counted, *, with_code: bool = False) -> Subject:
    count = counts.of(territory.key)
    name = f"{territory.name} ({territory.code})" if with_code else territory.name
    if count:
        words = ngettext("{name} : {count} projet", "{name} : {count} projets", count)
    else:
        words = gettext("{name} : rien de publié")
    return Subject(
        name=territory.name,
        url=territory.get_absolute_url(),
        count=count,
        words=words.format(name=name, count=count),
    )

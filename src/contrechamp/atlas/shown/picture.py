"""The drawing of a view: tinted areas, and over them badges with the symbols of what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language, gettext, ngettext

from contrechamp.atlas.domain.asking import Ask
from contrechamp.atlas.domain.clusters import Cluster, Label, Spot, gather, spread
from contrechamp.atlas.domain.counting import Place, Tally
from contrechamp.atlas.domain.drawing import PARIS, Badge, Base, Drawing, Subject, badge, draw
from contrechamp.atlas.forms import address
from contrechamp.atlas.queries.maps import base_of
from contrechamp.places.domain.map import Point

from .counted import Seen, count_of, lines_of
from .words import MEASURES, number, of_area, of_families, ordered

RADIUS = {"country": 46.0, "region": 44.0, "departement": 34.0, "epci": 0.0}
"""In the units of a drawing 1,000 wide: how near is too near."""
MOST = 110
NEAR = 400.0
"""In the corner each département is one symbol."""
CORNER = frozenset(f"departement:{code}" for code in PARIS)
TALL, FARTHEST = 28, 45.0
"""Height of a badge, and how far it may be pushed from its place."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of a map's key."""

    tint: int
    words: str


def draw_view(seen: Seen) -> Drawing | None:
    """Return the drawing of a view, or None where no outline is known."""
    codes = tuple(sorted(place.code for place in seen.inside.values()))
    base = base_of(seen.here.key, codes)
    if base is None:
        return None
    subjects = {
        place.code: Subject(
            name=place.name,
            url=onward(seen, place),
            count=seen.tally(key).projects,
            words=of_area(seen, key),
            tint=seen.tint(key),
            is_unknown=seen.is_unknown(key),
        )
        for key, place in seen.inside.items()
    }
    label = gettext("{measure} : {place}").format(
        measure=gettext(MEASURES[seen.ask.measure]), place=seen.here.name
    )
    here = {seen.stands_out} - {""}
    return draw(base, subjects, label=label, here=here, badges=_badges(seen, base))


def _badges(seen: Seen, base: Base) -> tuple[Badge, ...]:
    key = ("badges", replace(seen.ask, sort=""), get_language())
    return seen.survey.once(key, lambda: badges(seen, base))


def key_of(seen: Seen) -> list[KeyLine]:
    """Return what each tint stands for, from few to many."""
    found = []
    for step in seen.steps:
        low, high = number(step.least), number(step.most)
        if step.below is not None:
            words = (
                gettext("de {low} à moins de {high}").format(low=low, high=number(step.below))
                if seen.ask.is_rate
                else _whole(step.least, step.below - 1)
            )
        elif seen.ask.is_rate:
            words = gettext("{low} et plus (jusqu'à {high})").format(low=low, high=high)
        else:
            words = _whole(step.least, step.most)
        found.append(KeyLine(step.tint, words))
    return found


def _whole(least: float, most: float) -> str:
    if most <= least:
        return number(least)
    return gettext("{low} à {high}").format(low=number(least), high=number(most))


def onward(seen: Seen, place: Place) -> str:
    """Return where an area leads: a département to its map, a commune to its page."""
    return place.url if place.level == "commune" else map_of(seen.ask, place.key)


def map_of(ask: Ask, key: str) -> str:
    """Return the map of another territory, with the same filters."""
    return address(replace(ask, place=key))


def spots(seen: Seen, base: Base) -> list[Spot]:
    """Return where projects stand: in their commune, else in the middle of their département."""
    filters, here = seen.ask.filters, seen.here.key
    in_communes = count_of(seen.survey, filters, level="commune", inside=here)
    found = []
    for key, tally in in_communes.of.items():
        place = seen.inside.get(key) or seen.survey.places.get(key)
        point = _point(place, base) if place else None
        if tally.projects and place and point:
            found.append(_spot(key, _group(seen, place), point, tally.projects))
    if seen.level == "departement":
        middles = base.middles()
        whole = Counter(
            key
            for line in lines_of(seen.survey, filters, here)
            if line.is_project and not line.where.commune
            for key in line.where.departement
        )
        for key, weight in whole.items():
            code = key.partition(":")[2]
            if code in middles:
                found.append(_spot(key, key, middles[code], weight))
    return found


def _spot(key: str, group: str, point: Point, weight: int) -> Spot:
    return Spot(key=key, group=group, x=point[0], y=point[1], weight=weight)


def _group(seen: Seen, place: Place) -> str:
    """Return what a symbol of several communes opens: the département, and in it the EPCI."""
    if seen.level == "departement":
        return f"departement:{place.departement}"
    return f"epci:{place.epci}" if seen.here.level == "departement" and place.epci else place.key


def _point(place: Place, base: Base) -> Point | None:
    if place.lon is None or place.lat is None:
        return base.middles().get(place.code)
    return base.place(place.departement, place.lon, place.lat)


def badges(seen: Seen, base: Base) -> tuple[Badge, ...]:
    """Return the symbols of a view; places that stand too near each other are one."""
    found = spots(seen, base)
    near = [spot for spot in found if base.corner_frame and spot.group in CORNER]
    rest = [spot for spot in found if spot not in near] if near else found
    clusters = [
        *gather(rest, radius=RADIUS[seen.here.level], most=MOST),
        *gather(near, radius=NEAR, most=len(CORNER)),
    ]
    made = [
        badge(
            x=cluster.x,
            y=cluster.y,
            families=[code for code, _ in ordered(tally)],
            number=tally.projects,
            url=_opens(seen, cluster),
            words=_words(seen, cluster, tally),
        )
        for cluster, tally in zip(clusters, _tallies(seen, clusters), strict=True)
    ]
    labels = [Label(x=one.x, y=one.y, width=one.width + 2, height=TALL + 2) for one in made]
    return tuple(
        replace(one, x=round(x), y=round(y))
        for one, (x, y) in zip(made, spread(labels, farthest=FARTHEST), strict=True)
    )


def _opens(seen: Seen, cluster: Cluster) -> str:
    alone = seen.survey.places.get(cluster.keys[0]) if len(cluster.keys) == 1 else None
    if alone and alone.level == "commune":
        return alone.url
    return map_of(seen.ask, cluster.group)


def _words(seen: Seen, cluster: Cluster, tally: Tally) -> str:
    names = [
        place.name
        for key in cluster.keys[:3]
        if (place := seen.inside.get(key) or seen.survey.places.get(key))
    ]
    more = len(cluster.keys) - len(names)
    where = ", ".join(names)
    if more > 0:
        other = ngettext("{count} autre", "{count} autres", more).format(count=more)
        where = gettext("{names} et {others}").format(names=where, others=other)
    words = ngettext("{count} projet", "{count} projets", tally.projects)
    return f"{where} : {words.format(count=number(tally.projects))} ({of_families(tally)})"


def _tallies(seen: Seen, clusters: Sequence[Cluster]) -> list[Tally]:
    """Count each cluster: a project in several communes of one is one project."""
    where = {key: index for index, cluster in enumerate(clusters) for key in cluster.keys}
    found = [Tally() for _ in clusters]
    for line in lines_of(seen.survey, seen.ask.filters, seen.here.key):
        if line.is_project:
            keys = line.where.commune or line.where.departement
            for index in {where[key] for key in keys if key in where}:
                found[index].projects += 1
                found[index].families.update(line.families)
    return found

"""The drawing of a view: tinted areas, and over them badges with the symbols of what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language, gettext, ngettext

from contrechamp.atlas.domain.asking import Ask
from contrechamp.atlas.domain.clusters import Cluster, Spot, gather
from contrechamp.atlas.domain.counting import (
    Place,
    Tally,
    ordered,
    weights,
)
from contrechamp.atlas.domain.drawing import (
    MOST_SYMBOLS,
    PARIS,
    Badge,
    Base,
    Drawing,
    Subject,
    apart,
    badge,
    draw,
)
from contrechamp.atlas.forms import address
from contrechamp.atlas.queries.maps import base_of
from contrechamp.places.domain.map import Point

from .counted import Seen, pick
from .words import MEASURES, family, number, of_area

RADIUS = {"country": 46.0, "region": 44.0, "departement": 34.0, "epci": 0.0}
"""In the units of a drawing 1,000 wide: how near is too near."""
MOST = 80
NEAR = 400.0
"""In the corner each département is one symbol."""
CORNER = frozenset(f"departement:{code}" for code in PARIS)


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
    """Return the map of another territory, with the same filters; the order is of one list."""
    return address(replace(ask, place=key, sort=""))


def spots(seen: Seen, base: Base) -> list[Spot]:
    """Return where projects stand: in their commune, else in the middle of their département."""
    stands = seen.survey.stands.setdefault(seen.here.key, {})
    found = []
    for key, weight in weights(pick(seen.survey, seen.ask.filters, seen.here.key)).items():
        if key not in stands:
            stands[key] = _stand(seen, base, key)
        stand = stands[key]
        if stand:
            found.append(Spot(key, *stand, weight))
    return found


def _stand(seen: Seen, base: Base, key: str) -> tuple[str, float, float] | None:
    """Return where a place is drawn, after the group that it is drawn with."""
    kind, _, code = key.partition(":")
    group, point = key, None
    if kind == "departement":
        point = base.middles().get(code) if seen.level == "departement" else None
    elif place := seen.inside.get(key) or seen.survey.places.get(key):
        group, point = _group(seen, place), _point(place, base)
    return (group, *point) if point else None


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
    rest = [spot for spot in found if spot.group not in CORNER] if near else found
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
    return apart(made)


def _opens(seen: Seen, cluster: Cluster) -> str:
    alone = seen.survey.places.get(cluster.keys[0]) if len(cluster.keys) == 1 else None
    if alone and alone.level == "commune":
        return alone.url
    return map_of(seen.ask, cluster.group)


def _words(seen: Seen, cluster: Cluster, tally: Tally) -> str:
    names = [
        place.name
        for key in cluster.keys[:2]
        if (place := seen.inside.get(key) or seen.survey.places.get(key))
    ]
    more = len(cluster.keys) - len(names)
    where = ", ".join(names)
    if more > 0:
        other = ngettext("{count} autre", "{count} autres", more).format(count=more)
        where = gettext("{names} et {others}").format(names=where, others=other)
    words = ngettext("{count} projet", "{count} projets", tally.projects)
    said = f"{where} : {words.format(count=number(tally.projects))}"
    if more > 0:  # The list says it of the département that the symbol opens.
        return said
    used = ", ".join(family(code) for code, _ in ordered(tally)[:MOST_SYMBOLS])
    return f"{said} ({used})"


def _tallies(seen: Seen, clusters: Sequence[Cluster]) -> list[Tally]:
    """Count each cluster: a project in several communes of one is one project."""
    cluster_of = {key: (index,) for index, cluster in enumerate(clusters) for key in cluster.keys}
    found = [Tally() for _ in clusters]
    summary = pick(seen.survey, seen.ask.filters, seen.here.key)
    # By where they are first, then by clusters: what runs over every project is one look-up.
    drawn_in = [_drawn_in(keys, cluster_of) for keys in summary.grounds.stands]
    for families, there in summary.by_families():
        for indexes, number_there in Counter(map(drawn_in.__getitem__, there)).items():
            for index in indexes:
                found[index].add(families, number_there)
    return found


def _drawn_in(keys: tuple[str, ...], cluster_of: dict[str, tuple[int]]) -> tuple[int, ...]:
    if len(keys) == 1:
        return cluster_of.get(keys[0], ())
    return tuple({cluster_of[key][0] for key in keys if key in cluster_of})

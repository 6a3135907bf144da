"""Places that stand too near each other to be told apart become one symbol with their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, inf
from operator import attrgetter
from typing import NamedTuple

WIDER = 1.5
KEY, GROUP, WEIGHT = attrgetter("key"), attrgetter("group"), attrgetter("weight")


class Spot(NamedTuple):
    """A place with what it counts for, in the units of a drawing."""

    key: str
    group: str
    """Only places of one group become one: a symbol opens one département."""
    x: float
    y: float
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Places that are drawn as one."""

    group: str
    x: float
    y: float
    weight: int
    keys: tuple[str, ...]
    """From the heaviest to the lightest."""


def gather(spots: Iterable[Spot], *, radius: float, most: int) -> tuple[Cluster, ...]:
    """Join places of a group that stand within a radius of a heavier one.

    When more than `most` symbols remain, the radius widens until they do not, at the latest when
    each group is one. The order in which the places come changes nothing.
    """
    ordered = sorted(sorted(spots, key=KEY), key=WEIGHT, reverse=True)
    groups = len(set(map(GROUP, ordered)))
    # So many groups are so many symbols at the least: then no radius is worth trying.
    reach = radius if groups < most else inf
    found = _within(ordered, reach)
    while len(found) > max(most, groups):
        reach = reach * WIDER if reach < 1_000_000 else inf
        found = _within(ordered, reach)
    return tuple(sorted((_one(each) for each in found), key=lambda one: (one.y, one.x, one.keys)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands on a map, by its middle and its size."""

    x: float
    y: float
    width: float
    height: float


ROUNDS = 30


def spread(labels: Sequence[Label], *, farthest: float) -> list[tuple[float, float]]:
    """Return where labels stand so that they cover each other less, none far from its place.

    Two that overlap are pushed apart the shorter way, until none do or a number of rounds has
    passed. Where too many want one place some still overlap: a label that has wandered off would
    say something of somewhere else.
    """
    at = [[label.x, label.y] for label in labels]
    pairs = _within_reach(labels, farthest)
    for _ in range(ROUNDS):
        if not _push(labels, at, pairs):
            break
        for label, point in zip(labels, at, strict=True):
            point[0] = min(max(point[0], label.x - farthest), label.x + farthest)
            point[1] = min(max(point[1], label.y - farthest), label.y + farthest)
    return [(round(x, 1), round(y, 1)) for x, y in at]


def _within_reach(labels: Sequence[Label], farthest: float) -> list[tuple[int, int]]:
    """Return the two of every pair that can come to overlap, however both are pushed."""
    return [
        (i, j)
        for i, one in enumerate(labels)
        for j, other in enumerate(labels[i + 1 :], i + 1)
        if abs(one.y - other.y) < (one.height + other.height) / 2 + 2 * farthest
        and abs(one.x - other.x) < (one.width + other.width) / 2 + 2 * farthest
    ]


def _push(labels: Sequence[Label], at: list[list[float]], pairs: list[tuple[int, int]]) -> bool:
    """Push every two that overlap apart by half of it each; say whether any did."""
    has_moved = False
    for i, j in pairs:
        over_y = (labels[i].height + labels[j].height) / 2 - abs(at[j][1] - at[i][1])
        if over_y <= 0:
            continue
        over_x = (labels[i].width + labels[j].width) / 2 - abs(at[j][0] - at[i][0])
        if over_x <= 0:
            continue
        has_moved = True
        axis, over = (0, over_x) if over_x < over_y else (1, over_y)
        by = (over / 2 + 0.5) * (1 if at[j][axis] >= at[i][axis] else -1)
        at[i][axis] -= by
        at[j][axis] += by
    return has_moved


def _within(ordered: list[Spot], reach: float) -> list[list[Spot]]:
    seeds: dict[str, list[list[Spot]]] = {}
    if reach == inf:
        for spot in ordered:
            seeds.setdefault(spot.group, [[]])[0].append(spot)
        return [members for (members,) in seeds.values()]
    for spot in ordered:
        own = seeds.setdefault(spot.group, [])
        for members in own:
            if hypot(members[0].x - spot.x, members[0].y - spot.y) <= reach:
                members.append(spot)
                break
        else:
            own.append([spot])
    return [members for own in seeds.values() for members in own]


def _one(members: list[Spot]) -> Cluster:
    """Return the symbol of some places, where the weight of them lies."""
    weight = sum(spot.weight for spot in members)
    total = weight or len(members)
    return Cluster(
        group=members[0].group,
        x=round(sum(spot.x * (spot.weight if weight else 1) for spot in members) / total, 1),
        y=round(sum(spot.y * (spot.weight if weight else 1) for spot in members) / total, 1),
        weight=weight,
        keys=tuple(spot.key for spot in members),
    )

from __future__ import annotations

import csv
import random
from math import hypot
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.graph.domain import Edge, Network, Node, Spot, lay_out, ways
from contrechamp.graph.domain.forces import Shape
from contrechamp.graph.domain.layout import communities
from contrechamp.graph.domain.nesting import nested, packed
from tests.shared import shared


def of_pairs(pairs: list[tuple[str, str]]) -> Network:
    names = sorted({name for pair in pairs for name in pair})
    return Network.of(
        (Node(id=name, name=name, kind="actor") for name in names),
        (
            Edge(id=f"{n:06}", source=a, target=b, relation="supplies")
            for n, (a, b) in enumerate(dict.fromkeys(pairs))
        ),
    )


def in_groups(groups: int, size: int, seed: int, across: int = 20) -> Network:
    """Make groups of nodes, each well linked inside, with a few links between them."""
    chance = random.Random(seed)  # noqa: S311  it draws a network
    pairs = []
    for group in range(groups):
        for n in range(1, size):
            for _ in range(3):
                pairs.append((f"{group}-{n}", f"{group}-{chance.randrange(n)}"))
    for _ in range(across):
        a, b = chance.sample(range(groups), 2)
        pairs.append((f"{a}-{chance.randrange(size)}", f"{b}-{chance.randrange(size)}"))
    return of_pairs([pair for pair in pairs if pair[0] != pair[1]])


def nearness(spots: dict[str, Spot]) -> float:
    """Return how near members of a community stand, 1 being no nearer than anybody."""
    chance = random.Random(1)  # noqa: S311  it draws pairs
    pairs = [chance.sample(list(spots.values()), 2) for _ in range(4_000)]
    within = [hypot(a.x - b.x, a.y - b.y) for a, b in pairs if a.community == b.community]
    between = [hypot(a.x - b.x, a.y - b.y) for a, b in pairs if a.community != b.community]
    return fmean(within) / fmean(between)


def test_communities_of_a_large_piece_stand_apart() -> None:
    spots = lay_out(in_groups(5, 60, seed=1))
    assert nearness(spots) < 0.5


def test_a_large_piece_has_the_same_places_each_time() -> None:
    network = in_groups(4, 50, seed=2)
    assert lay_out(network) == lay_out(network)


@given(st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_a_node_keeps_its_place_when_one_in_fifty_is_new(seed: int) -> None:
    whole = in_groups(4, 50, seed=seed)
    chance = random.Random(seed)  # noqa: S311  it draws newcomers
    fresh = set(chance.sample(sorted(whole.nodes), len(whole.nodes) // 50))
    before = lay_out(whole.only(whole.nodes.keys() - fresh))
    after = lay_out(whole, before)

    wide = max(spot.x for spot in after.values()) - min(spot.x for spot in after.values())
    moved = [hypot(after[n].x - spot.x, after[n].y - spot.y) for n, spot in before.items()]
    assert fmean(moved) < 0.01 * wide
    assert sum(each > 0 for each in moved) <= 0.1 * len(moved)
    for node in fresh:
        near = [after[other] for other in whole.neighbours[node]]
        assert min(hypot(after[node].x - s.x, after[node].y - s.y) for s in near) < wide


def test_a_community_keeps_its_number_when_somebody_joins() -> None:
    whole = in_groups(4, 50, seed=3)
    before = communities(whole.only(whole.nodes.keys() - {"0-7", "1-9"}))
    after = communities(whole, before)
    assert sum(after[node] == number for node, number in before.items()) > 0.95 * len(before)


def test_no_community_has_the_number_of_another() -> None:
    whole = in_groups(3, 30, seed=4)
    after = communities(whole, dict.fromkeys(whole.nodes, 5))
    parts = {number: {n for n, own in after.items() if own == number} for number in after.values()}
    assert sum(len(part) for part in parts.values()) == len(whole.nodes)


@given(st.lists(st.floats(1, 200), min_size=1, max_size=14), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_circles_never_lie_on_each_other(radii: list[float], chance: random.Random) -> None:
    from collections import Counter

    links = Counter(
        {
            (a, b): chance.randrange(1, 9)
            for a in range(len(radii))
            for b in range(a + 1, len(radii))
            if chance.random() < 0.4
        }
    )
    places = packed(radii, links, 10.0)
    for a in range(len(radii)):
        for b in range(a):
            gap = hypot(places[a][0] - places[b][0], places[a][1] - places[b][1])
            assert gap >= radii[a] + radii[b] + 8


def test_nested_circles_hold_all_their_nodes() -> None:
    network = in_groups(6, 40, seed=5)
    shape = Shape.of(network, list(network.nodes))
    disc = nested(shape)
    assert len(disc.points) == len(network.nodes)
    assert all(hypot(x, y) <= disc.radius + 1 for x, y in disc.points)
    assert len(set(disc.points)) == len(disc.points)


def test_pieces_do_not_mix() -> None:
    pairs = [(f"a{n}", f"a{n + 1}") for n in range(9)]
    pairs += [(f"b{n}", f"b{n + 1}") for n in range(5)] + [("x", "y"), ("v", "w")]
    spots = lay_out(of_pairs(pairs))
    boxes = {}
    for sign in "abxv":
        own = [s for node, s in spots.items() if node[0] in {sign, {"x": "y", "v": "w"}.get(sign)}]
        xs, ys = [s.x for s in own], [s.y for s in own]
        boxes[sign] = (min(xs), min(ys), max(xs), max(ys))
    for a in "abxv":
        for b in "abxv":
            if a < b:
                (l1, t1, r1, b1), (l2, t2, r2, b2) = boxes[a], boxes[b]
                assert r1 < l2 or r2 < l1 or b1 < t2 or b2 < t1


# 4,620 agencies that share number plates, and 37,099 links: data that is not ours to give on.


@pytest.fixture(scope="module")
def flock() -> Network:
    path = shared("flock_sharing/agency_access20240426.csv")
    with path.open(encoding="utf-8") as file:
        rows = [(row[0], row[1]) for row in csv.reader(file)][1:]
    return of_pairs([row for row in rows if row[0] != row[1]])


def test_thousands_of_agencies_show_their_communities(flock: Network) -> None:
    assert (len(flock.nodes), len(flock.edges)) == (4_620, 37_099)
    spots = lay_out(flock)
    assert nearness(spots) < 0.45
    known = {n: spot for number, (n, spot) in enumerate(spots.items()) if number % 50}
    after = lay_out(flock, known)
    moved = [hypot(after[n].x - spot.x, after[n].y - spot.y) for n, spot in known.items()]
    wide = max(spot.x for spot in after.values()) - min(spot.x for spot in after.values())
    assert fmean(moved) < 0.01 * wide
    assert sum(each == 0 for each in moved) > 0.9 * len(moved)


def test_ways_run_through_thousands_of_links(flock: Network) -> None:
    found = ways(flock, "Houston TX PD", "Oakland CA PD", most=3)
    assert [way.cost for way in found] == sorted(way.cost for way in found)

"""Time the graph on who shares number plates with whom, and on made-up networks of other sizes.

    python -m bench.graph [EDGES.csv]

The file is two columns of names after a line of titles. Without one a network of the same size
is made up: 4,620 nodes, 37,099 edges, in communities. Times are of the process, not of the clock:
what else the machine does does not count. `bench.webgl` measures the browser.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import hypot
from pathlib import Path
from time import process_time

import igraph

from contrechamp.graph.domain import Edge, Network, Node, Spot, lay_out, ways
from contrechamp.graph.domain.compact import compact
from contrechamp.graph.domain.drawing import draw
from contrechamp.graph.domain.formats import as_json
from contrechamp.graph.domain.layout import communities, draw_together
from contrechamp.graph.domain.near import alike, in_common

SIZES = ((308, 412), (4_620, 37_099), (10_000, 50_000))
TRIES, VIEW, ROOM, NEW = 200, 300, 300, 0.02
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


def main() -> None:
    """Print each measure beside what it is to be compared with."""
    for nodes, edges in SIZES:
        _placing(made_up(nodes, edges), f"made up, {nodes:,} nodes")
    network = read(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up(*SIZES[1])
    print(f"\n{len(network.nodes):,} nodes, {len(network.edges):,} edges")
    _placing(network, "the whole")
    _stability(network)
    _paths(network)
    _common(network)
    _view(network)
    _whole(network)


def read(path: Path) -> Network:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return _network((row[0], row[1]) for row in rows)


def made_up(nodes: int, edges: int) -> Network:
    """Make a network of communities, with a few nodes that are very linked."""
    chance = random.Random(1)
    groups = max(4, nodes // 300)
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < edges:
        a, b = (int(nodes * chance.random() ** 2) for _ in range(2))
        if a % groups != b % groups and chance.random() < 0.9:
            b = b - b % groups + a % groups
        if a != b and max(a, b) < nodes:
            pairs[a, b] = None
    return _network((str(a), str(b)) for a, b in pairs)


def _network(pairs: Iterable[tuple[str, str]]) -> Network:
    chance = random.Random(2)
    rows = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    names = sorted({name for row in rows for name in row})
    ids = {name: _id("act", chance) for name in names}
    return Network.of(
        (Node(id=ids[name], name=name, kind="actor", url=f"/acteur/{ids[name]}") for name in names),
        (
            Edge(id=_id("rel", chance), source=ids[a], target=ids[b], relation="supplies")
            for a, b in rows
        ),
    )


def _id(prefix: str, chance: random.Random) -> str:
    """Return an identifier as the census gives them: they do not pack well."""
    return f"{prefix}-{''.join(chance.choices(SIGNS, k=10))}"


def _timed(name: str, seconds: list[float], compared: str) -> None:
    seconds = sorted(seconds)
    p95 = seconds[min(int(len(seconds) * 0.95), len(seconds) - 1)]
    print(
        f"{name:44} p50 {statistics.median(seconds) * 1000:8.1f} ms"
        f"   p95 {p95 * 1000:8.1f} ms   {compared}"
    )


def _spent(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun


def _placing(network: Network, name: str) -> None:
    """Compare with forces alone: time, and how near members of one community stand."""
    _timed(f"{name}: communities", [_spent(lambda: communities(network))], "")
    spots: dict[str, Spot] = {}
    seconds = _spent(lambda: spots.update(lay_out(network)))
    grid: dict[str, Spot] = {}
    forces = _spent(lambda: grid.update(_by_grid(network, spots)))
    compared = f"target 10,000 ms for 10,000 nodes; grid of forces {forces * 1000:.0f} ms"
    _timed(f"{name}: layout", [seconds], compared)
    print(
        f"{name + ': distance within / between':44} {_nearness(spots):12.2f}"
        f"              grid of forces {_nearness(grid):.2f} (1: communities cannot be seen)"
    )


def _by_grid(network: Network, spots: Mapping[str, Spot]) -> dict[str, Spot]:
    ids = list(network.nodes)
    number = {key: n for n, key in enumerate(ids)}
    pairs = {(number[e.source], number[e.target]) for e in network.edges.values()}
    graph = igraph.Graph(n=len(ids), edges=sorted(pairs))
    igraph.set_random_number_generator(random.Random(7))
    layout = graph.layout_fruchterman_reingold(niter=500, grid=True)
    return {
        key: Spot(x, y, spots[key].community)
        for key, (x, y) in zip(ids, layout.coords, strict=True)
    }


def _nearness(spots: Mapping[str, Spot]) -> float:
    """Return the mean distance of two members of one community, of that of two of different."""
    chance = random.Random(3)
    nodes = list(spots.values())
    within: list[float] = []
    between: list[float] = []
    for _ in range(60_000):
        a, b = chance.sample(nodes, 2)
        (within if a.community == b.community else between).append(hypot(a.x - b.x, a.y - b.y))
    if not within or not between:
        return 1.0
    return statistics.fmean(within) / statistics.fmean(between)


def _stability(network: Network) -> None:
    """Take 2 % of the nodes out, lay out, put them back: who was there should stay."""
    chance = random.Random(4)
    fresh = set(chance.sample(list(network.nodes), int(len(network.nodes) * NEW)))
    before = lay_out(network.only(network.nodes.keys() - fresh))
    after: dict[str, Spot] = {}
    seconds = _spent(lambda: after.update(lay_out(network, before)))
    moved = [hypot(after[n].x - s.x, after[n].y - s.y) for n, s in before.items()]
    wide = max(s.x for s in after.values()) - min(s.x for s in after.values())
    same = sum(after[n].community == s.community for n, s in before.items()) / len(before)
    _timed(f"{len(fresh)} newcomers find their places", [seconds], "")
    print(
        f"{'those who were there moved':44} {statistics.fmean(moved) / wide:12.3%} of the width"
        f"   {sum(m > 0 for m in moved)} of {len(moved):,} moved; {same:.1%} keep their community"
    )


def _paths(network: Network) -> None:
    chance = random.Random(5)
    nodes = list(network.nodes)
    ways(network, nodes[0], nodes[1])  # The links of a network are made once.
    pairs = [chance.sample(nodes, 2) for _ in range(TRIES)]
    one = [_spent(partial(ways, network, a, b, most=1)) for a, b in pairs]
    five = [_spent(partial(ways, network, a, b, most=5)) for a, b in pairs]
    _timed("path, the best", one, "plain Dijkstra: p95 15 ms")
    _timed("paths, the best five", five, "target p95 100 ms")


def _common(network: Network) -> None:
    chance = random.Random(6)
    nodes = list(network.nodes)
    pairs = [chance.sample(nodes, 2) for _ in range(TRIES)]
    _timed(
        "common neighbours of two",
        [_spent(partial(in_common, network, pair)) for pair in pairs],
        "",
    )
    hubs = sorted(nodes, key=network.degree)[-20:]
    _timed("who is most like one (any)", [_spent(partial(alike, network, a)) for a, _ in pairs], "")
    _timed(
        "who is most like one (most linked)",
        [_spent(partial(alike, network, a)) for a in hubs],
        "",
    )


def _view(network: Network) -> None:
    centre = max(network.nodes, key=network.degree)
    stored = {key: (spot.x, spot.y) for key, spot in lay_out(network).items()}
    seconds, text, count = [], "", 0
    for _ in range(10):
        begun = process_time()
        view, _ = network.ego(centre, 2, VIEW)
        view, _ = view.nearest(ROOM, centre)
        start = {key: stored[key] for key in view.nodes}
        spots = {node: Spot(*at) for node, at in draw_together(view, start).items()}
        text = draw(view, spots, centre=centre, say=lambda edge: edge.relation).svg
        seconds.append(process_time() - begun)
        count = len(view.nodes)
    size = len(gzip.compress(text.encode()))
    _timed(f"surroundings, {count} nodes, {size:,} B packed", seconds, "target 150 ms, 20,000 B")


def _whole(network: Network) -> None:
    spots = lay_out(network)
    text = ""

    def write() -> None:
        nonlocal text
        found = compact(network, spots, lambda edge: edge.relation)
        text = json.dumps(found, separators=(",", ":"))

    seconds = _spent(write)
    size = len(gzip.compress(text.encode()))
    plain = json.dumps(as_json(network, spots, lambda edge: edge.relation))
    records = len(gzip.compress(plain.encode()))
    _timed(f"the whole as JSON, {size:,} B packed", [seconds], f"as records {records:,} B")


if __name__ == "__main__":
    main()

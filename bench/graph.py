"""Time the graph on who shares number plates with whom: layout, paths, a view as SVG.

    python -m bench.graph [EDGES.csv]

The file is two columns of names after a line of titles. Without one a network of the same size
is made up: 4,620 nodes, 37,099 edges, a few of them very linked.
"""

from __future__ import annotations

import csv
import gzip
import random
import statistics
import sys
from pathlib import Path
from time import perf_counter

from contrechamp.graph.domain import Edge, Network, Node, Spot, lay_out, ways
from contrechamp.graph.domain.drawing import draw
from contrechamp.graph.domain.layout import communities, draw_together

NODES, EDGES, TRIES, VIEW = 4_620, 37_099, 200, 300


def main() -> None:
    """Print each measure beside what it is to be compared with."""
    network = _read(Path(sys.argv[1])) if len(sys.argv) > 1 else _made_up()
    print(f"{len(network.nodes)} nodes, {len(network.edges)} edges")
    _communities(network)
    _layout(network)
    _paths(network)
    _view(network)


def _read(path: Path) -> Network:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return _network((row[0], row[1]) for row in rows)


def _made_up() -> Network:
    chance = random.Random(1)
    ends = [str(int(NODES * chance.random() ** 3)) for _ in range(2 * EDGES)]
    return _network(zip(ends[::2], ends[1::2], strict=True))


def _network(pairs: object) -> Network:
    rows = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))  # type: ignore[attr-defined]
    names = sorted({name for row in rows for name in row})
    ids = {name: f"act-{number:010}" for number, name in enumerate(names)}
    return Network.of(
        (Node(id=ids[name], name=name, kind="actor", url=f"/acteur/{ids[name]}") for name in names),
        (
            Edge(
                id=f"rel-{number:010}",
                source=ids[a],
                target=ids[b],
                relation="supplies",
                url=f"/fait/rel-{number:010}",
            )
            for number, (a, b) in enumerate(rows)
        ),
    )


def _timed(name: str, seconds: list[float], compared: str) -> None:
    seconds = sorted(seconds)
    p95 = seconds[int(len(seconds) * 0.95)]
    print(
        f"{name:32} p50 {statistics.median(seconds) * 1000:8.1f} ms"
        f"   p95 {p95 * 1000:8.1f} ms   {compared}"
    )


def _communities(network: Network) -> None:
    begun = perf_counter()
    found = communities(network)
    _timed(f"communities ({len(set(found.values()))})", [perf_counter() - begun], "target 10 ms")


def _layout(network: Network) -> None:
    begun = perf_counter()
    lay_out(network)
    _timed("layout of the whole", [perf_counter() - begun], "target 2,000 ms for 10,000 nodes")


def _paths(network: Network) -> None:
    chance = random.Random(2)
    nodes = list(network.nodes)
    seconds, one = [], []
    ways(network, nodes[0], nodes[1])  # The links of a network are made once.
    for _ in range(TRIES):
        start, goal = chance.sample(nodes, 2)
        begun = perf_counter()
        ways(network, start, goal, most=1)
        one.append(perf_counter() - begun)
        begun = perf_counter()
        ways(network, start, goal, most=5)
        seconds.append(perf_counter() - begun)
    _timed("path, the best", one, "plain Dijkstra: p95 15 ms")
    _timed("paths, the best five", seconds, "target p95 100 ms")


def _view(network: Network) -> None:
    centre = max(network.nodes, key=network.degree)
    view, _ = network.ego(centre, 2, VIEW)
    kept = dict(list(view.edges.items())[:400])
    view = Network(view.nodes, kept)
    seconds, text = [], ""
    stored = draw_together(view, {})
    for _ in range(10):
        begun = perf_counter()
        spots = {node: Spot(*at) for node, at in draw_together(view, stored).items()}
        text = draw(view, spots).svg
        seconds.append(perf_counter() - begun)
    size = len(gzip.compress(text.encode()))
    _timed(f"view of {len(view.nodes)} nodes ({size} B gz)", seconds, "target 150 ms, 20,000 B")


if __name__ == "__main__":
    main()

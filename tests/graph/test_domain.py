from __future__ import annotations

import itertools
import random
import re
from math import hypot, inf, log2
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.graph.domain import Edge, Network, Node, Source, Spot, lay_out, ways
from contrechamp.graph.domain.drawing import draw, shape
from contrechamp.graph.domain.formats import as_json, gexf, table
from contrechamp.graph.domain.layout import communities
from tests.shared import shared


def network(*pairs: str, **relations: float | None) -> Network:
    """Make a network of edges such as `a-b`; a keyword such as a_b gives an edge its cost."""
    costs: dict[str, float | None] = dict.fromkeys(pairs, 1.0)
    costs |= {key.replace("_", "-"): cost for key, cost in relations.items()}
    names = sorted({name for pair in costs for name in pair.split("-")})
    edges = []
    for number, (pair, cost) in enumerate(costs.items()):
        source, target = pair.split("-")
        edges.append(
            Edge(
                id=f"rel-{number}",
                source=source,
                target=target,
                relation="supplies",
                cost=cost,
                evidence=(Source(url="https://exemple.fr/acte", quote="« le marché »"),),
            )
        )
    return Network.of(
        (Node(id=name, name=name.upper(), kind="actor", url=f"/acteur/{name}") for name in names),
        edges,
    )


def star(centre: str, size: int) -> list[str]:
    return [f"{centre}{n}-{centre}" for n in range(size)]


def test_the_cheapest_way_comes_first() -> None:
    found = ways(network("a-b", "b-c", "a-d", d_c=9.0), "a", "c")
    assert [way.nodes for way in found] == [("a", "b", "c"), ("a", "d", "c")]
    assert found[0].cost == pytest.approx(2 + log2(2) / 2)


def test_passing_through_who_is_linked_to_all_costs_more() -> None:
    pairs = [*star("hub", 60), "a-hub", "hub-c", "a-b", "b-d", "d-c"]
    assert ways(network(*pairs), "a", "c")[0].nodes == ("a", "b", "d", "c")


def test_a_register_is_never_passed() -> None:
    assert ways(network(a_register=None, b_register=None), "a", "b") == []


def test_a_way_that_costs_more_than_twelve_is_weak() -> None:
    (way,) = ways(network(a_b=13.0), "a", "b")
    assert way.is_weak


def test_a_node_can_be_avoided() -> None:
    found = ways(network("a-b", "b-c", "a-d", "d-c"), "a", "c", avoid=["b"])
    assert [way.nodes for way in found] == [("a", "d", "c")]


def test_of_two_edges_the_better_one_is_used() -> None:
    net = network("a-b")
    worse = Edge(id="rel-x", source="a", target="b", relation="member_of", cost=3.0)
    both = Network.of(net.nodes.values(), [*net.edges.values(), worse])
    assert ways(both, "a", "b")[0].edges[0].id == "rel-0"


def test_no_way_is_an_honest_answer() -> None:
    assert ways(network("a-b", "c-d"), "a", "c") == []
    assert ways(network("a-b"), "a", "a") == []
    assert ways(network("a-b"), "a", "nobody") == []


edges_drawn = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([1.0, 2.0, 3.0, None])),
    max_size=18,
)


@given(edges_drawn)
@settings(max_examples=150)
def test_ways_are_those_that_trying_them_all_finds(
    rows: list[tuple[int, int, float | None]],
) -> None:
    net = Network.of(
        (Node(id=str(n), name=str(n), kind="actor") for n in range(8)),
        (
            Edge(id=f"{k:02}", source=str(a), target=str(b), relation="r", cost=cost)
            for k, (a, b, cost) in enumerate(rows)
        ),
    )
    found = ways(net, "0", "1", most=4)
    best = sorted(_all_costs(net))
    assert [way.cost for way in found] == [
        pytest.approx(cost, abs=0.011) for cost in best[:4] if cost <= best[0] + 8.0
    ]
    assert len({way.nodes for way in found}) == len(found)


def _all_costs(net: Network) -> list[float]:
    direct: dict[tuple[str, str], float] = {}
    for edge in net.edges.values():
        if edge.cost is not None:
            for pair in ((edge.source, edge.target), (edge.target, edge.source)):
                direct[pair] = min(direct.get(pair, inf), edge.cost)
    costs = []
    for size in range(7):
        for middle in itertools.permutations("234567", size):
            nodes = ("0", *middle, "1")
            steps = list(itertools.pairwise(nodes))
            if all(step in direct for step in steps):
                tolls = sum(log2(max(net.degree(node), 1)) / 2 for node in middle)
                costs.append(sum(direct[step] for step in steps) + tolls)
    return costs


def test_what_lies_around_a_node() -> None:
    net = network("a-b", "b-c", "c-d")
    near, left = net.ego("a", 1, 300)
    assert (set(near.nodes), left) == ({"a", "b"}, 0)
    assert set(net.ego("a", 2, 300)[0].nodes) == {"a", "b", "c"}
    some, left = net.ego("b", 2, 3)
    assert (set(some.nodes), left) == ({"a", "b", "c"}, 1)


def test_the_same_network_has_the_same_places() -> None:
    net = network(*star("a", 30), *star("b", 20), "a-b", "x-y")
    assert lay_out(net) == lay_out(net)
    assert set(lay_out(net)) == set(net.nodes)


def test_who_belongs_together_is_one_community() -> None:
    found = communities(network(*star("a", 10), *star("b", 10), "a-b"))
    assert found["a"] == found["a3"] != found["b"] == found["b7"]


def test_who_was_there_keeps_its_place_when_somebody_comes() -> None:
    pairs = [*star("a", 30), *star("b", 20), "a-b"]
    before = lay_out(network(*pairs))
    after = lay_out(network(*pairs, "new-b3"), before)

    moved = {n for n in before if hypot(after[n].x - before[n].x, after[n].y - before[n].y) > 0.1}
    assert moved <= {"b3"}
    assert hypot(after["new"].x - after["b3"].x, after["new"].y - after["b3"].y) < 200


def test_nothing_moves_when_nothing_is_new() -> None:
    pairs = [*star("a", 10), *star("b", 5), "a-b"]
    before = lay_out(network(*pairs))
    after = lay_out(network(*pairs[:-2], "a-b"), before)
    assert {n: (s.x, s.y) for n, s in after.items()} == {
        n: (before[n].x, before[n].y) for n in after
    }


def test_pieces_that_are_not_linked_do_not_lie_on_each_other() -> None:
    spots = lay_out(network(*star("a", 20), "x-y", "v-w"))
    own = [spot for node, spot in spots.items() if node.startswith("a")]
    for node in "xyvw":
        assert min(hypot(s.x - spots[node].x, s.y - spots[node].y) for s in own) > 20


def test_thousands_of_nodes_are_laid_out_by_community() -> None:
    pairs = [pair for name in "abc" for pair in star(name, 400)]
    spots = lay_out(network(*pairs, "a-b", "b-c"))
    assert len(spots) == 1203
    for name in "abc":
        own = [spot for node, spot in spots.items() if node.startswith(name)]
        x, y = sum(s.x for s in own) / len(own), sum(s.y for s in own) / len(own)
        assert hypot(spots[name].x - x, spots[name].y - y) < 400


def test_a_picture_is_sound_xml_without_styles() -> None:
    net = network("a-b", "b-a", "a-<b>")
    picture = draw(net, lay_out(net), title="Qui & quoi", centre="a").svg
    root = ElementTree.fromstring(picture)  # noqa: S314

    assert root.get("role") == "group"  # An image could not hold the links.
    assert "style" not in picture
    assert "<b>" not in picture
    hrefs = {link.get("href") for link in root.iter("{http://www.w3.org/2000/svg}a")}
    assert {"/acteur/a", "/fait/rel-0", "/fait/rel-1"} <= hrefs


def test_each_kind_has_its_shape() -> None:
    kinds = ("project", "actor", "technology", "contract", "place")
    nodes = [Node(id=kind, name=kind, kind=kind) for kind in kinds]
    spots = {kind: Spot(n * 90.0, 0) for n, kind in enumerate(kinds)}
    root = ElementTree.fromstring(draw(Network.of(nodes, []), spots).svg)  # noqa: S314
    groups = [g for g in root if (g.get("class") or "")[2:] in kinds]
    assert len({group.get("fill") for group in groups}) == 5
    assert len({shape(kind, 0, 0, 10) for kind in kinds}) == 5


def test_names_do_not_lie_on_one_another() -> None:
    chance = random.Random(3)  # noqa: S311
    net = network(*star("a", 60))
    spots = {node: Spot(chance.random() * 400, chance.random() * 400) for node in net.nodes}
    root = ElementTree.fromstring(draw(net, spots).svg)  # noqa: S314
    texts = [
        (float(t.get("x") or 0), float(t.get("y") or 0), len(t.text or ""))
        for t in root.iter("{http://www.w3.org/2000/svg}text")
        if t.get("visibility") != "hidden"
    ]
    assert len(texts) > 10
    for (x, y, size), (u, v, _) in itertools.permutations(texts, 2):
        assert not (abs(y - v) < 18 and x <= u < x + size * 10)


def test_an_arrow_shows_the_direction_unless_there_is_none() -> None:
    net = network("a-b")
    (edge,) = net.edges.values()
    both = Edge(id="e", source="a", target="b", relation="r", is_symmetric=True)
    spots = {"a": Spot(0, 0), "b": Spot(100, 0)}
    assert "marker-end" in draw(Network.of(net.nodes.values(), [edge]), spots).svg
    assert "marker-end" not in draw(Network.of(net.nodes.values(), [both]), spots).svg


def test_files_hold_what_is_seen_with_its_evidence() -> None:
    net = network("a-b")
    spots = lay_out(net)
    label = lambda edge: "fournit"  # noqa: E731
    xml = ElementTree.fromstring(gexf(net, spots, label, "https://site"))  # noqa: S314
    (edge,) = xml.iter("{http://gexf.net/1.3}edge")
    assert (edge.get("source"), edge.get("target"), edge.get("label")) == ("a", "b", "fournit")
    assert "https://exemple.fr/acte" in table(net, label, "https://site")
    assert as_json(net, spots, label)["edges"][0]["evidence"][0]["quote"] == "« le marché »"


def test_a_formula_in_a_name_is_a_text_in_the_table() -> None:
    node = Node(id="a", name="=1+1", kind="actor")
    net = Network.of([node], [Edge(id="e", source="a", target="a", relation="r")])
    assert "'=1+1" in table(net, lambda edge: "r", "")


# The real carto, read here as far as paths need it.

COSTS = {
    "est membre": 3.0,
    "est membre de": 3.0,
    "a pour client": 1.0,
    "fonctionnalité": 3.0,
    "fonctionnalité non fonctionnelle": 3.0,
    "fonctionne avec": 2.0,
    "est fourni par": 2.0,
    "fait du lobbying": None,
    "fait du lobbbying": None,
    "a pour actionnaire": 1.0,
    "est fabriquant de": 3.0,
    "a candidaté": 1.0,
    "est utilisé par": 1.0,
    "est sous-traitant de": 1.0,
    "est intégrateur de": 1.0,
}


@pytest.fixture(scope="module")
def carto() -> Network:
    lines = shared("carto_technopolice/data.csv").read_text("utf-8").splitlines()
    rows = {
        tuple(cell.strip().replace("\u00ad", "") for cell in line.split(";")[1:4])
        for line in lines
        if line.startswith("EDGE;")
    }
    kept = sorted(row for row in rows if row[2] in COSTS)
    names = {name for a, b, _ in kept for name in (a, b)}
    return Network.of(
        (Node(id=name, name=name, kind="actor") for name in names),
        (
            Edge(id=f"{n:04}", source=a, target=b, relation=word, cost=COSTS[word])
            for n, (a, b, word) in enumerate(kept)
        ),
    )


def test_from_nice_to_idemia_no_way_runs_through_a_register(carto: Network) -> None:
    found = ways(carto, "ville de Nice", "IDEMIA")
    assert found[0].cost == pytest.approx(17.07)
    assert all(way.is_weak for way in found)
    assert all("HATVP" not in way.nodes for way in found)


def test_from_nice_to_canon_the_finding_stays(carto: Network) -> None:
    first = ways(carto, "ville de Nice", "CANON")[0]
    assert first.nodes == ("ville de Nice", "WINTICS", "MILESTONE", "CANON")
    assert first.cost == pytest.approx(8.05)


def test_the_carto_is_a_light_picture(carto: Network) -> None:
    import gzip

    net = carto.only(sorted(carto.nodes, key=carto.degree)[-300:])
    net, _ = net.nearest(300)
    picture = draw(net, lay_out(net), say=lambda edge: edge.relation)
    assert len(gzip.compress(picture.svg.encode())) < 20_000


def named_at(svg: str, name: str) -> tuple[int, int]:
    found = re.search(rf'<text x="(\d+)" y="(\d+)">{name}<', svg)
    assert found
    return int(found[1]), int(found[2])


def test_a_name_keeps_off_the_links() -> None:
    names = {"a": "Ville de Nice", "b": "Exemple Optique", "c": "Nice"}
    net = Network.of(
        (Node(id=key, name=name, kind="actor") for key, name in names.items()),
        (Edge(id=f"e{other}", source="a", target=other, relation="supplies") for other in "bc"),
    )
    spots = {"a": Spot(40, 0), "b": Spot(0, 0), "c": Spot(80, 0)}
    picture = draw(net, spots, centre="a")
    level = {int(y) for y in re.findall(r'cy="(\d+)"', picture.svg)}

    assert len(level) == 1
    assert abs(named_at(picture.svg, "Ville de Nice")[1] - level.pop()) > 10  # Beside it: 8.


def test_a_few_records_stand_in_the_middle_of_a_small_frame() -> None:
    net = Network.of(
        (Node(id=key, name=key, kind="actor") for key in "abc"),
        (Edge(id=f"e{key}", source="a", target=key, relation="supplies") for key in "bc"),
    )
    spots = {"a": Spot(40, 0), "b": Spot(0, 0), "c": Spot(80, 0)}
    picture = draw(net, spots, centre="a")
    across = [int(x) for x in re.findall(r'cx="(\d+)"', picture.svg)]

    assert picture.width < 1_200
    assert picture.height < 150
    assert min(across) + max(across) == picture.width
    assert 'class="graph graph-small" width="' in picture.svg

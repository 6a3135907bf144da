from __future__ import annotations

import json
from datetime import date
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.graph.domain import Edge, Network, Node, Spot, Way, money
from contrechamp.graph.domain.chain import chain
from contrechamp.graph.domain.compact import compact
from contrechamp.graph.domain.near import alike, columns, in_common, meets, picture_of
from contrechamp.graph.domain.years import per_year


def network(*pairs: str, costless: str = "") -> Network:
    """Make a network of `a-b`; what begins with `c_` is a contract."""
    names = sorted({name for pair in pairs for name in pair.split("-")})
    return Network.of(
        (
            Node(id=n, name=n.upper(), kind="contract" if n.startswith("c_") else "actor")
            for n in names
        ),
        (
            Edge(
                id=f"e{n:02}",
                source=pair.split("-")[0],
                target=pair.split("-")[1],
                relation="supplies",
                cost=None if pair == costless else 1.0,
            )
            for n, pair in enumerate(pairs)
        ),
    )


def test_two_towns_meet_their_supplier_through_contracts() -> None:
    net = network("nice-c_one", "c_one-seller", "cannes-c_two", "c_two-seller")
    (found,) = in_common(net, ["nice", "cannes"])

    assert found.node == "seller"
    assert [[edge.id for edge in routes[0]] for routes in found.routes] == [
        ["e00", "e01"],
        ["e02", "e03"],
    ]


def test_a_company_between_is_no_contract() -> None:
    assert in_common(network("a-b", "b-c", "d-c"), ["a", "d"]) == []
    assert [each.node for each in in_common(network("a-b", "c-b"), ["a", "c"])] == ["b"]


def test_a_register_is_met_by_nobody() -> None:
    assert in_common(network("a-register", "b-register", costless="a-register"), ["a", "b"]) == []


def test_what_is_linked_to_everybody_comes_last() -> None:
    crowd = [f"n{n}-hub" for n in range(40)]
    found = in_common(network("a-hub", "b-hub", "a-few", "b-few", *crowd), ["a", "b"])
    assert [each.node for each in found] == ["few", "hub"]
    assert found[1].cost == pytest.approx(2 + log2(42) / 2, abs=0.01)


def test_one_record_or_none_has_nothing_in_common() -> None:
    net = network("a-b")
    assert in_common(net, []) == in_common(net, ["a", "a"]) == in_common(net, ["a", "nobody"]) == []


pairs_drawn = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16)


@given(pairs_drawn)
def test_what_is_in_common_is_what_each_meets(pairs: list[tuple[int, int]]) -> None:
    net = network("0-1", *(f"{a}-{b}" for a, b in pairs))
    found = {each.node for each in in_common(net, ["0", "1"])}
    assert found == (net.neighbours["0"] & net.neighbours["1"]) - {"0", "1"}


@given(pairs_drawn)
def test_whoever_meets_is_met(pairs: list[tuple[int, int]]) -> None:
    net = network("0-1", *(f"{a}-{b}" for a, b in pairs))
    for node in net.nodes:
        for other in meets(net, node):
            assert node in meets(net, other)


def test_who_shares_a_small_supplier_is_more_alike() -> None:
    crowd = [f"n{n}-giant" for n in range(30)]
    net = network("a-giant", "b-giant", "a-small", "c-small", *crowd)
    first, *rest = alike(net, "a")
    assert first.node == "c"
    assert first.score == pytest.approx(1 / log2(2))
    assert first.jaccard == pytest.approx(1 / 2)
    assert first.is_doubtful
    assert "b" in {each.node for each in rest}


def test_nobody_is_like_who_is_not_there() -> None:
    assert alike(network("a-b"), "nobody") == []


def test_what_is_shared_stands_between_the_two() -> None:
    net = network("nice-c_one", "c_one-seller", "cannes-c_two", "c_two-seller")
    shared = in_common(net, ["nice", "cannes"])
    drawn = picture_of(net, ["nice", "cannes"], shared)
    at = columns(drawn, ["nice", "cannes"], shared)
    order = ["nice", "c_one", "seller", "c_two", "cannes"]
    assert sorted(at, key=lambda node: at[node][0]) == order


# Money


@given(st.floats(1, 1e12), st.floats(1, 1e12))
def test_more_money_is_never_thinner(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert money.THIN < money.width(less) <= money.width(more) <= money.WIDEST


def paid(amount: str | None, kind: str = "awarded") -> Edge:
    return Edge(
        id=f"e{amount}", source="a", target="b", relation="r", amount=amount, amount_kind=kind
    )


def test_without_an_amount_an_edge_is_thin() -> None:
    edges = {edge.id: edge for edge in (paid(None), paid("120000.00"), paid("odd"))}
    widths = money.widths(edges)
    assert widths["eNone"] == widths["eodd"] == money.THIN < widths["e120000.00"]


def test_the_legend_has_three_round_amounts() -> None:
    found = money.samples([paid("1200"), paid("8000000"), paid(None)])
    assert [amount for amount, _ in found] == [1_000.0, 10_000.0, 1_000_000.0]
    assert money.samples([paid(None)]) == []
    assert money.kinds([paid("1"), paid("2", "maximum"), paid(None)]) == [
        ("awarded", ""),
        ("maximum", ""),
    ]


# Years


def lasting(first: int | None, last: int | None) -> Edge:
    return Edge(
        id=f"{first}{last}",
        source="a",
        target="b",
        relation="r",
        earliest=date(first, 1, 1) if first else None,
        latest=date(last, 12, 31) if last else None,
    )


spans = st.lists(
    st.tuples(st.none() | st.integers(1990, 2024), st.none() | st.integers(1990, 2024)).filter(
        lambda pair: pair[0] is None or pair[1] is None or pair[0] <= pair[1]
    ),
    max_size=12,
)


@given(spans)
def test_a_year_counts_what_held_in_it(drawn: list[tuple[int | None, int | None]]) -> None:
    edges = [lasting(first, last) for first, last in drawn]
    for year in per_year(edges):
        held = [edge for edge in edges if edge.is_dated and edge.holds_in(year.year, year.year)]
        assert year.count == len(held)


def test_one_wrong_date_makes_no_thousand_bars() -> None:
    found = per_year([lasting(218, None), lasting(2018, 2020)])
    assert (found[0].year, found[-1].year) == (1981, 2020)
    assert per_year([lasting(None, None)]) == []


# Files and pictures


@given(pairs_drawn)
def test_columns_hold_every_edge(pairs: list[tuple[int, int]]) -> None:
    net = network("0-1", *(f"{a}-{b}" for a, b in pairs))
    spots = {key: Spot(float(key), 0.0) for key in net.nodes}
    told = json.loads(json.dumps(compact(net, spots, lambda edge: "fournit")))
    starts = [n for n, count in enumerate(told["counts"]) for _ in range(count)]
    read = sorted(
        (told["id"][a], told["id"][b]) for a, b in zip(starts, told["targets"], strict=True)
    )
    assert read == sorted((edge.source, edge.target) for edge in net.edges.values())


def test_a_way_is_drawn_in_the_direction_of_each_relation() -> None:
    net = network("a-b", "c-b")
    way = Way(2.0, ("a", "b", "c"), tuple(net.edges.values()))
    svg = chain(net, way, lambda edge, seen_from: f"{seen_from} & co", "A à C")
    assert svg.count('class="g-tip"') == 2
    assert "a &amp; co" in svg
    assert 'style="' not in svg

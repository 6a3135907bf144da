"""The rules of comparing, on plain values."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.compare.domain import Bounds, Cell, Item, Profile, compare, places_among, wilson

VALUES = st.integers(0, 9).map(float)
BOUNDS = st.tuples(VALUES, VALUES).map(lambda two: Bounds(min(two), max(two)))


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_that_of_the_literature(
    hits: int, cases: int, low: float, high: float
) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3."""
    found = wilson(hits, cases)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_narrows_with_more_cases(case: tuple[int, int]) -> None:
    hits, cases = case
    found, more = wilson(hits, cases), wilson(hits * 10, cases * 10)
    assert 0 <= found.low <= hits / cases <= found.high <= 1
    assert more.high - more.low < found.high - found.low


@pytest.mark.parametrize(("hits", "cases"), [(0, 0), (-1, 5), (6, 5)])
def test_a_share_of_nothing_is_no_share(hits: int, cases: int) -> None:
    with pytest.raises(ValueError, match="of"):
        wilson(hits, cases)


def test_bounds_are_in_order() -> None:
    with pytest.raises(ValueError, match="above"):
        Bounds(2, 1)


def test_who_is_surely_above_is_before() -> None:
    found = places_among([Bounds(9, 9), Bounds(5, 5), Bounds(1, 1)])
    assert [(place.best, place.worst) for place in found] == [(1, 1), (2, 2), (3, 3)]


def test_where_bounds_overlap_the_order_is_not_certain() -> None:
    found = places_among([Bounds(8, 10), Bounds(7, 9), Bounds(1, 2)])
    assert [(place.best, place.worst) for place in found] == [(1, 2), (1, 2), (3, 3)]


def test_equal_values_share_their_places() -> None:
    found = places_among([Bounds(3, 3), Bounds(3, 3)])
    assert [(place.best, place.worst) for place in found] == [(1, 2), (1, 2)]
    assert places_among([]) == []


@given(st.lists(BOUNDS, min_size=1, max_size=5))
def test_every_order_that_the_bounds_allow_lies_within_the_places(rows: list[Bounds]) -> None:
    found = places_among(rows)
    for number, place in enumerate(found):
        assert 1 <= place.best <= place.worst <= len(rows)
        surely_above = sum(other.low > rows[number].high for other in rows)
        maybe = sum(other.high >= rows[number].low for other in rows)
        assert (place.best, place.worst) == (1 + surely_above, maybe)


@given(st.lists(BOUNDS, min_size=1, max_size=4))
def test_the_order_of_the_rows_does_not_matter(rows: list[Bounds]) -> None:
    known = dict(zip(rows, places_among(rows), strict=True))
    for other in permutations(rows):
        assert [known[row] for row in other] == places_among(other)


# Side by side


def profile(key: str, sets: dict[str, set[str]] | None = None, **values: float | None) -> Profile:
    return Profile(
        key=key,
        name=key.upper(),
        url=f"/{key}",
        kind="commune",
        cells={
            code: Cell(text="?" if value is None else f"{value}", value=value)
            for code, value in values.items()
        },
        sets={
            code: {each: Item(key=each, name=each, url=f"/{each}") for each in keys}
            for code, keys in (sets or {}).items()
        },
    )


def test_what_is_not_known_is_no_zero() -> None:
    found = compare([profile("a", cameras=4), profile("b")], ["cameras", "projects"], [])
    [line] = found.lines
    assert line.cells[1] is None
    assert line.shares == (None, None), "one alone is compared with nothing"
    [zero] = compare([profile("a", cameras=4), profile("b", cameras=0)], ["cameras"], []).lines
    assert zero.shares == (100, 0)


def test_words_have_no_bar() -> None:
    [line] = compare([profile("a", stage=None), profile("b", stage=None)], ["stage"], []).lines
    assert line.shares == (None, None)


def test_common_things_come_first_then_what_only_one_has() -> None:
    one = profile("a", {"suppliers": {"x", "y", "z"}})
    two = profile("b", {"suppliers": {"x", "y"}})
    three = profile("c", {"suppliers": {"x"}})
    [found] = compare([one, two, three], [], ["suppliers", "clients"]).shared
    assert [items[0].key for items in found.common] == ["x"]
    assert [(item.key, numbers) for item, numbers in found.some] == [("y", (0, 1))]
    assert [[item.key for item in items] for items in found.alone] == [["z"], [], []]


KEYS = st.sets(st.sampled_from("uvwxyz"))


@given(st.lists(KEYS, min_size=2, max_size=4))
def test_each_thing_of_a_set_is_told_once(sets: list[set[str]]) -> None:
    things = [profile(f"p{n}", {"s": keys}) for n, keys in enumerate(sets)]
    shared = compare(things, [], ["s"]).shared
    told = [
        *(items[0].key for one in shared for items in one.common),
        *(item.key for one in shared for item, _ in one.some),
        *(item.key for one in shared for items in one.alone for item in items),
    ]
    assert sorted(told) == sorted(set().union(*sets))

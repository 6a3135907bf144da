from __future__ import annotations

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.atlas.domain.basemap import HEAD, NotTiles, read_head
from contrechamp.atlas.domain.classes import (
    classes,
    is_doubtful,
    per_thousand,
    rounded,
    tint_of,
)
from contrechamp.atlas.domain.clusters import Label, Spot, gather, spread
from contrechamp.atlas.domain.pieces import Piece, Unsatisfiable, piece_of
from tests.atlas.tiles import pmtiles

counts = st.lists(st.integers(0, 200_000).map(float), max_size=60)
rates = st.lists(st.floats(0.00001, 5_000), min_size=1, max_size=60)
spots = st.lists(
    st.builds(
        Spot,
        key=st.uuids().map(str),
        group=st.sampled_from(["83", "06", "13"]),
        x=st.floats(0, 1000),
        y=st.floats(0, 880),
        weight=st.integers(0, 50),
    ),
    max_size=30,
    unique_by=lambda spot: spot.key,
)

# Classes


@given(counts)
def test_every_count_is_in_the_class_that_says_so(numbers: list[float]) -> None:
    steps = classes(numbers)
    assert len(steps) <= 4
    for number in numbers:
        tint = tint_of(number, steps)
        assert (tint == 0) == (number == 0)
        if tint:
            (step,) = [one for one in steps if one.tint == tint]
            assert step.least <= number <= step.most
            assert step.below is None or number < step.below


@given(rates)
def test_every_rate_is_in_the_class_that_says_so(numbers: list[float]) -> None:
    steps = classes(numbers, whole=False)
    for number in numbers:
        (step,) = [one for one in steps if one.tint == tint_of(number, steps)]
        assert step.least <= number
        assert step.below is None or number < step.below


@given(counts)
def test_classes_are_in_a_row_and_the_darkest_is_used(numbers: list[float]) -> None:
    steps = classes(numbers)
    for before, after in itertools.pairwise(steps):
        assert (before.below, before.tint + 1) == (after.least, after.tint)
        assert before.most < after.least
    assert not steps or steps[-1].tint == 4
    assert all(step.least == int(step.least) for step in steps)


def test_one_capital_does_not_make_all_others_alike() -> None:
    steps = classes([1, 1, 2, 3, 5, 8, 43])
    assert [(step.least, step.most) for step in steps] == [(1, 1), (2, 5), (6, 8), (15, 43)]


def test_without_numbers_there_are_no_classes() -> None:
    assert classes([]) == classes([0, 0]) == ()
    assert tint_of(None, ()) == tint_of(3, ()) == 0


def test_a_rate_needs_both_numbers_and_few_people_make_it_doubtful() -> None:
    assert per_thousand(411, 180_000) == pytest.approx(2.283, abs=0.001)
    assert per_thousand(None, 180_000) is None
    assert per_thousand(3, 0) is per_thousand(3, None) is None
    assert is_doubtful(51)
    assert not is_doubtful(1_000)
    assert not is_doubtful(None)


@pytest.mark.parametrize(
    ("number", "written"), [(0, 0), (0.00824, 0.0082), (0.317, 0.32), (4.66, 4.7), (58.82, 59)]
)
def test_a_rate_is_said_to_two_figures(number: float, written: float) -> None:
    assert rounded(number) == written


# Clusters


@given(spots, st.floats(1, 200), st.integers(1, 20))
def test_each_place_is_in_one_symbol_and_no_weight_is_lost(
    places: list[Spot], radius: float, most: int
) -> None:
    found = gather(places, radius=radius, most=most)
    keys = [key for cluster in found for key in cluster.keys]
    assert sorted(keys) == sorted(spot.key for spot in places)
    assert sum(one.weight for one in found) == sum(spot.weight for spot in places)
    groups = {spot.key: spot.group for spot in places}
    assert all({groups[key] for key in one.keys} == {one.group} for one in found)
    assert len(found) <= max(most, len(set(groups.values())))


@given(spots, st.randoms(use_true_random=False))
def test_the_order_of_the_places_changes_nothing(places: list[Spot], chance: object) -> None:
    mixed = list(places)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert gather(mixed, radius=40, most=50) == gather(places, radius=40, most=50)


def test_neighbours_become_one_and_the_far_stay_apart() -> None:
    def town(key: str, x: float, weight: int, group: str = "83") -> Spot:
        return Spot(key=key, group=group, x=x, y=0, weight=weight)

    places = [town("a", 0, 5), town("b", 20, 1), town("c", 200, 1), town("d", 5, 1, "06")]
    found = {one.keys: one.weight for one in gather(places, radius=40, most=50)}
    assert found == {("a", "b"): 6, ("c",): 1, ("d",): 1}


boxes = st.lists(
    st.builds(
        Label,
        x=st.floats(0, 1000),
        y=st.floats(0, 880),
        width=st.just(60.0),
        height=st.just(28.0),
    ),
    max_size=12,
)


@given(boxes)
def test_no_label_wanders_far(labels: list[Label]) -> None:
    for label, (x, y) in zip(labels, spread(labels, farthest=40), strict=True):
        assert abs(x - label.x) <= 40.1
        assert abs(y - label.y) <= 40.1


def test_two_labels_on_one_place_are_seen_both_and_the_others_stay() -> None:
    labels = [Label(x=x, y=10, width=60, height=28) for x in (10, 12, 500)]
    (x0, y0), (x1, y1), alone = spread(labels, farthest=40)
    assert abs(x0 - x1) >= 60 or abs(y0 - y1) >= 28
    assert alone == (500, 10)


# Pieces of a file


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_piece_lies_in_the_file_and_begins_where_it_was_asked(
    size: int, first: int, last: int
) -> None:
    if first >= size or last < first:
        with pytest.raises(Unsatisfiable):
            piece_of(f"bytes={first}-{last}", size)
    else:
        piece = piece_of(f"bytes={first}-{last}", size)
        assert (piece.first, piece.last) == (first, min(last, size - 1))
        assert 0 < piece.length <= size


def test_the_rest_and_the_end_of_a_file() -> None:
    assert piece_of("bytes=10-", 100) == Piece(10, 99)
    assert piece_of("bytes=-10", 100) == Piece(90, 99)
    assert piece_of("bytes=-1000", 100) == Piece(0, 99)


@pytest.mark.parametrize(
    "header",
    [
        "bytes=0-9,20-29",
        "bytes=-",
        "bytes=-0",
        "bytes=9-0",
        "bytes=100-",
        "bytes=x-y",
        "bytes=1e3-",
        "lines=0-9",
        "bytes=0-9;q=1",
        "bytes=" + "9" * 40 + "-",
        "",
    ],
)
def test_several_ranges_and_nonsense_are_refused(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        piece_of(header, 100)


def test_of_an_empty_file_there_is_no_piece() -> None:
    with pytest.raises(Unsatisfiable):
        piece_of("bytes=0-", 0)


# The head of a file of tiles


def test_the_head_says_what_the_tiles_are() -> None:
    tiles = read_head(pmtiles()[:HEAD])
    assert (tiles.kind, tiles.least_zoom, tiles.most_zoom) == ("raster", 0, 0)
    assert (tiles.west, tiles.north) == (-180, 85)


@pytest.mark.parametrize(
    ("at", "byte", "why"),
    [(0, b"X", "PMTiles"), (7, b"\x02", "version 2"), (99, b"\x00", "tile type 0")],
)
def test_what_is_no_file_of_tiles_is_refused(at: int, byte: bytes, why: str) -> None:
    content = pmtiles()
    with pytest.raises(NotTiles, match=why):
        read_head(content[:at] + byte + content[at + 1 :])


def test_a_file_cut_short_is_refused() -> None:
    with pytest.raises(NotTiles):
        read_head(pmtiles()[: HEAD - 1])


def test_the_made_file_follows_the_specification() -> None:
    content = pmtiles()
    root, root_length = struct.unpack_from("<QQ", content, 8)
    data, data_length = struct.unpack_from("<QQ", content, 56)
    assert root == HEAD
    assert data + data_length == len(content)
    assert content[data : data + 8] == b"\x89PNG\r\n\x1a\n"
    assert root + root_length <= data

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.places.domain.map import (
    HEIGHT,
    WIDTH,
    Box,
    Frame,
    country_frames,
    fitted,
    middle,
    radius,
    tint,
    unpack,
)

BOX = Box(west=5.0, south=43.0, east=7.0, north=44.0)
SQUARE = [(5.0, 43.0), (6.0, 43.0), (6.0, 44.0), (5.0, 44.0)]
places = st.tuples(st.floats(5.0, 7.0), st.floats(43.0, 44.0))


@given(places)
def test_every_place_of_the_box_is_in_the_frame(place: tuple[float, float]) -> None:
    x, y = Frame(box=BOX, width=300, height=200, left=10, top=20).place(*place)
    assert 9.9 <= x <= 310.1
    assert 19.9 <= y <= 220.1


@given(places, places)
def test_north_is_up_and_east_is_right(a: tuple[float, float], b: tuple[float, float]) -> None:
    frame = Frame(box=BOX, width=300, height=300)
    (ax, ay), (bx, by) = frame.place(*a), frame.place(*b)
    assert (a[0] <= b[0]) <= (ax <= bx)
    assert (a[1] <= b[1]) <= (ay >= by)


def test_a_path_goes_around_its_area_in_whole_steps() -> None:
    frame = Frame(box=Box(west=0, south=-1, east=2, north=1), width=200, height=200)
    path = frame.path([[(0, -1), (2, -1), (2, 1), (0, 1)]])
    assert re.fullmatch(r"M0 200l200 0 0-200-200 0z", path)


def test_an_area_smaller_than_a_point_draws_nothing() -> None:
    frame = Frame(box=BOX, width=100, height=100)
    assert frame.path([[(6, 43.5), (6.000001, 43.5), (6, 43.500001)]]) == ""


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), min_size=1))
def test_steps_lead_back_to_the_points(points: list[tuple[int, int]]) -> None:
    steps = list(points[0])
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        steps += [bx - ax, by - ay]
    assert unpack(steps, 1) == [(float(x), float(y)) for x, y in points]


def test_the_overseas_have_boxes_of_their_own_that_do_not_touch() -> None:
    areas = {code: [SQUARE] for code in ("83", "971", "972", "974")}
    frames = country_frames(areas)
    boxes = [frames[code] for code in ("971", "972", "974")]
    for above, below in itertools.pairwise(boxes):
        assert above.top + above.height <= below.top
    assert all(f.left + f.width <= WIDTH and f.top + f.height <= HEIGHT for f in frames.values())


def test_a_fitted_map_is_never_higher_than_wide() -> None:
    tall = {"x": [[(5.0, 40.0), (5.1, 40.0), (5.1, 49.0), (5.0, 49.0)]]}
    assert fitted(tall).height <= fitted(tall).width


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_more_is_never_lighter_nor_smaller(a: int, b: int) -> None:
    few, many = sorted((a, b))
    assert 1 <= tint(few, many) <= tint(many, many) == 4
    assert radius(few, many) <= radius(many, many)


def test_none_has_no_tint() -> None:
    assert tint(0, 10) == 0
    assert radius(0, 10) == 0
    assert radius(3, 0) == 0


def test_the_number_stands_in_the_largest_part() -> None:
    small = [(0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.1)]
    centre = middle([small, SQUARE])
    assert centre == pytest.approx((5.5, 43.5))
    assert middle([]) is None
    assert middle([[(1.0, 1.0), (2.0, 2.0)]]) == (1.5, 1.5)

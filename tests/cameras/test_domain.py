"""Rules about cameras on a map."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.cameras.domain.camera import (
    Camera,
    cone,
    distance,
    moved,
    read_angle,
    read_direction,
)
from contrechamp.cameras.domain.comparing import Comparison, Says, counted
from contrechamp.cameras.domain.drawing import Look, draw, frame_of, steps, whole
from contrechamp.cameras.domain.lists import read_list
from contrechamp.cameras.domain.osm import Unread, read_node, read_nodes
from contrechamp.cameras.domain.where import Communes
from contrechamp.kernel.errors import Refused
from tests.shared import shared

SQUARE = [(5.0, 43.0), (5.1, 43.0), (5.1, 43.1), (5.0, 43.1)]


def node(**tags: Any) -> dict[str, Any]:
    """A node as OpenStreetMap has them."""
    tags = {"man_made": "surveillance", "id": 12, **tags}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [5.05, 43.05]},
        "properties": {key.replace("__", ":"): value for key, value in tags.items()},
    }


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        *[("90", 90.0), ("90°", 90.0), ("360", 0.0), ("-90", 270.0), ("22,5", 22.5)],
        *[("N", 0.0), ("sw", 225.0), ("SO", 225.0), ("290-310", 300.0), ("350-10", 0.0)],
        *[("both", None), ("90;270", None), ("720", None), ("", None), (None, None)],
    ],
)
def test_a_direction_is_read_in_degrees(text: str | None, degrees: float | None) -> None:
    assert read_direction(text) == degrees


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("25°", 25.0), ("360", 360.0), ("290-310", None), ("0", None), ("400", None), (None, None)],
)
def test_a_width_is_read_in_degrees(text: str | None, degrees: float | None) -> None:
    assert read_angle(text) == degrees


def test_a_node_is_a_camera() -> None:
    camera = read_node(
        node(
            camera__type="panning;dome",
            surveillance="public",
            camera__direction="NE",
            camera__angle="45",
            height="4.5 m",
            check_date="2025-06-01",
            surveillance__zone="Town",
            operator="Somebody",
        )
    )
    assert camera == Camera(
        key="osm:12",
        lon=5.05,
        lat=43.05,
        kind="panning",
        scope="public",
        zone="town",
        direction=45.0,
        angle=45.0,
        height=4.5,
        checked_on=date(2025, 6, 1),
    )


def test_a_plate_reader_is_told_from_a_camera() -> None:
    camera = read_node(node(surveillance__type="ALPR"))
    assert isinstance(camera, Camera)
    assert camera.kind == "plate_reader"


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"man_made": "mast"}, "not_surveillance"),
        ({"surveillance__type": "guard"}, "not_a_camera"),
        ({"id": None}, "no_id"),
    ],
)
def test_what_is_no_camera_says_why(tags: dict[str, Any], code: str) -> None:
    read = read_node(node(**tags))
    assert isinstance(read, Unread)
    assert read.code == code


def test_a_node_without_a_place_says_so() -> None:
    assert read_node({**node(), "geometry": {"type": "Point", "coordinates": ["a", 1]}}) == Unread(
        key="osm:12", code="no_position"
    )
    assert read_node({**node(), "geometry": {"type": "Point", "coordinates": [0, 0]}}) == Unread(
        key="osm:12", code="bad_position"
    )


def test_a_node_given_twice_counts_once() -> None:
    read = list(read_nodes(iter([node(), node()])))
    assert [type(each) for each in read] == [Camera, Unread]


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0, 360), st.floats(1, 500))
def test_a_way_is_as_long_as_asked(lat: float, lon: float, bearing: float, metres: float) -> None:
    there = moved(lon, lat, bearing, metres)
    assert distance((lon, lat), there) == pytest.approx(metres, rel=0.02, abs=0.05)


def test_a_cone_begins_and_ends_at_the_camera() -> None:
    camera = Camera(key="a", lon=5.0, lat=43.0, kind="fixed", direction=90, angle=40)
    outline = cone(camera)
    assert outline[0] == outline[-1] == (5.0, 43.0)
    assert all(lon > 5.0 for lon, _ in outline[1:-1])


def test_a_dome_sees_all_around_and_an_unknown_direction_nothing() -> None:
    dome = cone(Camera(key="a", lon=5.0, lat=43.0, kind="dome"))
    assert dome[0] == dome[-1] != (5.0, 43.0)
    assert cone(Camera(key="a", lon=5.0, lat=43.0, kind="fixed")) == []


def test_a_point_is_in_its_commune_and_near_its_border() -> None:
    communes = Communes({"99001": [SQUARE]})
    middle, edge = communes.find(5.05, 43.05), communes.find(5.0999, 43.05)
    assert middle is not None
    assert (middle.insee, middle.near_border) == ("99001", False)
    assert edge is not None
    assert edge.near_border
    assert communes.find(5.2, 43.05) is None


def test_a_hole_is_outside() -> None:
    hole = [(5.04, 43.04), (5.06, 43.04), (5.06, 43.06), (5.04, 43.06)]
    assert Communes({"99001": [SQUARE, hole]}).find(5.05, 43.05) is None


def test_a_list_is_read_by_the_names_of_its_columns() -> None:
    content = "Numéro;Implantation;lon;lat;Type\n7;Rue A, rue B;2,35;48,85;Fixe\n;;;;\n8;C;x;1;\n"
    read = list(read_list(content.encode("cp1252"), "ville"))
    assert read[0] == Camera(key="ville:7", lon=2.35, lat=48.85, kind="fixed", site="Rue A, rue B")
    assert read[1:] == [Unread(key="ville:8", code="no_position")]


def test_a_list_without_positions_is_refused() -> None:
    with pytest.raises(Refused, match="lon"):
        list(read_list(b"rue;numero\nA;1\n", "ville"))


@pytest.mark.parametrize(
    ("authorised", "found", "says", "difference"),
    [
        (None, 0, Says.NOTHING_KNOWN, None),
        (None, 4, Says.NONE_AUTHORISED, None),
        (9, 0, Says.NOBODY_LOOKED, None),
        (9, 9, Says.SAME, 0),
        (9, 12, Says.MORE_FOUND, 3),
        (9, 4, Says.MORE_AUTHORISED, -5),
    ],
)
def test_two_numbers_say_what_they_say(
    authorised: int | None, found: int, says: Says, difference: int | None
) -> None:
    comparison = Comparison(authorised=authorised, found=found)
    assert (comparison.says, comparison.difference) == (says, difference)


def test_what_is_inside_is_told_apart() -> None:
    rows = [Camera(key=scope, lon=1, lat=1, scope=scope) for scope in ("public", "indoor")]
    assert counted(rows) == (1, 1)


def test_the_nodes_of_the_west_and_south_are_read() -> None:
    content = json.loads(
        shared("osm_cameras/osm_surveillance_west_south.geojson").read_text("utf-8")
    )
    read = list(read_nodes(iter(content["features"])))
    cameras = [each for each in read if isinstance(each, Camera)]
    assert (len(read), len(cameras)) == (6578, 6573)


def test_the_places_of_paris_are_read() -> None:
    read = list(read_list(shared("cameras_paris/data.csv").read_bytes(), "paris"))
    assert len([each for each in read if isinstance(each, Camera)]) == 707


def _square_cameras() -> list[Camera]:
    near = [Camera(key=f"a{n}", lon=5.05 + n / 1e6, lat=43.05, kind="dome") for n in range(3)]
    return [*near, Camera(key="b", lon=5.09, lat=43.01, kind="fixed", direction=0)]


def test_from_afar_neighbours_are_one_spot() -> None:
    found = draw([SQUARE], _square_cameras(), whole([SQUARE]))
    assert sorted(spot.count for spot in found.spots) == [1, 3]
    assert found.outside == 0
    assert all(spot.path == "" for spot in found.spots)
    assert found.bar_m in {1000, 2000}


def test_close_by_each_camera_shows_what_it_sees() -> None:
    found = draw([SQUARE], _square_cameras(), Look(lon=5.05, lat=43.05, level=8))
    assert [spot.count for spot in found.spots] == [1, 1, 1]
    assert found.outside == 1
    assert all(spot.path.startswith("M") for spot in found.spots)


def test_one_comes_closer_step_by_step_and_back() -> None:
    look = whole([SQUARE])
    closer = steps(look, frame_of([SQUARE], look))
    assert set(closer) == {"closer"}
    again = steps(closer["closer"], frame_of([SQUARE], closer["closer"]))
    assert set(again) == {"north", "south", "west", "east", "closer", "farther"}
    assert again["farther"].level == 0

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.atlas.domain.drawing import (
    MOST_SYMBOLS,
    Subject,
    area_base,
    badge,
    country_base,
    draw,
    key_of,
)

SQUARE = [[(5.0, 43.0), (6.0, 43.0), (6.0, 44.0), (5.0, 44.0)]]
BESIDE = [[(6.0, 43.0), (7.0, 43.0), (7.0, 44.0), (6.0, 44.0)]]


def subject(count: int) -> Subject:
    return Subject(name="Ici", url="/ici", count=count, words=f"Ici : {count}")


def test_areas_without_facts_become_one_path() -> None:
    drawing = draw(area_base({"a": SQUARE, "b": BESIDE}), {"a": subject(2)}, label="Carte")
    assert [area.count for area in drawing.areas] == [2]
    assert drawing.ground.startswith("M")


def test_what_is_here_is_drawn_last() -> None:
    base = area_base({"a": SQUARE, "b": BESIDE})
    drawing = draw(base, {"a": subject(0), "b": subject(9)}, label="Carte", here=["a"])
    assert [area.is_here for area in drawing.areas] == [False, True]


def test_a_number_stands_once_though_its_area_is_drawn_twice() -> None:
    base = country_base({"75": SQUARE, "83": BESIDE})
    drawing = draw(base, {"75": subject(3), "83": subject(1)}, label="France")
    assert sorted(area.count for area in drawing.areas) == [0, 1]
    assert [area.count for area in drawing.corner] == [3]


@given(st.integers(1, 3000))
def test_the_key_covers_every_count_once(largest: int) -> None:
    steps = key_of(largest)
    assert steps[0].least == 1
    assert steps[-1].most == largest
    for before, after in itertools.pairwise(steps):
        assert after.tint > before.tint
        assert after.least == before.most + 1


def test_without_facts_there_is_no_key() -> None:
    assert key_of(0) == ()


def test_with_badges_no_number_is_written_on_the_areas() -> None:
    mark = badge(x=1, y=1, families=["drones"], number=3, url="/ici", words="Ici : 3 projets")
    drawing = draw(area_base({"a": SQUARE}), {"a": subject(3)}, label="Carte", badges=[mark])
    assert [area.count for area in drawing.areas] == [0]
    assert drawing.badges == (mark,)


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.integers(1, 99_999))
def test_a_badge_is_wide_enough_and_says_when_it_leaves_something_out(
    families: list[str], number: int
) -> None:
    made = badge(x=0, y=0, families=families, number=number, url="/", words="")
    assert len(made.symbols) == min(len(families), MOST_SYMBOLS)
    assert made.has_more == (len(families) > MOST_SYMBOLS)
    assert ("+" in made.written) == made.has_more
    assert (str(number) in made.written) == (number > 1)
    assert made.width >= 20 * len(made.symbols) + 11 * len(made.written.strip())


def test_a_place_of_paris_stands_in_the_corner() -> None:
    base = country_base({"75": SQUARE, "83": BESIDE})
    inside = base.place("75", 5.5, 43.5)
    outside = base.place("83", 6.5, 43.5)
    assert inside is not None
    assert outside is not None
    assert inside[0] < 242
    assert base.place("988", 166.0, -22.0) is None

"""What the colours promise, measured on the tokens themselves."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.ui.domain import colour, tokens
from contrechamp.ui.domain.palette import KINDS

SOURCES = Path(__file__).parents[2] / "assets" / "src"
KIN_APART = 14.0
"""CIEDE2000 between the two nearest kinds of a picture, for any eye: some seven times what is
just noticed. With all cones they are 24 apart or more."""
STEP_APART = 6.0
"""Between two neighbouring steps of a scale; their order is told by their lightness too."""


THEMES = tokens.read((SOURCES / "tokens.css").read_text())
both = pytest.mark.parametrize("theme", THEMES)


@both
@pytest.mark.parametrize("pair", tokens.words(), ids=" on ".join)
def test_words_are_read_on_their_ground(theme: str, pair: tuple[str, str]) -> None:
    text, ground = (THEMES[theme][name] for name in pair)
    assert colour.contrast(text, ground) >= colour.TEXT


@both
@pytest.mark.parametrize("pair", tokens.marks(), ids=" on ".join)
def test_marks_stand_out_from_their_ground(theme: str, pair: tuple[str, str]) -> None:
    mark, ground = (THEMES[theme][name] for name in pair)
    assert colour.contrast(mark, ground) >= colour.LARGE


@both
def test_the_kinds_of_a_picture_are_told_apart_by_every_eye(theme: str) -> None:
    hues = [THEMES[theme][f"data-{number}"] for number in KINDS]
    distances = colour.apart(hues)
    assert distances.pop("all cones") >= 24
    assert {name: far for name, far in distances.items() if far < KIN_APART} == {}


@both
@pytest.mark.parametrize(("scale", "steps"), [("step", 6), ("diverge", 7)])
def test_neighbours_on_a_scale_are_told_apart_by_every_eye(
    theme: str, scale: str, steps: int
) -> None:
    tones = [THEMES[theme][f"{scale}-{number}"] for number in range(1, steps + 1)]
    for vision in colour.VISIONS.values():
        seen = [colour.seen(tone, vision) for tone in tones]
        assert min(colour.distance(*pair) for pair in pairwise(seen)) >= STEP_APART
    assert min(colour.distance(*pair) for pair in pairwise(tones)) >= STEP_APART


@both
def test_more_is_further_from_the_ground(theme: str) -> None:
    tones = [colour.luminance(THEMES[theme][f"step-{number}"]) for number in range(1, 7)]
    assert tones == sorted(tones, reverse=theme == "light")
    both_ways = [colour.luminance(THEMES[theme][f"diverge-{number}"]) for number in range(1, 8)]
    under, over = both_ways[:4], both_ways[3:]
    assert under == sorted(under, reverse=theme == "dark")
    assert over == sorted(over, reverse=theme == "light")


@both
def test_both_ends_of_a_comparison_differ_for_every_eye(theme: str) -> None:
    for under, over in ((1, 7), (2, 6), (3, 5)):
        ends = [THEMES[theme][f"diverge-{number}"] for number in (under, over)]
        assert min(colour.apart(ends).values()) >= KIN_APART


OKABE_ITO = ["#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"]


@both
def test_ours_are_further_apart_than_the_palette_that_all_know(theme: str) -> None:
    ours = colour.apart([THEMES[theme][f"data-{number}"] for number in KINDS])
    theirs = colour.apart(OKABE_ITO)
    assert {name for name, far in ours.items() if far <= theirs[name]} == set()
    assert sum(colour.contrast(hue, "#ffffff") < colour.LARGE for hue in OKABE_ITO) == 3


def test_a_palette_that_eyes_confuse_is_found_out() -> None:
    """The measure can fail: red and green of one lightness are one colour to many."""
    distances = colour.apart(["#b04030", "#5d7a1f"])
    assert distances["all cones"] > 40
    assert distances["deuteranopia (Machado 2009)"] < KIN_APART


def test_dark_renames_nothing_and_forgets_no_colour() -> None:
    light, dark = THEMES["light"], THEMES["dark"]
    assert set(light) == set(dark)
    same = {
        name
        for name, value in light.items()
        if value.startswith("#") and dark[name] == value and not name.startswith("on-")
    }
    assert same <= {"diverge-2"}, "a colour that dark does not set"


def test_the_style_page_repeats_both_themes() -> None:
    text = (SOURCES / "style.css").read_text()
    for theme, values in THEMES.items():
        block = text[text.index(f".theme-{theme} {{") :]
        said = dict(re.findall(r"--([\w-]+): ([^;]+);", block[: block.index("}")]))
        assert {name: values[name] for name in said} == said
        changed = {name for name in values if THEMES["light"][name] != THEMES["dark"][name]}
        assert changed <= set(said)


def test_what_is_no_style_sheet_has_no_tokens() -> None:
    assert tokens.read("") == tokens.read("p { color: red }") == {}


def test_a_style_sheet_made_small_says_the_same() -> None:
    small = re.sub(r"\s*([{}:;,])\s*", r"\1", (SOURCES / "tokens.css").read_text())
    read = tokens.read(small)
    assert {name: read["dark"][name] for name in ("ink", "data-7")} == {
        name: THEMES["dark"][name] for name in ("ink", "data-7")
    }


def test_drawings_and_style_sheet_agree_on_dashes() -> None:
    assert {number: THEMES["light"][f"dash-{number}"] for number in KINDS} == {
        number: kind.dash for number, kind in KINDS.items()
    }


def test_every_kind_has_its_own_look() -> None:
    for sign in ("hue", "shape", "path", "dash"):
        assert len({getattr(kind, sign) for kind in KINDS.values()}) == len(KINDS)


def test_every_token_that_a_style_sheet_uses_exists() -> None:
    sheets = [path.read_text() for path in SOURCES.glob("*.css")]
    named = {name for text in sheets for name in re.findall(r"(--[\w-]+)\s*:", text)}
    used = {name for text in sheets for name in re.findall(r"var\((--[\w-]+)", text)}
    assert used - named == set()


SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
]
"""Pairs and distances of Sharma, Wu and Dalal 2005, table 1."""


@pytest.mark.parametrize(("one", "other", "far"), SHARMA)
def test_distance_is_that_of_the_published_pairs(
    one: colour.Triple, other: colour.Triple, far: float
) -> None:
    assert round(colour.delta_e(one, other), 4) == far
    assert round(colour.delta_e(other, one), 4) == far


def test_contrast_is_that_of_the_published_examples() -> None:
    assert colour.contrast("#000", "#fff") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


hexes = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(hexes)
def test_a_colour_is_read_as_it_is_written(text: str) -> None:
    assert colour.render(colour.parse(text)) == text


@given(hexes, hexes)
def test_distance_and_contrast_know_no_order(one: str, other: str) -> None:
    assert colour.contrast(one, other) == colour.contrast(other, one) >= 1
    assert colour.distance(one, other) == pytest.approx(colour.distance(other, one), abs=1e-6)
    assert colour.distance(one, one) == 0


@given(st.integers(0, 255))
def test_grey_is_grey_to_every_eye(level: int) -> None:
    grey = f"#{level:02x}{level:02x}{level:02x}"
    for vision in colour.VISIONS.values():
        assert colour.distance(grey, colour.seen(grey, vision)) < 1


@pytest.mark.parametrize("text", ["red", "#12345", "#gggggg", "rgb(0 0 0)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        colour.parse(text)

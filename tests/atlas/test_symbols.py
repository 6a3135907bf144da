"""Symbols can be told apart by who sees colours differently, and by who sees none."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from contrechamp.atlas.domain.symbols import OTHER, SHAPES, SYMBOLS, TOKENS, symbol
from contrechamp.foundation.vocabulary import terms

CSS = Path(__file__).parents[2] / "assets/src"


def token(name: str) -> tuple[str, str]:
    """Return a colour of the house by day and by night."""
    day, night = re.findall(rf"--{name}: (#\w+);", (CSS / "tokens.css").read_text())[:2]
    return day, night


COLOURS = {theme: token(f"data-{number}") for theme, number in TOKENS.items()}
GROUNDS = token("raised")
SEEN_AS = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, full severity, on linear light."""
APART = 15.0
"""Distance in CIELAB (1976): about 2.3 is just seen side by side."""


def light(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    rgb = light(colour)
    r, g, b = (
        min(max(sum(k * v for k, v in zip(row, rgb, strict=True)), 0.0), 1.0)
        for row in SEEN_AS[sight]
    )
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("theme", COLOURS)
def test_a_symbol_stands_out_from_its_ground_by_light_and_by_night(theme: str) -> None:
    for colour, ground in zip(COLOURS[theme], GROUNDS, strict=True):
        assert contrast(colour, ground) >= 3


def test_no_two_families_look_the_same() -> None:
    drawn = [(one.theme, one.shape) for one in SYMBOLS.values()]
    assert len(drawn) == len(set(drawn))


@pytest.mark.parametrize("sight", SEEN_AS)
@pytest.mark.parametrize("night", [False, True])
def test_families_of_one_shape_are_told_apart_by_colour(sight: str, *, night: bool) -> None:
    for (a, one), (b, other) in itertools.combinations(SYMBOLS.items(), 2):
        if one.shape == other.shape:
            colours = (COLOURS[each.theme][night] for each in (one, other))
            first, second = (lab(colour, sight) for colour in colours)
            apart = sum((p - q) ** 2 for p, q in zip(first, second, strict=True)) ** 0.5
            assert apart >= APART, (a, b)


def test_every_family_of_the_vocabulary_has_a_symbol_of_its_own() -> None:
    families = {code for code, term in terms("technologies").items() if term["type"] == "family"}
    assert families <= set(SYMBOLS)
    assert symbol("a family of tomorrow") == OTHER


def test_the_style_takes_the_tokens_that_are_measured_here() -> None:
    style = (CSS / "places.css").read_text()
    for theme, number in TOKENS.items():
        assert re.findall(rf"--s-{theme}: (.+);", style) == [f"var(--data-{number})"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_a_path_that_stays_in_its_square(shape: str) -> None:
    Xml.fromstring(f'<path d="{SHAPES[shape]}"/>')  # noqa: S314  our own
    assert max(abs(float(n)) for n in re.findall(r"-?\d*\.?\d+", SHAPES[shape])) <= 17
    assert SHAPES[shape].startswith("M")

"""Figures as pictures, tables and files."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.lab.model import Figure, FigureKind, Series, Text
from contrechamp.lab.plots import NARROW, WIDE, as_csv, draw, paper, scales, table, vega_lite
from contrechamp.lab.plots.paper import apart, wrapped
from contrechamp.lab.plots.thinning import kept

TOKENS = Path(__file__).parents[2] / "assets/src/tokens.css"
SVG = "{http://www.w3.org/2000/svg}"


def both(words: str) -> Text:
    return Text(words, f"{words} in English")


def figure(kind: FigureKind, *series: Series, x_log: bool = False, y_log: bool = False) -> Figure:
    return Figure(
        id="part",
        title=both("Le registre"),
        kind=kind,
        x_label=both("jour"),
        y_label=both("part du secteur A"),
        series=series,
        reading=both("Après 1000 jours, 93 % <et non 57>."),
        x_log=x_log,
        y_log=y_log,
    )


RISE = [0.5 + 0.4 * (1 - math.exp(-n / 300)) for n in range(2_000)]
LINE = figure(
    "line",
    Series(
        label=both("moyenne"),
        x=list(range(2_000)),
        y=RISE,
        low=[y - 0.1 for y in RISE],
        high=[y + 0.1 for y in RISE],
    ),
    Series(label=both("vérité"), x=[0, 1_999], y=[0.57, 0.57], style="dotted"),
    Series(label=both("limite"), x=[0, 1_999], y=[0.9, 0.9], style="dashed"),
)
BARS = figure(
    "bars",
    Series(label=both("groupe A"), x=["faux positifs"], y=[0.448], low=[0.42], high=[0.47]),
    Series(label=both("groupe B"), x=["faux positifs"], y=[0.235]),
)
COLUMNS = figure("bars", Series(label=both("essais"), x=[0.1, 0.2, 0.3], y=[1, None, 5]))
POINTS = figure(
    "points",
    Series(
        label=both("décile"),
        x=[1, 2, 3],
        y=[0.2, 0.4, None],
        low=[0.1, 0.3, None],
        high=[0.3, 0.5, None],
    ),
    Series(label=both("égalité"), x=[1, 3], y=[0, 1], style="dotted"),
)
RANGES = figure(
    "ranges", Series(label=both("essai"), x=["Londres"], y=[0.81], low=[0.66], high=[0.91])
)
STAIRS = figure("line", Series(label=both("paliers"), x=[1, 2, 3], y=[1, 4, 2], style="steps"))
RATIOS = figure(
    "line", Series(label=both("liste"), x=[1, 1e9], y=[1e-3, 1e6]), x_log=True, y_log=True
)
MAP = figure(
    "map",
    Series(
        label=both("carrés"),
        x=["1", "2", "3"],
        y=[0, 12, 368],
        boxes=[(-122.3, 37.7, -122.2, 37.8), (-122.2, 37.7, -122.1, 37.8), (0, 0, 0, 0)],
    ),
)
NOTHING = figure("line", Series(label=both("rien"), x=[], y=[]))
ALL = [LINE, BARS, COLUMNS, POINTS, RANGES, STAIRS, RATIOS, MAP, NOTHING]


@pytest.mark.parametrize("one", ALL, ids=lambda each: each.kind)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_picture_is_the_same_bytes_twice_and_well_formed(one: Figure, size: paper.Size) -> None:
    svg = draw(one, size=size)
    assert svg == draw(one, size=size)
    Xml.fromstring(svg)  # noqa: S314  our own
    assert "NaN" not in svg
    assert "style=" not in svg  # The policy of pages refuses it.


def test_a_picture_says_its_title_and_what_to_see() -> None:
    tree = Xml.fromstring(draw(LINE, language="en"))  # noqa: S314  our own
    assert [tree.findtext(f"{SVG}title"), tree.findtext(f"{SVG}desc")] == [
        "Le registre in English",
        "Après 1000 jours, 93 % <et non 57>. in English",
    ]
    names = {tree.get("aria-labelledby"), tree.get("aria-describedby")}
    assert names == {each.get("id") for each in tree[:2]}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_each_line_has_its_name_and_its_kind(size: paper.Size) -> None:
    svg = draw(LINE, size=size)
    for name in ("moyenne", "vérité", "limite"):
        assert f">{name}</text>" in svg
    assert set(re.findall(r'plot-line (kind-\d)"', svg)) == {"kind-1", "kind-8", "kind-2"}


def test_each_bar_says_its_value_and_its_group() -> None:
    svg = draw(BARS)
    assert "groupe A : 0,448 (0,42 – 0,47)" in svg
    assert "groupe B in English: 0.235" in draw(BARS, language="en")


def test_a_file_carries_its_colours_and_its_certificate() -> None:
    svg = draw(LINE, is_file=True, foot="certificat 9b1c0f3d2a4e")
    assert paper.HUES[0] in svg
    assert "certificat 9b1c0f3d2a4e" in svg
    assert paper.HUES[0] not in draw(LINE)


def test_the_colours_are_those_of_the_site() -> None:
    light = TOKENS.read_text().partition("@media (prefers-color-scheme: dark)")[0]
    said = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    assert tuple(said[f"data-{n}"] for n in range(1, 9)) == paper.HUES
    assert tuple(said[f"step-{n}"] for n in range(1, 7)) == paper.STEPS
    assert (said["ink"], said["soft"], said["line"], said["paper"]) == (
        *(paper.INK, paper.SOFT, paper.GRID),
        paper.PAPER,
    )


def test_a_long_line_is_thinned_in_the_picture_and_whole_in_the_file() -> None:
    path = re.search(r'd="([^"]+)" class="plot-line kind-1"', draw(LINE))
    assert path
    assert path[1].count("L") + 1 == 500
    rows = list(csv.reader(io.StringIO(as_csv(LINE))))
    assert len(rows) == 2_001
    assert rows[0] == [
        "jour",
        "moyenne",
        "moyenne, borne basse",
        "moyenne, borne haute",
        "vérité",
        "limite",
    ]


def test_a_table_shows_where_a_line_bends_and_says_how_much_is_left() -> None:
    made = table(LINE, most=12)
    assert len(made.rows) == 12
    assert made.left == 1_988
    assert [made.rows[0][0], made.rows[-1][0]] == [0, 1_999]


def test_the_table_of_a_map_begins_with_the_fullest_and_its_file_has_the_edges() -> None:
    assert sorted(str(row[0]) for row in table(MAP, most=2).rows) == ["2", "3"]
    assert next(csv.reader(io.StringIO(as_csv(MAP))))[-4:] == ["ouest", "sud", "est", "nord"]


def test_a_map_says_the_bounds_of_its_steps() -> None:
    svg = draw(MAP)
    assert ">0</text>" in svg
    assert ">12</text>" in svg
    assert svg.count("plot-box") == 3 + 3  # Drawn, and in the key.


@pytest.mark.parametrize("one", ALL, ids=lambda each: each.kind)
def test_vega_lite_holds_its_data_and_asks_nobody(one: Figure) -> None:
    made = json.loads(json.dumps(vega_lite(one), allow_nan=False))
    assert made["$schema"].endswith("vega-lite/v5.json")
    assert len(made["data"]["values"]) == sum(len(series.y) for series in one.series)
    assert "url" not in made["data"]


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0.57, "0,57", "0.57"),
        (1_234_567.0, "1\u202f234\u202f567", "1,234,567"),
        (46_772.727, "46\u202f773", "46,773"),
        (-3, "−3", "−3"),
        (0, "0", "0"),
        (None, "–", "–"),
        (math.nan, "–", "–"),
        (1.667e-8, "1,67 × 10⁻⁸", "1.67 × 10⁻⁸"),
        (2e15, "2 × 10¹⁵", "2 × 10¹⁵"),
    ],
)
def test_numbers_are_written_as_one_reads_them(
    value: float | None, french: str, english: str
) -> None:
    assert scales.written(value, "fr") == french
    assert scales.written(value, "en") == english


def test_the_values_of_an_axis_have_the_same_decimals() -> None:
    assert scales.of_axis([0, 0.25, 0.5], "fr") == ["0,00", "0,25", "0,50"]
    assert scales.of_axis([0.1, 10, 1_000], "fr") == ["0,1", "10", "1\u202f000"]
    assert scales.of_axis([0, 2e6, 3e9], "en") == ["0", "2 M", "3 bn"]


NUMBERS = st.floats(min_value=-1e9, max_value=1e9).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.booleans(), st.integers(2, 9))
def test_a_scale_holds_all_its_values(values: list[float], with_zero: bool, most: int) -> None:
    scale = scales.fit(values, with_zero=with_zero)
    slack = 1e-6 * max(1.0, *(abs(value) for value in values))
    assert scale.low - slack <= min(values)
    assert max(values) <= scale.high + slack
    assert all(scale.low - slack <= tick <= scale.high + slack for tick in scale.ticks(most))


@given(
    st.lists(st.floats(min_value=-1e3, max_value=1e3), min_size=1, max_size=400),
    st.integers(3, 50),
)
def test_thinning_keeps_the_ends_and_the_order(y: list[float], most: int) -> None:
    places = kept([float(n) for n in range(len(y))], y, most)
    assert len(places) == min(most, len(y))
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (0, len(y) - 1)


@given(st.lists(st.floats(0, 300), max_size=8))
def test_names_are_moved_apart_in_their_order(wanted: list[float]) -> None:
    places = apart(wanted, 20, 0, 300)
    ordered = sorted(places)
    assert all(right - left >= 20 - 1e-6 for left, right in pairwise(ordered))
    assert sorted(range(len(wanted)), key=lambda n: (wanted[n], n)) == sorted(
        range(len(wanted)), key=lambda n: (places[n], n)
    )


@given(st.lists(NUMBERS, min_size=1, max_size=30))
def test_any_numbers_can_be_drawn(y: list[float]) -> None:
    for kind in ("line", "bars", "points"):
        one = figure(kind, Series(label=both("a"), x=list(range(len(y))), y=y))
        Xml.fromstring(draw(one))  # noqa: S314  our own
        Xml.fromstring(draw(one, size=NARROW))  # noqa: S314  our own


def test_words_are_broken_into_lines_and_cut() -> None:
    assert wrapped("un deux trois", 60, 14) == ["un deux", "trois"]
    assert wrapped("un " * 90, 60, 14, most=2)[1].endswith("…")

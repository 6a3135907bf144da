"""The language in which opinions are asked for: what it means, and that it never fails."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.opinions.domain.asking import is_near, read_query

TEXTS = {
    1: "L'étude d'impact de la vidéoprotection",
    2: "Les études d'impact des caméras",
    3: "Le contrat du logiciel",
    4: "Les marchés et contrats de vidéoprotection du cinéma",
    5: "L'impact d'une étude",
}


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """Return an index of words as the instance has one."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE w USING fts5(t, tokenize='unicode61 remove_diacritics 2')")
    base.executemany("INSERT INTO w(rowid, t) VALUES (?, ?)", TEXTS.items())
    return base


def found(index: sqlite3.Connection, query: str) -> set[int]:
    match = read_query(query).match
    if not match:
        return set()
    return {row for (row,) in index.execute("SELECT rowid FROM w WHERE w MATCH ?", [match])}


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        *(("impact", {1, 2, 5}), ("IMPACTS", {1, 2, 5}), ("etude impact", {1, 2, 5})),
        *(('"étude d\'impact"', {1, 2}), ("« études d'impact »", {1, 2})),
        ('"étude d impact', {1, 2}),
        *(("caméra OU contrat", {2, 3, 4}), ("caméra ou contrat", {2, 3, 4})),
        *(("caméra OR contrat", {2, 3, 4}), ("caméra | contrat", {2, 3, 4})),
        *(("contrat -cinéma", {3}), ("contrat SAUF cinéma", {3}), ("-cinéma", set())),
        *(("(contrat OU impact) vidéoprotection", {1, 4}), ("((contrat", {3, 4})),
        *(("video*", {1, 4}), ("la les de", set()), ("", set()), (')"(', set())),
        ("le contrat de la vidéoprotection", {4}),
    ],
)  # fmt: skip
def test_a_query_finds(index: sqlite3.Connection, query: str, rows: set[int]) -> None:
    assert found(index, query) == rows


@given(st.text(max_size=120))
def test_nothing_that_is_typed_breaks_the_index(query: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE w USING fts5(t)")
    found(base, query)
    base.close()


@given(st.text(alphabet="ab\"()-|* OU«»'", max_size=60))
def test_nor_do_its_signs(query: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE w USING fts5(t)")
    found(base, query)
    base.close()


def test_a_long_query_is_cut() -> None:
    assert len(read_query("caméra " * 10_000).match) < 2_000
    assert read_query("(" * 50 + "caméra").match
    assert read_query("(" * 500).match == ""


@pytest.mark.parametrize("slip", ["camera", "cameras", "camra", "camear", "kamera", "camere"])
def test_one_slip_is_near(slip: str) -> None:
    assert is_near(slip, "camera")
    assert is_near("camera", slip)


@pytest.mark.parametrize("other", ["camérra", "chemin", "cam", "macera"])
def test_two_slips_are_not(other: str) -> None:
    assert not is_near(other, "camera")


def test_single_words_are_written_anew_and_phrases_stay() -> None:
    asked = read_query('kamera "plan kamera" OU (kamera -kamera)')
    assert asked.single_words == ("kamera",)
    better = asked.respelt(lambda word: "camera").match
    assert '"plan kamera"' in better
    assert '"camera"' in better
    assert read_query("").respelt(str.upper).match == ""

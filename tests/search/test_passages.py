"""What was sought is marked where it stands, whichever way it is looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.search.domain import Sought, excerpt, mark, parse, stem
from contrechamp.search.domain.letters import spans
from contrechamp.search.domain.passages import _one_by_one, hits

WORDS = ("œuvre", "mise", "la", "caméras", "Camera", "caméra", "vidéo", "vie", "l’été", "n°12")
QUERIES = ("caméra", "vid*", '"mise la œuvre"', '"la la"', "l’ét*", "oeuvre 12", "camrea", "oeu*")
SIGNS = (" ", "\n", " – ", "’", "\u00ad", "\u0301", " ж ", "_", "")


def marked(text: str, query: str, *, fuzzy: bool = False) -> list[str]:
    pieces = mark(text, Sought.of(parse(query), fuzzy=fuzzy))
    assert "".join(piece.text for piece in pieces) == text
    return [piece.text for piece in pieces if piece.mark]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Des caméras, une CAMÉRA.", "camera", ["caméras", "CAMÉRA"]),
        ("La mise en œuvre et l’oeuvre", "œuvre", ["œuvre", "oeuvre"]),
        ("Vidéoprotection, vidéo, vie", "video*", ["Vidéoprotection", "vidéo"]),
        ("la police  municipale, municipale police", '"police municipale"', ["police  municipale"]),
        ("la la la", '"la la"', ["la la", " la"]),
        ("l’école, la mort, l’étude", "l’éco*", ["l’école"]),
        ("вид камера", "камера", ["камера"]),
        ("une ca\u00adméra", "caméra", ["ca\u00adméra"]),
        ("rien", "-rien", []),
    ],
)
def test_what_is_sought_is_marked(text: str, query: str, found: list[str]) -> None:
    assert marked(text, query) == found


def test_a_word_with_a_slip_is_marked_when_slips_are_forgiven() -> None:
    assert marked("la caméra filme", "camrea") == []
    assert marked("la caméra filme", "camrea", fuzzy=True) == ["caméra"]
    assert marked("le ca\u00admra et la caméra", "camera", fuzzy=True) == ["ca\u00admra", "caméra"]
    assert marked("la rue", "rux", fuzzy=True) == []


@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=12),
    st.sampled_from(QUERIES),
    st.booleans(),
)
def test_at_once_and_word_by_word_find_the_same(
    parts: list[tuple[str, str]], query: str, fuzzy: bool
) -> None:
    text = "".join(word + sign for word, sign in parts)
    sought = Sought.of(parse(query), fuzzy=fuzzy)
    assert hits(text, sought) == sorted(_one_by_one(text, sought))


@given(st.text())
def test_a_stem_keeps_the_first_letter_of_its_word(text: str) -> None:
    assert all(stem(word)[:1] == word[0] for _, _, word in spans(text))


def test_a_passage_shows_where_most_of_it_stands() -> None:
    text = "caméra " + "mot " * 200 + "la police a des caméras " + "mot " * 200
    shown = "".join(piece.text for piece in excerpt(text, Sought.of(parse("police caméra"))))
    assert "la police a des caméras" in shown
    assert shown.startswith("… ")
    assert len(shown) < 300

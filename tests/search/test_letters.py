"""Folding a whole text at once gives what folding word by word gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contrechamp.kernel import names
from contrechamp.search.domain.letters import (
    LONGEST,
    WORD,
    in_place,
    in_two,
    spans,
    spelt,
    tokens,
)

FRENCH = st.text("abcéèêàçœæÉŒÇÏ19½²ß’'«» -_.\n\u00a0\u00ad€µ°", max_size=60)
ODD = st.text("aé\u0301\u0327\u200b\ufeffﬁ①ᵃĳłčЖω中ﬀ\uf0b7●ˆƒ\ud800ªº\u2019ŒœŸ\u3099٣", max_size=30)
ANY = st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’œuvre d'un BŒUF : ½ été", ["l", "oeuvre", "d", "un", "boeuf", "12", "ete"]),
        ("vidéo\u00adprotection", ["videoprotection"]),
        ("e\u0301te\u0301 \uf0b7 ﬁn", ["ete", "fin"]),
        ("caméra Жук µm", ["camera", "жук", "μm"]),
        ("snake_case", ["snake", "case"]),
        ("x" * 70 + " y", ["x" * LONGEST, "y"]),
        ("", []),
        (" … \n", []),
    ],
)
def test_words_are_cut_and_folded(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(FRENCH | ODD | ANY)
def test_at_once_and_word_by_word_are_the_same(text: str) -> None:
    one_by_one = [names.fold(word)[:LONGEST] for word in WORD.findall(text)]
    assert tokens(text) == [word for word in one_by_one if word]


@given(FRENCH | ODD | ANY)
@example("\u200bﬀ")
def test_folded_in_place_each_word_stands_where_it_stood(text: str) -> None:
    plain = in_place(text)
    if plain is not None:
        found = [(m.start(), m.end(), in_two(m[0])) for m in re.finditer("[^ ]+", plain)]
        assert found == list(spans(text))


@given(FRENCH)
def test_a_word_is_recognised_in_what_was_folded_in_place(text: str) -> None:
    plain = in_place(text)
    for start, end, word in spans(text) if plain is not None else ():
        assert plain is not None
        assert re.fullmatch(spelt(word), plain[start:end])


@pytest.mark.parametrize("text", ["L’œuvre du préfet : « arrêté » n° 2024-12", "• ● \uf0b7 – €"])
def test_what_french_texts_are_made_of_is_folded_in_place(text: str) -> None:
    assert in_place(text) is not None

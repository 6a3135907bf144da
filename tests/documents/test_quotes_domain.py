"""A quote is found again: by its words, spaced otherwise, or nearly the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.documents.domain import quotes

TEXT = (
    "Article 1. Le maire est autorisé à signer le marché de vidéoprotection.\n"
    "Article 2. Le montant s'élève à 120 000 euros hors taxes pour quatre ans.\n"
    "Article 3. Le montant s'élève à 120 000 euros hors taxes pour les réseaux."
)
WORDS = st.text(st.sampled_from("abcdefghiéà \n.,0123"), min_size=1, max_size=400)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(WORDS)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(passages())
def test_what_is_cited_is_found_where_it_stands(passage: tuple[str, int, int]) -> None:
    text, start, end = passage
    wanted = quotes.anchor(text, start, end)
    found = quotes.locate(text, wanted)

    assert found is not None
    # The same words with the same surroundings twice on a page cannot be told apart.
    assert quotes.anchor(text, *found) == wanted


def test_among_the_same_words_the_surroundings_decide() -> None:
    second = TEXT.index("Le montant", TEXT.index("Article 3"))
    wanted = quotes.anchor(TEXT, second, second + 40)

    assert quotes.locate(TEXT, wanted) == (second, second + 40)


def test_line_ends_elsewhere_do_not_lose_a_quote() -> None:
    wanted = quotes.Anchor(exact="signer le marché de vidéoprotection")
    flowed = TEXT.replace("marché de", "marché\nde")
    found = quotes.find(flowed, wanted)

    assert found is not None
    assert flowed[slice(*found)] == "signer le marché\nde vidéoprotection"


def test_a_number_cut_at_its_hyphen_is_found_whole() -> None:
    found = quotes.locate_spaced(
        "(acte 83-2024-11-27-\n00010, page 157)", quotes.Anchor(exact="acte 83-2024-11-27-00010,")
    )

    assert found == (1, 27)


def test_words_that_are_not_there_are_not_found() -> None:
    assert quotes.find(TEXT, quotes.Anchor(exact="le préfet interdit les drones au-dessus")) is None
    assert quotes.find(TEXT, quotes.Anchor(exact="")) is None
    assert quotes.find("", quotes.Anchor(exact="le maire est")) is None


NOISE = {"é": "e", "à": "a", "l": "1", "m": "rn", "i": "l", "o": "0", " ": "\n"}


def read_badly(text: str, share: float, chance: random.Random) -> str:
    return "".join(NOISE.get(sign, sign) if chance.random() < share else sign for sign in text)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, len(TEXT) - 45))
def test_a_quote_survives_the_noise_of_recognition(seed: int, start: int) -> None:
    start, end = quotes.trim(TEXT, start, start + 45)
    wanted = quotes.anchor(TEXT, start, end)
    again = read_badly(TEXT, 0.04, random.Random(seed))  # noqa: S311 - noise, not a secret
    found = quotes.find(again, wanted)

    # What is too far from the words is said to be lost, and never found elsewhere.
    if found is not None:
        here = again[slice(*found)]
        assert quotes.is_akin(wanted.exact, here, quotes.LEAST)


def test_most_quotes_are_found_after_two_percent_of_noise() -> None:
    chance = random.Random(7)  # noqa: S311
    tries = found = 0
    for start in range(0, len(TEXT) - 60, 3):
        span = quotes.trim(TEXT, start, start + 60)
        again = read_badly(TEXT, 0.02, chance)
        tries += 1
        found += quotes.find(again, quotes.anchor(TEXT, *span)) is not None
    assert found / tries > 0.95


def test_a_passage_over_two_pages_is_cut_where_the_page_turns() -> None:
    texts = ["fin de page", "début de page"]
    joined = "\n".join(texts)
    start, end = joined.index("de page"), joined.index("début") + 5

    assert quotes.pages_of(texts, start, end) == [(4, 11), (0, 5)]
    assert quotes.pages_of(texts, 0, 3) == [(0, 3), None]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(-5, 400, (0, 3)), (1, 3, (1, 3)), (3, 5, (5, 5)), (9, 2, (9, 9))],
)
def test_ends_are_drawn_in_over_white_space(
    start: int, end: int, expected: tuple[int, int]
) -> None:
    found = quotes.trim("abc  ", start, end)
    assert found == expected or found[0] >= found[1]

"""Names folded, cut into words and said aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel import names

TEXTS = st.text(max_size=40)


def test_accents_case_and_signs_do_not_count() -> None:
    assert names.fold("L'Haÿ-les-Roses") == names.fold("l’hay les roses") == "lhaylesroses"
    assert names.fold("Cœur") == names.fold("COEUR") == "coeur"
    assert names.words("Ville de Saint-Étienne") == ["ville", "de", "saint", "etienne"]


def test_what_the_eye_does_not_see_does_not_count() -> None:
    hidden = "Saint\u00ad-Eti\u200benne"
    assert names.fold(hidden) == "saintetienne"
    assert names.invisible(hidden) == ["U+00AD", "U+200B"]
    assert names.visible(hidden) == "Saint-Etienne"


def test_other_alphabets_keep_their_letters() -> None:
    assert names.words("Хиквижн 海康威视") == ["хиквижн", "海康威视"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nime", "Nîmes"),
        ("Lille", "Lile"),
        ("Épernay", "Eperney"),
        ("Bordeau", "Bordeaux"),
        ("Sécurité", "Securitte"),
        ("Cergy", "Sergy"),
        ("Philippe", "Filipe"),
        ("Paques", "Pakes"),
    ],
)
def test_these_sound_alike(one: str, other: str) -> None:
    assert names.sound(one) == names.sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nice", "Nîmes"),
        ("Cannes", "Vannes"),
        ("GICAN", "GICAT"),
        ("SNCF", "SNEF"),
        ("Chartres", "Cartres"),
        ("Es", "Et"),
    ],
)
def test_these_do_not(one: str, other: str) -> None:
    assert names.sound(one) != names.sound(other)


@given(TEXTS)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    folded = names.fold(text)
    assert names.fold(folded) == folded
    assert "".join(names.words(text)) == folded


@given(TEXTS)
def test_capitals_sound_like_small_letters(text: str) -> None:
    if text.upper().casefold() == text.casefold():
        assert names.sound(text.upper()) == names.sound(text)


@given(TEXTS)
def test_what_one_sees_has_no_hidden_sign(text: str) -> None:
    assert names.invisible(names.visible(text)) == []

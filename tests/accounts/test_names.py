"""What somebody may be called: nobody is taken for somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.accounts.domain import check_pseudonym, fold
from contrechamp.kernel.errors import Refused


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Léa", "lea"),
        ("IO", "io"),
        ("Ines", "lnes"),
        ("noor", "n00r"),
        ("jean-marc", "jean_marc"),
        ("jean.marc", "JeanMarc"),
        ("amina", "аmina"),  # a Cyrillic letter
        ("νoor", "voor"),  # a Greek letter
        ("marie", "rnarie"),
        ("william", "vvilliarn"),
        ("cœur", "coeur"),
        ("ﬁlle", "fille"),
        ("Łucja", "lucja"),
    ],
)
def test_names_that_are_read_as_one_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("noor", "nour"), ("lea2", "lea3"), ("amina", "amira")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_a_fold_folds_to_itself_in_any_case(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert len(fold(name)) <= 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("noor@exemple.fr", "ni une adresse"),
        ("noor.exemple.fr", "ni une adresse"),
        ("no", "au moins 3"),
        ("a b c", "nom de compte"),
        ("noоr", "mêle des alphabets"),
        ("Administrateur", "nom du site"),
        ("adm1n", "nom du site"),
        ("-noor", "nom de compte"),
        ("n" * 41, "nom de compte"),
    ],
)
def test_what_is_no_pseudonym_is_refused_and_why(name: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_pseudonym(name)


@pytest.mark.parametrize("name", ["noor", "Jean-Marc", "lecteur_42", "été", "Ньютон", "夜の鳥"])
def test_a_pseudonym_in_any_one_alphabet_will_do(name: str) -> None:
    check_pseudonym(name)

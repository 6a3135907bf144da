"""Official numbers, by published examples and by their own arithmetic."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel import numbers
from contrechamp.kernel.errors import Refused

NICE = "210600888"
LA_POSTE_HEAD = "35600000000048"
DIGITS = st.text("0123456789", min_size=8, max_size=8)


def siren(body: str) -> str:
    return next(f"{body}{key}" for key in range(10) if numbers.is_siren(f"{body}{key}"))


def test_the_number_of_a_town_is_one() -> None:
    assert numbers.check_siren(" 210 600 888 ") == NICE


@given(DIGITS.filter(lambda text: text != "00000000"))
def test_one_key_of_ten_is_right(body: str) -> None:
    assert sum(numbers.is_siren(f"{body}{key}") for key in range(10)) == 1


@given(DIGITS.filter(lambda text: text != "00000000"), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(body: str, place: int, shift: int) -> None:
    right = siren(body)
    wrong = str((int(right[place]) + shift) % 10)
    assert not numbers.is_siren(right[:place] + wrong + right[place + 1 :])


@given(DIGITS.filter(lambda text: text != "00000000"))
def test_a_siret_begins_with_its_siren(body: str) -> None:
    owner = siren(body)
    siret = next(n for key in range(10) if numbers.is_siret(n := f"{owner}0001{key}"))
    assert numbers.siren_of(siret) == owner


def test_la_poste_adds_up_its_digits() -> None:
    assert numbers.is_siret(LA_POSTE_HEAD)
    # An establishment: digits that sum to a multiple of five, without Luhn.
    assert numbers.is_siret("35600000000003") is (sum(map(int, "35600000000003")) % 5 == 0)
    assert numbers.is_siret("35600000012344") is (sum(map(int, "35600000012344")) % 5 == 0)
    by_sum = [n for i in range(200) if numbers.is_siret(n := f"356000000{i:05}")]
    assert any(sum(map(int, n)) % 5 == 0 and not numbers._luhn(n) for n in by_sum)


@pytest.mark.parametrize(
    "text", ["000000000", "21060088", "2106008880", "21060088a", "", "٢١٠٦٠٠٨٨٨"]
)
def test_what_is_no_siren(text: str) -> None:
    assert not numbers.is_siren(text)


@pytest.mark.parametrize("text", ["21060088800015"[:13], "11111111111111", "2106008880001a"])
def test_what_is_no_siret(text: str) -> None:
    assert not numbers.is_siret(text)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (numbers.check_siren, NICE, "210600889"),
        (numbers.check_siret, LA_POSTE_HEAD, "35600000000049"),
        (numbers.check_insee, "2A004", "6088"),
        (numbers.check_insee, "97411", "2C004"),
        (numbers.check_rna, "W062001234", "W06200123"),
        (numbers.check_lei, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R13"),
        (numbers.check_lei, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R"),
        (numbers.check_hatvp, NICE, "210600889"),
        (numbers.check_hatvp, "H123456789", "H12345678"),
        (numbers.check_wikidata, "Q33959", "Q0"),
    ],
)
def test_a_wrong_number_is_refused_with_itself(
    check: Callable[[str], str], right: str, wrong: str
) -> None:
    assert check(right) == right
    with pytest.raises(Refused) as refused:
        check(wrong)
    assert wrong in str(refused.value)

"""Amounts as they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.kernel.errors import Refused
from contrechamp.kernel.money import CEILING, parse_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", "0.00"),
        ("1234,56", "1234.56"),
        ("1 234,56 €", "1234.56"),
        ("1\u202f234\u00a0567 EUR", "1234567.00"),
        ("1'234'567.50", "1234567.50"),
        ("1.234.567", "1234567.00"),
        ("1,234,567.89", "1234567.89"),
        ("368,986", "368986.00"),
        ("327,276.63", "327276.63"),
        ("327276.6300", "327276.63"),
        ("1.5", "1.50"),
        ("2,5 M€", "2500000.00"),
        ("1,234 M€", "1234000.00"),
        ("2,5 millions d'euros", "2500000.00"),
        ("1,25 milliard", "1250000000.00"),
        ("12 k€ HT", "12000.00"),
        ("12 000 euros TTC", "12000.00"),
    ],
)
def test_an_amount_is_read(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "abc", "-5", "1,2,3", "1234.567", "1..2", "12 €€", "999999999999999", "2018-03"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_amount(text)


@given(st.decimals(0, CEILING - 1, places=2))
def test_a_plain_number_is_itself(amount: Decimal) -> None:
    assert parse_amount(f"{amount:.2f}") == amount
    assert parse_amount(f"{amount:,.2f}") == amount
    assert parse_amount(f"{amount:,.2f}".replace(",", " ").replace(".", ",") + " €") == amount

"""Who asks: what the law wants of a person, an association, a company."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contrechamp.foi.domain.requester import (
    Channel,
    NotIdentified,
    Requester,
    check_identified,
    lacks,
    lacks_for_cada,
    letterhead,
)

from .facts import ASSOCIATION, COMPANY, PERSON


def changed(whole: Requester, field: str, value: str) -> Requester:
    """Return an identity with another value in a field."""
    fields: dict[str, Any] = {field: value}
    return replace(whole, **fields)


@pytest.mark.parametrize("whole", [ASSOCIATION, PERSON, COMPANY])
def test_a_whole_identity_lacks_nothing(whole: Requester) -> None:
    assert lacks(whole) == ()
    assert lacks_for_cada(whole) == ()
    check_identified(whole)


@pytest.mark.parametrize(
    ("whole", "field", "value"),
    [
        (PERSON, "name", " "),
        (PERSON, "name", "\u200b"),
        (PERSON, "first_name", ""),
        (PERSON, "address", "\n \n"),
        (PERSON, "email", "noor"),
        (PERSON, "email", "noor@localhost"),
        (ASSOCIATION, "number", ""),
        (ASSOCIATION, "number", "W12"),
        (ASSOCIATION, "address", ""),
        (ASSOCIATION, "representative", ""),
        (COMPANY, "number", "732829321"),
        (COMPANY, "representative", " "),
    ],
)
def test_each_absent_field_is_named_and_stops(whole: Requester, field: str, value: str) -> None:
    lacking = changed(whole, field, value)
    assert [each.field for each in lacks(lacking)] == [field]
    with pytest.raises(NotIdentified, match="Indiquez"):
        check_identified(lacking)


def test_by_post_no_email_is_needed() -> None:
    assert lacks(replace(PERSON, email=""), Channel.POST) == ()


def test_an_association_may_give_its_siren() -> None:
    by_siren = replace(ASSOCIATION, number="732829320")
    assert lacks(by_siren) == ()
    assert "Association déclarée, SIREN 732\u202f829\u202f320" in letterhead(by_siren)


def test_the_cada_wants_the_form_of_a_company() -> None:
    assert [each.field for each in lacks_for_cada(replace(COMPANY, form=""))] == ["form"]


def test_the_identity_block_of_an_association_holds_no_address_of_a_member() -> None:
    assert letterhead(ASSOCIATION, "req-1@demandes.example") == (
        "Les Yeux ouverts",
        "Association déclarée, RNA W442001234",
        "12 rue des Lilas",
        "44000 Nantes",
        "Représentée par Camille Exemple, présidente",
        "req-1@demandes.example",
    )


def test_the_identity_block_of_a_person_and_of_a_company() -> None:
    assert letterhead(PERSON) == (
        "Noor Exemple",
        "3 place du Marché",
        "44000 Nantes",
        "noor@exemple.invalid",
    )
    assert letterhead(COMPANY)[1] == "SAS, SIREN 732\u202f829\u202f320"
    assert "Représentée par Dominique Exemple" in letterhead(COMPANY)


def test_an_unfinished_identity_block_has_no_empty_line() -> None:
    bare = replace(COMPANY, form="", number="", representative="", email="", address="")
    assert letterhead(bare) == ("Essais réunis",)
    assert letterhead(replace(ASSOCIATION, number=""))[1] == "Association déclarée"

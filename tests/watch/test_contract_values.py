"""Numbers, sums, days, places, parties of contracts; the same contract twice; snapshots."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contrechamp.watch.domain.contracts.identity import mark_duplicates
from contrechamp.watch.domain.contracts.parties import is_perhaps_person
from contrechamp.watch.domain.contracts.values import (
    amount_of,
    cpv_of,
    day_of,
    months_of,
    siren_in,
    siret_of,
)
from contrechamp.watch.domain.snapshots import compare, state_of
from tests.watch.deals import found_in, row, scanned, siret, write_rows

GAREOULT = "21830064800015"


@pytest.mark.parametrize(
    ("typed", "value", "is_bad"),
    [
        (368986, "368986.00", False),
        (327276.63, "327276.63", False),
        (float("inf"), None, True),
        ("327276.6300", "327276.63", False),
        ("40 000,00", "40000.00", False),
        (0, None, False),
        ("0.01", None, False),
        (999999999, None, False),
        ("NC", None, False),
        ("", None, False),
        (None, None, False),
        ("beaucoup", None, True),
        (-5, None, True),
        (Decimal("NaN"), None, True),
    ],
)
def test_a_sum_is_a_sum_or_not_stated(typed: object, value: str | None, *, is_bad: bool) -> None:
    assert amount_of(typed) == (Decimal(value) if value else None, is_bad)


@pytest.mark.parametrize(
    ("typed", "value", "is_bad"),
    [
        ("2019-03-01+01:00", date(2019, 3, 1), False),
        ("2024-05-01Z", date(2024, 5, 1), False),
        ("30/01/2019", date(2019, 1, 30), False),
        ("0218-10-29", None, True),
        ("2019-02-30", None, True),
        ("bientôt", None, True),
        (None, None, False),
        ("NC", None, False),
    ],
)
def test_a_day_that_cannot_be_is_none(typed: object, value: date | None, *, is_bad: bool) -> None:
    day = day_of(typed)
    assert (day.value, day.is_bad) == (value, is_bad)


def test_numbers_get_their_zeros_back_and_must_check() -> None:
    zero = siret("05680065")
    assert siret_of(zero.lstrip("0")) == zero
    assert siret_of(f"{zero[:9]} {zero[9:]}") == zero
    assert siret_of("12345678901234") is None
    assert siren_in(f"FR00{zero[:9]}") == zero[:9]
    assert siren_in(f"{zero[:9]}99999") == zero[:9]
    assert siren_in("NC") is None


def test_cpv_and_months_are_read_with_and_without_their_frills() -> None:
    assert [cpv_of(each) for each in ("32323500-8", "32323500", "9132100", None, "x")] == [
        "32323500",
        "32323500",
        "09132100",
        None,
        None,
    ]
    assert [months_of(each) for each in (12, "12", "NC", 0, 999, None)] == [
        12,
        12,
        None,
        None,
        None,
        None,
    ]


def test_bad_values_are_null_with_a_warning_and_a_problem(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.json", row(dateNotification="0218-10-29", montant="beaucoup"))
    (found,), problems = scanned(path)
    assert found.contract is not None
    assert (found.contract.notified_on, found.contract.amount) == (None, None)
    assert found.warnings == ("bad_date", "bad_amount")
    assert [each.code for each in problems] == ["bad_date", "bad_amount"]


def test_the_commune_is_that_of_the_buyers_number(tmp_path: Path) -> None:
    from contrechamp.places.domain.packaged import packaged_communes

    siren = next(each.siren for each in packaged_communes() if each.insee == "83064")
    (found,) = found_in(tmp_path / "a.json", row(acheteur={"id": siren, "nom": "Garéoult"}))
    assert (found.places[0].insee, found.places[0].how) == ("83064", "buyer")


def test_a_postal_code_typed_as_a_communes_is_not_taken_for_one(tmp_path: Path) -> None:
    place = {"code": "83136", "typeCode": "Code commune", "nom": "GAREOULT"}
    (found,) = found_in(tmp_path / "a.json", row(lieuExecution=place))
    assert found.places[0].insee == "83064"
    assert "place_code_is_postal" in found.warnings
    (other,) = found_in(tmp_path / "a.json", row(lieuExecution=place | {"nom": "Le Thoronet"}))
    assert other.places[0].insee == "83136"


def test_a_name_that_may_be_a_persons_waits_for_a_person(tmp_path: Path) -> None:
    assert is_perhaps_person("DUPOND Camille")
    assert is_perhaps_person("Mme Camille Dupond")
    assert not is_perhaps_person("Vue SAS")
    assert not is_perhaps_person("SPIE CityNetworks")
    number = siret("44306184")
    supplier = {"typeIdentifiant": "SIRET", "id": number, "denominationSociale": "DUPOND Camille"}
    (found,) = found_in(tmp_path / "a.json", row(titulaires=[supplier]))
    assert found.contract is not None
    assert (found.contract.suppliers[0].siret, found.contract.suppliers[0].name) == (number, None)


def test_the_same_contract_twice_in_a_file_is_one_finding(tmp_path: Path) -> None:
    (found,) = found_in(
        tmp_path / "a.json", row(), row(id="other", objet="Peinture", codeCPV=""), row()
    )
    assert found.locator.records == (0, 2)


def test_empty_numbers_do_not_join_different_contracts(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a.json", row(id=""), row(id="", objet="Vidéoprotection du stade"))
    assert len(found) == 2


def test_lots_of_one_consultation_share_a_group(tmp_path: Path) -> None:
    found = found_in(
        tmp_path / "a.json",
        row(id="1", objet="Vidéoprotection de la ville - Lot 1 : centre"),
        row(id="2", objet="Vidéoprotection de la ville - Lot 2 : caméras"),
    )
    groups = {each.contract.group for each in found if each.contract}
    assert len(groups) == 1
    assert None not in groups


TWIN = {
    "id": "X9",
    "source": "another",
    "objet": "EXTENSION VIDEO PROTECTION",
    "montant": 890.5,
    "dateNotification": "2019-03-04",
}


def test_one_contract_on_two_platforms_is_marked_and_both_are_kept(tmp_path: Path) -> None:
    first = found_in(tmp_path / "a.json", row())
    second = found_in(tmp_path / "b.json", row(**TWIN))
    marked = mark_duplicates([*second, *first])
    assert [each.duplicate_of for each in marked] == [None, first[0].id]
    assert mark_duplicates(marked) == marked


@pytest.mark.parametrize(
    "other",
    [
        {"montant": 5000},
        {"dateNotification": "2019-09-01"},
        {"codeCPV": "45233292"},
        {"objet": "Vidéoprotection du stade nautique et de ses abords, tranche conditionnelle"},
        {"acheteur": {"id": siret("44306184"), "nom": "Ailleurs"}},
        {"source": "made_up"},
    ],
)
def test_what_differs_is_no_duplicate(tmp_path: Path, other: dict[str, object]) -> None:
    first = found_in(tmp_path / "a.json", row())
    second = found_in(tmp_path / "b.json", row(**TWIN | other))
    assert [each.duplicate_of for each in mark_duplicates([*first, *second])] == [None, None]


def test_the_next_dump_of_a_platform_repeats_the_contract(tmp_path: Path) -> None:
    first = found_in(tmp_path / "a.json", row())
    again = [replace(first[0], id="wf-x", document=replace(first[0].document, path="b.json"))]
    assert [each.duplicate_of for each in mark_duplicates([*first, *again])] == [None, first[0].id]


def test_snapshots_say_what_is_new_changed_and_gone() -> None:
    before = state_of([row(id="a"), row(id="b"), row(id="c")])
    after = state_of([row(id="d"), row(id="b", montant=7), row(id="a"), row(id="a")])
    difference = compare(before, after)
    assert [uid[-1] for uid in difference.new] == ["d"]
    assert [uid[-1] for uid in difference.changed] == ["b"]
    assert [uid[-1] for uid in difference.gone] == ["c"]
    assert compare(after, json.loads(json.dumps(after))).is_empty


def test_the_order_of_rows_and_of_keys_changes_nothing() -> None:
    one, two = row(id="a"), row(id="a", montant=5)
    assert state_of([one, two]) == state_of([two, dict(reversed(one.items()))])

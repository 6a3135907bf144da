"""The compliance sheet: found, missing or unknown, each with what it rests on."""

from __future__ import annotations

from datetime import date

import pytest

from contrechamp.cases.domain.compliance import CHECKS, DUTIES, Found, sheet
from contrechamp.cases.domain.said import Said, What
from contrechamp.cases.domain.sources import sources
from contrechamp.foi.domain.catalogue import catalogue

TODAY = date(2026, 11, 29)
VIDEO = Said(what=What.TECHNOLOGY, codes=frozenset({"video_surveillance"}))
NONE: frozenset[str] = frozenset()


def state(duty: str, *facts: Said) -> Found:
    return {one.duty.code: one.found for one in sheet(facts, NONE, today=TODAY)}[duty]


def test_every_duty_has_its_check_its_texts_and_its_documents() -> None:
    assert {one.code for one in DUTIES} == set(CHECKS)
    for duty in DUTIES:
        assert set(duty.sources) <= set(sources().by_code)
        assert set(duty.proved_by) <= set(catalogue())


def test_without_facts_every_duty_is_unknown_and_none_is_missing() -> None:
    lines = sheet((), NONE, today=TODAY)
    assert [one.found for one in lines] == [Found.UNKNOWN] * len(DUTIES)
    assert all(one.evidence == () for one in lines)


def test_only_duties_of_the_techniques_known_are_on_the_sheet() -> None:
    codes = {one.duty.code for one in sheet((), frozenset({"drones"}), today=TODAY)}
    assert "flight" in codes
    assert "renewal" not in codes
    assert "impact-assessment" in codes


@pytest.mark.parametrize(
    ("duty", "facts", "expected"),
    [
        ("authorisation", [Said(what=What.AUTHORISED)], Found.FOUND),
        ("authorisation", [Said(what=What.REFUSED)], Found.MISSING),
        ("renewal", [Said(what=What.AUTHORISED)], Found.UNKNOWN),
        ("renewal", [Said(what=What.AUTHORISED, first=date(2025, 1, 1))], Found.FOUND),
        ("renewal", [Said(what=What.AUTHORISED, first=date(2020, 1, 1))], Found.MISSING),
        ("retention", [Said(what=What.RETENTION, number=30), VIDEO], Found.FOUND),
        ("retention", [Said(what=What.RETENTION, number=90), VIDEO], Found.MISSING),
        ("retention", [Said(what=What.RETENTION, number=90)], Found.FOUND),
        ("flight", [Said(what=What.DRONE_ORDER)], Found.FOUND),
        (
            "flight",
            [Said(what=What.DRONE_ORDER, first=date(2024, 1, 1), last=date(2024, 12, 31))],
            Found.MISSING,
        ),
        (
            "impact-assessment",
            [Said(what=What.IMPACT_ASSESSMENT, codes=frozenset({"none"}))],
            Found.MISSING,
        ),
        ("legal-basis", [Said(what=What.LEGAL_BASIS, codes=frozenset({"law"}))], Found.FOUND),
        ("regulator", [Said(what=What.REGULATOR)], Found.FOUND),
        ("information", [Said(what=What.NOT_TOLD)], Found.MISSING),
        ("publication", [Said(what=What.PUBLISHED)], Found.FOUND),
    ],
)
def test_a_duty_is_found_or_missing_as_facts_say(
    duty: str, facts: list[Said], expected: Found
) -> None:
    assert state(duty, *facts) is expected


def test_a_renewal_tells_until_when_and_by_which_act() -> None:
    act = Said(what=What.AUTHORISED, first=date(2025, 1, 31), ref="clm-0000000001")
    line = next(one for one in sheet([act], NONE, today=TODAY) if one.duty.code == "renewal")
    assert line.day == date(2030, 1, 31)
    assert line.evidence == (act,)
    assert "{day}" in line.note

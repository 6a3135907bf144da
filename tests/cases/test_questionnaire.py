"""What facts answer, what people say, and the grounds that it opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.cases.domain.authorisation import expiry
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.questionnaire import (
    RULES,
    Answer,
    Origin,
    Standing,
    answers,
    asked,
    from_facts,
    looks,
    over_a_month,
)
from contrechamp.cases.domain.said import Said, What

TODAY = date(2026, 11, 29)
CAMERAS = Said(what=What.TECHNOLOGY, codes=frozenset({"video_surveillance"}))
ALGORITHMS = Said(what=What.TECHNOLOGY, codes=frozenset({"video_analytics"}))


def said(what: What, *codes: str, **more: object) -> Said:
    return Said(what=what, codes=frozenset(codes), **more)  # type: ignore[arg-type]


def value(code: str, *facts: Said) -> str:
    return from_facts(code, facts, today=TODAY).value


def standings(
    told: Mapping[str, str], *facts: Said, families: frozenset[str] = frozenset()
) -> dict[str, Standing]:
    given_ = answers(library(), facts, told, today=TODAY)
    return {one.ground.code: one.standing for one in looks(library(), given_, families)}


def test_without_facts_nothing_is_answered_and_every_ground_is_unknown() -> None:
    given_ = answers(library(), (), {}, today=TODAY)
    assert {one.value for one in given_.values()} == {""}
    assert set(standings({}).values()) == {Standing.UNKNOWN}


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("texte", [said(What.LEGAL_BASIS, "decree")], "yes"),
        ("texte", [said(What.LEGAL_BASIS, "contract_only")], "no"),
        ("texte", [said(What.LEGAL_BASIS, "deliberation")], ""),
        ("texte", [said(What.LEGAL_BASIS, "none_found", "deliberation")], ""),
        ("publication", [said(What.PUBLISHED)], "yes"),
        ("publication", [said(What.HIDDEN)], "no"),
        ("publication", [said(What.HIDDEN), said(What.PUBLISHED)], ""),
        ("but", [said(What.PURPOSE, "traffic")], "yes"),
        ("but-hors-liste", [said(What.PURPOSE, "traffic")], "no"),
        ("but-hors-liste", [said(What.PURPOSE, "traffic", "statistics")], "yes"),
        ("but-hors-liste", [said(What.PURPOSE, "crowd")], ""),
        ("aipd", [said(What.IMPACT_ASSESSMENT, "published")], "yes"),
        ("aipd", [said(What.IMPACT_ASSESSMENT, "none")], "no"),
        ("aipd", [said(What.IMPACT_ASSESSMENT, "refused")], ""),
        (
            "aipd",
            [said(What.IMPACT_ASSESSMENT, "none"), said(What.IMPACT_ASSESSMENT, "exists")],
            "",
        ),
        ("information", [said(What.TOLD)], "yes"),
        ("information", [said(What.NOT_TOLD)], "no"),
        ("logements", [said(What.HOMES)], "yes"),
        ("duree", [said(What.RETENTION, number=15)], "yes"),
        ("plus-d-un-mois", [said(What.RETENTION)], ""),
        ("plus-d-un-mois", [said(What.RETENTION, number=15)], "no"),
        (
            "plus-d-un-mois",
            [said(What.RETENTION, number=15), said(What.RETENTION, number=60)],
            "yes",
        ),
        ("autorisation", [said(What.AUTHORISED)], "yes"),
        ("autorisation", [said(What.REFUSED)], "no"),
        ("autorisation", [said(What.REFUSED), said(What.AUTHORISED)], "yes"),
        ("en-cours", [said(What.AUTHORISED)], ""),
        ("en-cours", [said(What.AUTHORISED, first=date(2021, 11, 29))], "yes"),
        ("en-cours", [said(What.AUTHORISED, first=date(2021, 11, 28))], "no"),
        ("en-cours", [said(What.AUTHORISED, last=date(2026, 12, 31))], "yes"),
        ("en-cours", [said(What.AUTHORISED, first=date(2025, 1, 1), last=date(2026, 1, 1))], "no"),
        ("algorithmes", [ALGORITHMS], "yes"),
        ("algorithmes", [CAMERAS], ""),
        ("experience", [said(What.IN_USE, first=date(2020, 1, 1))], ""),
        ("experience", [ALGORITHMS, said(What.IN_USE, first=date(2020, 1, 1))], "no"),
        ("experience", [ALGORITHMS, said(What.IN_USE, first=date(2024, 1, 1))], ""),
        ("experience", [ALGORITHMS, said(What.EXPERIMENT, first=date(2024, 4, 20))], "yes"),
        ("experience", [ALGORITHMS, said(What.EXPERIMENT)], ""),
        ("vol-autorise", [said(What.DRONE_ORDER)], "yes"),
        (
            "vol-plus-de-trois-mois",
            [said(What.DRONE_ORDER, first=date(2024, 1, 1), last=date(2024, 3, 31))],
            "no",
        ),
        (
            "vol-plus-de-trois-mois",
            [said(What.DRONE_ORDER, first=date(2024, 1, 1), last=date(2024, 4, 1))],
            "yes",
        ),
        ("vol-plus-de-trois-mois", [said(What.DRONE_ORDER, first=date(2024, 1, 1))], ""),
        ("fichier", [said(What.STATE_FILE)], "yes"),
        ("acte-cnil", [said(What.FOUNDING_ACT)], ""),
        ("acte-cnil", [said(What.FOUNDING_ACT), said(What.REGULATOR)], "yes"),
        ("besoin", [CAMERAS], ""),
    ],
)
def test_facts_answer_where_they_do(code: str, facts: list[Said], expected: str) -> None:
    assert value(code, *facts) == expected


def test_a_fact_that_a_source_contradicts_answers_nothing() -> None:
    assert value("aipd", said(What.IMPACT_ASSESSMENT, "none", is_contradicted=True)) == ""


def test_every_question_that_facts_answer_is_one_of_the_library() -> None:
    assert set(RULES) <= set(library().questions)


def test_thirty_days_is_a_note_and_no_breach() -> None:
    answer = from_facts("plus-d-un-mois", [said(What.RETENTION, number=30)], today=TODAY)
    assert (answer.value, answer.note_days) == ("no", 30)
    assert answer.note
    longer = from_facts("plus-d-un-mois", [said(What.RETENTION, number=31)], today=TODAY)
    assert longer.value == ""
    assert longer.note
    assert not from_facts("plus-d-un-mois", [said(What.RETENTION, number=28)], today=TODAY).note


@given(st.integers(0, 400))
def test_only_more_days_than_any_month_has_are_over_a_month(days: int) -> None:
    assert (over_a_month(days) == "yes") == (days > 31)
    assert (over_a_month(days) == "no") == (days < 31)


def test_an_authorisation_is_counted_by_the_clock_of_the_law() -> None:
    assert expiry(date(2024, 2, 29)) == date(2029, 2, 28)


def test_what_a_person_says_goes_before_facts_and_is_told_apart() -> None:
    facts = [said(What.IMPACT_ASSESSMENT, "none")]
    given_ = answers(library(), facts, {"aipd": "yes", "son": "no", "but": "bof"}, today=TODAY)
    assert given_["aipd"].value == "yes"
    assert given_["aipd"].is_disputed
    assert given_["aipd"].facts == tuple(facts)
    assert given_["son"].origin is Origin.PERSON
    assert not given_["son"].is_disputed
    assert given_["but"].value == ""
    assert not Answer().is_disputed


def test_a_fact_may_be_left_aside() -> None:
    facts = [said(What.IMPACT_ASSESSMENT, "none")]
    assert standings({}, *facts)["analyse-d-impact"] is Standing.OPEN
    assert standings({"aipd": ""}, *facts)["analyse-d-impact"] is Standing.UNKNOWN


def test_a_ground_opens_only_when_all_of_its_answers_are_there() -> None:
    assert standings({"biometrie": "yes"})["reglement-ia"] is Standing.UNKNOWN
    assert standings({"biometrie": "yes", "temps-reel": "yes"})["reglement-ia"] is Standing.OPEN
    assert standings({"biometrie": "yes", "temps-reel": "no"})["reglement-ia"] is Standing.CLOSED


def test_a_ground_on_other_techniques_is_set_aside_unless_an_answer_opens_it() -> None:
    cameras = frozenset({"video_surveillance"})
    found = standings({}, CAMERAS, families=cameras)
    assert found["drones-sans-arrete"] is Standing.ASIDE
    assert found["logements"] is Standing.UNKNOWN
    told = {"drone": "yes", "vol-autorise": "no"}
    assert standings(told, CAMERAS, families=cameras)["drones-sans-arrete"] is Standing.OPEN


def test_a_look_says_why_and_what_is_missing() -> None:
    given_ = answers(library(), (), {"algorithmes": "yes"}, today=TODAY)
    found = {one.ground.code: one for one in looks(library(), given_, frozenset())}
    assert found["video-algorithmique"].missing == ("experience",)
    given_ = answers(library(), (), {"algorithmes": "yes", "experience": "no"}, today=TODAY)
    first = looks(library(), given_, frozenset())[0]
    assert (first.ground.code, first.because) == (
        "video-algorithmique",
        ("algorithmes", "experience"),
    )


def test_only_questions_that_concern_a_project_are_asked() -> None:
    every = asked(library(), frozenset())
    assert len(every) == len(library().questions)
    codes = {one.code for one in asked(library(), frozenset({"audio_surveillance"}))}
    assert "son" in codes
    assert "logements" not in codes


@given(
    st.dictionaries(
        st.sampled_from(sorted(library().questions)), st.sampled_from(["yes", "no", ""])
    )
)
def test_no_answers_open_and_close_a_ground_together(told: dict[str, str]) -> None:
    given_ = answers(library(), (), told, today=TODAY)
    for ground in library().grounds.values():
        holds = [
            any(
                all(given_[code].value == value for code, value in one.items())
                for one in conditions
            )
            for conditions in (ground.opened_by, ground.closed_by)
        ]
        assert not all(holds)

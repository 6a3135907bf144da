"""Red flags: raised on a quoted passage, with the law of its day, and on nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import pytest

from contrechamp.cases.domain.flags import RULES, flag_kinds, flags
from contrechamp.cases.domain.said import Said, What

TODAY = date(2026, 11, 29)
QUOTE = "Les images sont gardées quarante-cinq jours."
VIDEO = Said(what=What.TECHNOLOGY, codes=frozenset({"video_surveillance"}))
SOFTWARE = Said(what=What.TECHNOLOGY, codes=frozenset({"video_analytics"}))


def said(what: What, *codes: str, quote: str = QUOTE, **more: object) -> Said:
    return Said(what=what, codes=frozenset(codes), quote=quote, **more)  # type: ignore[arg-type]


def raised(*facts: Said, today: date = TODAY) -> list[str]:
    return [one.kind.code for one in flags(facts, today=today)]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


CASES: list[tuple[str, list[Said]]] = [
    ("expired", [said(What.AUTHORISED, first=date(2021, 11, 28))]),
    (
        "none-found",
        [
            VIDEO,
            said(What.IN_USE, first=date(2024, 5, 1)),
            said(What.NOTHING_FOUND, first=date(2020, 1, 1), last=date(2025, 1, 1)),
        ],
    ),
    ("kept-too-long", [VIDEO, said(What.RETENTION, number=45)]),
    ("purpose", [VIDEO, said(What.PURPOSE, "statistics")]),
    ("not-told", [said(What.NOT_TOLD)]),
    ("homes", [said(What.HOMES)]),
    ("provisional", [said(What.PROVISIONAL, first=date(2024, 1, 1), last=date(2024, 5, 2))]),
    ("file-incomplete", [said(What.FILE_LACKS, "plan-masse")]),
    (
        "runs-refused",
        [
            said(What.APPLIED, first=date(2024, 1, 10)),
            said(What.IN_USE, first=date(2024, 5, 11)),
        ],
    ),
    ("no-assessment", [said(What.IMPACT_ASSESSMENT, "none")]),
    (
        "state-file",
        [said(What.STATE_FILE), said(What.NOTHING_FOUND, last=date(2026, 1, 1))],
    ),
    ("algorithmic", [SOFTWARE, said(What.IN_USE, first=date(2022, 9, 1))]),
    ("drone-order", [said(What.DRONE_ORDER, first=date(2024, 1, 1), last=date(2024, 4, 1))]),
    ("remote-biometric", [said(What.REMOTE_BIOMETRIC, first=date(2025, 6, 1))]),
]


@pytest.mark.parametrize(("code", "facts"), CASES, ids=[code for code, _ in CASES])
def test_a_flag_is_raised_on_what_it_is_about_alone(code: str, facts: list[Said]) -> None:
    (flag,) = flags(facts, today=TODAY)
    assert flag.kind.code == code
    assert all(one.quote for one in flag.quoted)
    assert flag.sources
    assert all(one.validity.holds_on(flag.day) for one in flag.sources)
    assert flag.kind.question.fr.endswith("?")


def test_every_rule_has_its_case() -> None:
    assert {code for code, _ in CASES} == set(RULES) == set(flag_kinds())


@pytest.mark.parametrize(("code", "facts"), CASES, ids=[code for code, _ in CASES])
def test_without_a_quoted_passage_there_is_no_flag(code: str, facts: list[Said]) -> None:
    bare = [Said(**{name: getattr(one, name) for name in FIELDS}) for one in facts]
    assert code not in raised(*bare)


FIELDS = ("what", "ref", "first", "last", "number", "codes")


@pytest.mark.parametrize(
    "facts",
    [
        # Still holds, renewed, or stopped.
        [said(What.AUTHORISED, first=date(2021, 11, 29))],
        [said(What.AUTHORISED, first=date(2015, 1, 1)), said(What.AUTHORISED, first=TODAY)],
        [said(What.AUTHORISED, first=date(2015, 1, 1)), said(What.STOPPED)],
        # Acts of other days were read, or the system is no camera, or an act is known.
        [
            VIDEO,
            said(What.IN_USE, first=date(2024, 5, 1)),
            said(What.NOTHING_FOUND, first=date(2025, 1, 1), last=date(2026, 1, 1)),
        ],
        [
            said(What.IN_USE, first=date(2024, 5, 1)),
            said(What.NOTHING_FOUND, first=date(2020, 1, 1), last=date(2026, 1, 1)),
        ],
        # Thirty days, a month at the longest, another technique, no number.
        [VIDEO, said(What.RETENTION, number=30)],
        [VIDEO, said(What.RETENTION, number=31)],
        [VIDEO, said(What.RETENTION)],
        [said(What.RETENTION, number=365)],
        [VIDEO, said(What.PURPOSE, "traffic")],
        [said(What.PROVISIONAL, first=date(2024, 1, 1), last=date(2024, 5, 1))],
        [said(What.PROVISIONAL, first=date(2024, 1, 1))],
        # Within four months, without days, or authorised since.
        [
            said(What.APPLIED, first=date(2024, 1, 10)),
            said(What.IN_USE, first=date(2024, 5, 10)),
        ],
        [said(What.APPLIED), said(What.IN_USE, first=date(2024, 5, 10))],
        [
            said(What.APPLIED, first=date(2024, 1, 10)),
            said(What.IN_USE, first=date(2024, 9, 10)),
            said(What.AUTHORISED, first=date(2024, 8, 1)),
        ],
        [said(What.IMPACT_ASSESSMENT, "refused")],
        [said(What.IMPACT_ASSESSMENT, "none"), said(What.IMPACT_ASSESSMENT, "exists")],
        [said(What.STATE_FILE)],
        [said(What.STATE_FILE), said(What.NOTHING_FOUND), said(What.FOUNDING_ACT)],
        # In the experiment, without a day, or without software.
        [SOFTWARE, said(What.EXPERIMENT, first=date(2024, 4, 20), last=date(2025, 3, 31))],
        [SOFTWARE, said(What.IN_USE)],
        [VIDEO, said(What.IN_USE, first=date(2022, 1, 1))],
        [said(What.DRONE_ORDER, first=date(2024, 1, 1), last=date(2024, 3, 31), number=7)],
        # What the text did not forbid yet on the day of the facts.
        [said(What.REMOTE_BIOMETRIC, first=date(2025, 2, 1))],
        [said(What.IMPACT_ASSESSMENT, "none", first=date(2017, 1, 1))],
        # What another source contradicts.
        [VIDEO, said(What.RETENTION, number=90, is_contradicted=True)],
    ],
)
def test_nothing_is_asked_where_the_facts_do_not_call_for_it(facts: list[Said]) -> None:
    assert raised(*facts) == []


def test_drones_that_listen_recognise_or_keep_are_asked_about() -> None:
    when = date(2024, 1, 1)
    assert raised(said(What.DRONE_SOUND, first=when)) == ["drone-order"]
    assert raised(said(What.DRONE_FACES, first=when)) == ["drone-order"]
    assert raised(said(What.DRONE_ORDER, first=when, number=8)) == ["drone-order"]


def test_the_day_of_the_facts_is_told_and_not_today() -> None:
    (flag,) = flags([VIDEO, said(What.RETENTION, number=45, first=date(2019, 3, 1))], today=TODAY)
    assert flag.day == date(2019, 3, 1)


def test_a_running_order_past_the_experiment_is_asked_about() -> None:
    order = said(What.EXPERIMENT, first=date(2025, 3, 20), last=date(2025, 4, 2))
    (flag,) = flags([SOFTWARE, order], today=TODAY)
    assert flag.day == date(2025, 4, 2)
    assert "vsa-2023" not in {one.code for one in flag.sources}


# The facts of the starter census


def rows(name: str) -> Iterator[dict[str, str]]:
    text = files("contrechamp").joinpath("starter", name).read_text("utf-8")
    return csv.DictReader(text.splitlines())


ACTS = {"authorising_act": What.AUTHORISED, "refusing_act": What.REFUSED}


def system(row: dict[str, str]) -> list[Said]:
    """Read a system of the Var as the census would, quoting our survey of it."""
    quote = row["survey_quote"] or row["act"]
    signed = day(row["signed"])
    facts = [VIDEO]
    if what := ACTS.get(row["decision_property"]):
        facts.append(said(what, first=signed, quote=quote))
    if row["days"]:
        facts.append(said(What.RETENTION, number=int(row["days"]), first=signed, quote=quote))
    return facts


def test_no_system_of_the_starter_is_flagged_while_its_authorisation_holds() -> None:
    systems = [system(row) for row in rows("var_systems.csv")]
    assert len(systems) > 40
    assert [raised(*facts) for facts in systems if raised(*facts)] == []


def test_each_authorisation_of_the_starter_is_asked_about_after_five_years_and_no_refusal() -> None:
    late, asked = date(2031, 1, 1), 0
    for row in rows("var_systems.csv"):
        is_dated = row["decision_property"] == "authorising_act" and row["signed"] != ""
        assert raised(*system(row), today=late) == (["expired"] if is_dated else [])
        asked += is_dated
    assert asked > 20


def test_the_orders_of_the_paris_police_are_read_by_the_law_of_their_day() -> None:
    flights = [
        said(What.DRONE_ORDER, first=day(row["from"]), last=day(row["to"]))
        for row in rows("paris_aircraft.csv")
    ]
    long = [one for one in flights if raised(one)]
    assert len(flights) > 100
    assert all(one.first and one.last and (one.last - one.first).days > 88 for one in long)
    orders = [
        said(What.EXPERIMENT, first=day(row["from"]) or day(row["published"]))
        for row in rows("paris_algorithmic.csv")
    ]
    assert len(orders) > 40
    assert raised(SOFTWARE, *orders) == []

"""Exhibits: numbers without a gap and frozen at filing, names that a court's platform takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.cases.domain.exhibits import (
    LONGEST,
    NAME,
    BadNumbers,
    Exhibit,
    Group,
    Role,
    UnknownExhibit,
    bookmark,
    cited_keys,
    file_name,
    filled,
    freeze,
    numbered,
    part_letters,
)
from contrechamp.cases.domain.filing import (
    Argument,
    NotFit,
    Screened,
    Window,
    check_fit,
    findings,
)
from contrechamp.kernel.errors import Refused

TODAY = date(2026, 1, 15)


def exhibit(number: int, **fields: object) -> Exhibit:
    given: dict[str, object] = {
        "key": f"exh-{number:010}",
        "label": f"Pièce {number}",
        "position": number,
        "role": Role.ATTACKED if number == 1 else Role.OTHER,
        "group": Group.DECISION if number == 1 else Group.FACTS,
    }
    return Exhibit(**(given | fields))  # type: ignore[arg-type]


# Numbers


@given(st.permutations(range(1, 9)), st.lists(st.sampled_from(list(Group)), min_size=8, max_size=8))
def test_numbers_follow_each_other_whatever_the_order_of_adding(
    order: list[int], groups: list[Group]
) -> None:
    rows = [exhibit(at, group=groups[at - 1]) for at in order]
    found = numbered(rows, filed={})
    assert [each.number for each in found] == list(range(1, 9))
    assert [list(Group).index(each.group) for each in found] == sorted(
        list(Group).index(each.group) for each in found
    )


@given(st.integers(0, 8), st.integers(-5, 12))
def test_after_filing_a_number_never_changes(filed: int, position: int) -> None:
    rows = [exhibit(at) for at in range(1, 9)]
    kept = freeze(numbered(rows[:filed], filed={}))
    late = exhibit(99, group=Group.DECISION, position=position)
    found = {each.key: each.number for each in numbered([late, *rows], filed=kept)}
    assert {key: found[key] for key in kept} == kept
    assert sorted(found.values()) == list(range(1, 10))
    assert found[late.key] > filed


def test_inserting_before_filing_renumbers_text_names_and_bookmarks_together() -> None:
    first, second = exhibit(1), exhibit(3, label="Délibération")
    text = f"Voir [[{second.key}, p. 3]] et [[{first.key}]]."
    before = numbered([first, second], filed={})
    after = numbered([first, exhibit(2, label="Contrat"), second], filed={})
    assert filled(text, before) == "Voir pièce n°\u00a02, p. 3 et pièce n°\u00a01."
    assert filled(text, after) == "Voir pièce n°\u00a03, p. 3 et pièce n°\u00a01."
    last = after[-1]
    assert file_name(last.number, last.label, count=3) == "03_Deliberation.pdf"
    assert bookmark(last) == "PJ3_Deliberation"


def test_a_filed_exhibit_that_is_gone_is_missed() -> None:
    rows = [exhibit(at) for at in (1, 2, 3)]
    kept = freeze(numbered(rows, filed={}))
    with pytest.raises(BadNumbers):
        numbered([rows[0], rows[2]], filed=kept)


def test_a_text_that_cites_a_stranger_is_refused_by_name() -> None:
    with pytest.raises(UnknownExhibit, match="exh-9999999999"):
        filled("[[exh-9999999999]]", numbered([exhibit(1)], filed={}))
    assert cited_keys("[[exh-0000000001]] [[exh-0000000001, p. 2]] [[autre]]") == (
        "exh-0000000001",
    )


# Names


@given(st.integers(1, 999), st.text(max_size=200), st.integers(1, 999), st.sampled_from(["", "b"]))
def test_every_name_is_one_that_the_platform_takes(
    number: int, label: str, count: int, part: str
) -> None:
    name = file_name(number, label, count=max(count, number), part=part)
    assert NAME.fullmatch(name)
    assert len(name) <= LONGEST
    assert name.count(".") == 1


@pytest.mark.parametrize(
    ("number", "label", "count", "name"),
    [
        (1, "Décision attaquée", 12, "01_Decision_attaquee.pdf"),
        (2, "Demande du 15 janvier 2026", 12, "02_Demande_du_15_janvier_2026.pdf"),
        (7, "Œuvre n° 3 — l'été", 120, "007_OEuvre_n_3_l_ete.pdf"),
        (7, "…", 12, "07_Piece.pdf"),
        (7, "../../etc/passwd", 12, "07_etc_passwd.pdf"),
    ],
)
def test_a_name_says_what_the_inventory_says(
    number: int, label: str, count: int, name: str
) -> None:
    assert file_name(number, label, count=count) == name


def test_a_long_label_is_cut_between_words() -> None:
    name = file_name(3, "Convention " * 20, count=9)
    assert name.endswith("_Convention.pdf")
    assert len(name) <= LONGEST


def test_parts_have_letters_and_26_are_the_most() -> None:
    assert part_letters(1) == ("",)
    assert part_letters(3) == ("a", "b", "c")
    with pytest.raises(Refused):
        part_letters(27)


# What forbids to export

ROWS = numbered([exhibit(1), exhibit(2)], filed={})
GOOD = [Screened(key=each.key) for each in ROWS]
MEANS = [Argument(title="L'étude manque", text=f"Selon [[{ROWS[1].key}]].")]
OPEN = Window(act_by_safe=date(2026, 2, 1))


def codes(**changed: object) -> dict[str, bool]:
    given: dict[str, object] = {
        "exhibits": ROWS,
        "arguments": MEANS,
        "screened": GOOD,
        "window": OPEN,
    }
    asked = given | changed
    found = findings(
        asked["exhibits"],  # type: ignore[arg-type]
        asked["arguments"],  # type: ignore[arg-type]
        asked["screened"],  # type: ignore[arg-type]
        window=asked["window"],  # type: ignore[arg-type]
        today=TODAY,
    )
    return {each.code: each.forbids for each in found}


def test_a_whole_bundle_has_nothing_against_it() -> None:
    assert codes() == {}


@pytest.mark.parametrize(
    ("changed", "code", "forbids"),
    [
        ({"exhibits": ()}, "no_exhibit", True),
        ({"exhibits": (ROWS[0], replace(ROWS[1], number=3))}, "missing_number", True),
        ({"exhibits": (replace(ROWS[0], role=Role.OTHER), ROWS[1])}, "first_exhibit", True),
        ({"exhibits": (ROWS[0], replace(ROWS[1], label=" "))}, "no_label", True),
        ({"arguments": [Argument(title="Seul", text="Rien.")]}, "cites_nothing", True),
        ({"arguments": [Argument(title="Seul", text="", is_proved=False)]}, "to_be_proved", True),
        ({"arguments": [Argument(title="a", text="[[exh-9999999999]]")]}, "unknown_exhibit", True),
        ({"arguments": []}, "cited_nowhere", False),
        ({"screened": GOOD[:1]}, "not_checked", True),
        ({"screened": [GOOD[0], replace(GOOD[1], hidden_text="leak")]}, "hidden_text", True),
        ({"screened": [GOOD[0], replace(GOOD[1], hidden_text="bad")]}, "hidden_text", True),
        ({"screened": [GOOD[0], replace(GOOD[1], hidden_text="suspect")]}, "suspect_text", False),
        ({"screened": [GOOD[0], replace(GOOD[1], metadata=("Author",))]}, "metadata", True),
        ({"screened": [GOOD[0], replace(GOOD[1], is_sealed=True)]}, "sealed", True),
        ({"screened": [GOOD[0], replace(GOOD[1], is_from_source=True)]}, "from_source", True),
        ({"window": Window(act_by_safe=date(2026, 1, 14))}, "window_closed", True),
        (
            {"window": Window(act_by_safe=date(2026, 1, 14), override="Avis reçu tard.")},
            "window_closed",
            False,
        ),
    ],
)
def test_what_a_court_would_send_back_is_not_exported(
    changed: dict[str, object], code: str, forbids: bool
) -> None:
    assert codes(**changed)[code] is forbids


def test_the_last_safe_day_and_a_confirmed_source_forbid_nothing() -> None:
    assert codes(window=Window(act_by_safe=TODAY)) == {}
    assert codes(window=Window()) == {}
    told = replace(GOOD[1], is_from_source=True, is_confirmed=True)
    assert codes(screened=[GOOD[0], told]) == {}


def test_the_first_finding_that_forbids_is_said() -> None:
    found = findings(ROWS, MEANS, GOOD, window=Window(act_by_safe=date(2026, 1, 1)), today=TODAY)
    with pytest.raises(NotFit, match="2026-01-01"):
        check_fit(found)

"""Series: when five like requests are one, whom a referral covers, by when, and its papers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foi.domain.series import (
    Asked,
    effective,
    gather,
    like,
    like_bodies,
    makes_series,
    object_key,
)
from contrechamp.foi.domain.series_papers import COLUMNS, notice

from .facts import PERSON, annex_of, exchange, member, series

ON = date(2026, 4, 20)


def asked(body: str, **fields: str) -> Asked:
    """Return a request to a body."""
    return Asked(
        **{"request": f"req-{body}", "requester": "noor", "object_key": "aipd", **fields}, body=body
    )


def test_the_fifth_body_makes_a_series() -> None:
    others = [asked("a"), asked("b"), asked("c"), asked("a"), asked("x", requester="amina")]
    assert like_bodies(asked("d"), others) == 4
    assert not makes_series(asked("d"), others, ON)
    assert makes_series(asked("d"), [*others, asked("e")], ON)
    assert not makes_series(asked("d"), [*others, asked("e")], date(2022, 10, 20))
    assert makes_series(asked("d"), [*others, asked("e")], date(2022, 10, 21))


def test_the_same_body_twice_or_another_object_is_not_like() -> None:
    assert not like(asked("a"), asked("a", request="other"))
    assert not like(asked("a"), asked("b", object_key="contrat"))
    assert like(asked("a"), asked("b"))


def test_an_object_is_the_same_in_any_order_and_spelling() -> None:
    items = ["Le contrat, depuis 2022.", "L’AIPD", ""]
    assert {object_key(each) for each in permutations(items)} == {
        object_key(["l'aipd", "LE CONTRAT depuis 2022"])
    }
    assert object_key(["le contrat"]) != object_key(["la convention"])


def test_a_whole_series_must_be_referred_by_its_earliest_member() -> None:
    found = series(6)
    assert found.is_series
    assert found.has_proof
    assert found.act_by_safe == date(2026, 5, 19)
    assert found.left_out == ()


def test_a_series_without_dates_has_no_last_day() -> None:
    found = gather([member(1, act_by_safe=None, proof="")], ON)
    assert found.act_by_safe is None
    assert not found.has_proof
    assert not found.is_series


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("unidentified", {"number": ""}),
        ("unidentified", {"number": "123456789"}),
        ("unreachable", {"email": "", "postal": " \n"}),
        ("not_refused", {"refused_on": None, "silent_from": None}),
        ("not_refused", {"refused_on": None, "silent_from": date(2026, 4, 21)}),
        ("too_late", {"act_by_safe": date(2026, 4, 19)}),
    ],
)
def test_who_cannot_be_a_member_is_left_out_with_the_reason(
    code: str, fields: dict[str, object]
) -> None:
    found = gather([member(0), member(2, **fields)], ON)
    assert [each.request for each in found.members] == ["req-0"]
    (left,) = found.left_out
    assert (left.code, left.member.request) == (code, "req-2")
    assert left.sentence.endswith(".")


def test_a_postal_address_will_do() -> None:
    by_post = member(0, email="", postal="1 place de la République\n99999 Essai")
    assert by_post.reached_at == "1 place de la République, 99999 Essai"
    assert gather([by_post], ON).members


def test_a_body_that_was_not_informed_is_excluded_and_shown() -> None:
    found = gather([member(0), member(1, informed_on=None), member(2, proof_of_notice="")], ON)
    counts = effective(found)
    assert [each.request for each in counts.members] == ["req-0"]
    assert [each.code for each in counts.left_out] == ["not_informed"] * 2


def test_who_is_not_on_the_receipt_is_referred_apart() -> None:
    counts = effective(series(5), ["req-0", "req-1", "unknown"])
    assert [each.request for each in counts.members] == ["req-0", "req-1"]
    assert {each.code for each in counts.left_out} == {"not_accepted"}


DAYS = st.none() | st.integers(-40, 40).map(lambda days: ON + timedelta(days=days))


@given(st.lists(st.tuples(DAYS, DAYS, DAYS, st.booleans()), max_size=9))
def test_each_member_is_inside_or_outside_once(
    rows: list[tuple[date | None, date | None, date | None, bool]],
) -> None:
    members = [
        member(at, refused_on=refused, silent_from=silent, act_by_safe=act, number=n * "217500016")
        for at, (refused, silent, act, n) in enumerate(rows)
    ]
    found = effective(gather(members, ON), [each.request for each in members[::2]])
    inside = [each.request for each in found.members]
    outside = [each.member.request for each in found.left_out]
    assert sorted(inside + outside) == sorted(each.request for each in members)
    assert all(each.is_refused(ON) for each in found.members)
    if found.act_by_safe:
        assert found.act_by_safe >= ON


def test_the_annex_has_the_columns_of_the_article() -> None:
    found = annex_of(series())
    assert found.columns == COLUMNS
    assert found.rows[0] == (
        "Commune de Villeneuve-0",
        "217500016",
        "mairie@villeneuve0.example",
        "1er\u00a0mars\u00a02026",
        "implicite",
        "refus-0.pdf",
        "21\u00a0avril\u00a02026",
        "avis-0.eml",
    )
    assert found.cells[1][3:5] == ("2026-03-01", "2026-03-20")
    assert not found.is_draft


def test_the_annex_is_a_draft_until_all_is_proved() -> None:
    assert annex_of(series(4)).is_draft
    notices = [member(at, informed_on=None if at == 3 else ON) for at in range(5)]
    assert annex_of(gather(notices, ON)).is_draft
    none = annex_of(gather([member(0, informed_on=None, silent_from=None, refused_on=ON)], ON))
    assert none.rows[0][6] == ""
    unproved = [member(at, proof="") for at in range(5)]
    assert annex_of(gather(unproved, ON)).is_draft


def test_a_notice_tells_the_body_what_the_referral_does() -> None:
    told = notice(exchange(), member(1), pilot="Commune de Villeneuve-0", bodies=5).text
    assert "Vous l’avez refusée par une décision notifiée le 20\u00a0mars\u00a02026." in told
    assert "nous vous informons" in told
    assert "Commune de Villeneuve-0" in told
    assert "R.\u00a0343-3-1" in told
    assert "saisine du 20\u00a0avril\u00a02026" in told


def test_a_notice_by_a_person_of_a_silent_refusal() -> None:
    told = notice(
        exchange(requester=PERSON), member(0), pilot="X", bodies=5, filed_on=date(2026, 4, 1)
    ).text
    assert "je vous informe" in told
    assert "Le silence gardé pendant un mois a fait naître un refus." in told
    assert "saisine du 1er\u00a0avril\u00a02026" in told

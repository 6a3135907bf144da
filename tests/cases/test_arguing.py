"""Arguments cite exhibits: what cites none, what is cited nowhere, what is still to be proved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.cases import services
from contrechamp.cases.domain.arguing import Cite, Resting, arguments, check_cited, cited
from contrechamp.cases.domain.exhibits import Exhibit, Group, Role, numbered
from contrechamp.cases.domain.facts import Fact, Kind
from contrechamp.cases.domain.freezing import may_give_back
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.ordering import by_date, day_of, moved
from contrechamp.cases.models import Argument, Support
from contrechamp.cases.queries.arguing import means_of
from contrechamp.kernel.errors import Refused
from tests.documents import made
from tests.people import Person

from .actions import at, opened

KEYS = [f"exh-000000000{at}" for at in range(6)]


def test_every_text_that_cites_counts_and_each_key_once() -> None:
    assert cited(
        ["Voir [[exh-0000000001]] et [[exh-0000000002, p. 3]].", "[[exh-0000000001]]"]
    ) == {
        "exh-0000000001",
        "exh-0000000002",
    }
    assert cited([]) == set()


@given(
    st.lists(st.lists(st.sampled_from(KEYS), max_size=3), max_size=4),
    st.sets(st.sampled_from(KEYS)),
    st.sets(st.sampled_from(KEYS)),
)
def test_a_ground_without_exhibit_and_an_exhibit_without_citation_are_both_said(
    grounds: list[list[str]], there: set[str], in_text: set[str]
) -> None:
    resting = [
        Resting(title=f"Moyen {at}", cites=tuple(Cite(exhibit=key) for key in keys))
        for at, keys in enumerate(grounds)
    ]
    body = " ".join(f"[[{key}]]" for key in sorted(in_text))
    without, nowhere, strangers = check_cited([(key, key) for key in there], resting, [body])
    named = in_text | {key for keys in grounds for key in keys}
    assert without == [f"Moyen {at}" for at, keys in enumerate(grounds) if not there & set(keys)]
    assert set(nowhere) == there - named
    assert strangers == sorted(named - there)


def test_a_ground_is_proved_by_a_page_or_a_claim_and_not_by_a_bare_exhibit() -> None:
    bare, paged = Cite(exhibit=KEYS[0]), Cite(exhibit=KEYS[0], page=3)
    claimed = Cite(exhibit=KEYS[1], claim="clm-0000000001")
    found = arguments(
        [
            Resting(title="nu", cites=(bare,)),
            Resting(title="page", cites=(bare, paged)),
            Resting(title="fait", cites=(claimed,)),
            Resting(title="retiré", cites=(Cite(exhibit=KEYS[5], page=1),)),
        ],
        KEYS[:2],
    )
    assert [each.is_proved for each in found] == [False, True, True, True]
    assert [each.text for each in found] == [f"[[{KEYS[0]}]]"] * 2 + [f"[[{KEYS[1]}]]", ""]


# Order


def rows(*given_: tuple[str, Group, str]) -> tuple[Exhibit, ...]:
    every = [
        Exhibit(key=key, label=key, group=group, dated=dated, position=at)
        for at, (key, group, dated) in enumerate(given_)
    ]
    return numbered(every, filed={})


@given(st.permutations(KEYS), st.sampled_from(KEYS), st.sampled_from(["monter", "descendre"]))
def test_moving_up_and_down_again_changes_nothing(order: list[str], key: str, way: str) -> None:
    before = rows(*((each, Group.FACTS, "") for each in order))
    once = moved(before, key, way)
    back = "descendre" if way == "monter" else "monter"
    after = tuple(sorted(before, key=lambda each: once[each.key]))
    is_at_an_end = [each.key for each in after] == list(order)
    assert is_at_an_end == (order.index(key) == (0 if way == "monter" else len(order) - 1))
    if not is_at_an_end:
        twice = moved(after, key, back)
        assert sorted(twice, key=lambda each: twice[each]) == list(order)


def test_dates_set_the_order_and_what_is_attacked_stays_first() -> None:
    every = rows(
        ("exh-000000000a", Group.FACTS, "sans"),
        ("exh-000000000b", Group.FACTS, "3 mars 2021"),
        ("exh-000000000c", Group.FACTS, "1er janvier 2020"),
        ("exh-000000000d", Group.DECISION, "2019"),
    )
    attacked = Exhibit(
        key="exh-000000000e", label="x", group=Group.DECISION, role=Role.ATTACKED, dated="2025"
    )
    places = by_date([*every, attacked])
    assert (places["exh-000000000c"], places["exh-000000000b"], places["exh-000000000a"]) == (
        0,
        1,
        2,
    )
    assert (places["exh-000000000e"], places["exh-000000000d"]) == (0, 1)
    assert day_of("n'importe quoi") is None


def test_numbers_are_given_back_only_when_nothing_left_with_them() -> None:
    frozen = {KEYS[0]: 1, KEYS[1]: 2}
    day = at("03-02").date()
    filed = [Fact(id="fct-1", kind=Kind.CLAIM_FILED, first=day, last=day)]
    assert may_give_back([], frozen, [])
    assert may_give_back([], frozen, [{KEYS[0]: 2, KEYS[1]: 1}])
    assert not may_give_back([], frozen, [{KEYS[0]: 1}])
    assert not may_give_back(filed, frozen, [])


# Pages


@pytest.mark.django_db
def test_a_ground_is_chosen_and_rests_on_a_page_of_an_exhibit() -> None:
    action = opened()
    person, code = Person(action.author), next(iter(library().grounds))
    row = services.add_exhibit(
        action,
        sha256=made.key(made.document(by=action.author)),
        told=services.Told(label="Délibération"),
        actor=action.author,
        now=at("01-21"),
    )
    door = f"/actions/{action.pk}/moyens"
    person.sends(door, moyen=code)
    person.sends(door, moyen=code)
    argument = Argument.objects.get()
    assert "sans pièce" in person.opens(door).text
    assert [each.text for each in means_of(action)] == [""]
    person.sends(f"{door}/{argument.pk}", place=row.pk)
    assert "à prouver" in person.opens(door).text
    person.sends(f"{door}/{argument.pk}", place=row.pk, page="2")
    assert "prouvé par une pièce" in person.opens(door).text
    for each in Support.objects.all():
        person.sends(f"{door}/{argument.pk}", enlever=str(each.pk))
    assert "sans pièce" in person.opens(door).text
    person.sends(f"{door}/{argument.pk}", retirer="1")
    assert "Aucun moyen" in person.opens(door).text


@pytest.mark.django_db
def test_an_unknown_ground_or_none_is_refused() -> None:
    action = opened()
    for given_ in ({"ground": "zorglub"}, {"title": " "}):
        with pytest.raises(Refused):
            services.add_argument(action, actor=action.author, now=at("01-21"), **given_)

"""Errands are handed, answered by two, and settled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.errands import queries, services
from contrechamp.errands.models import Errand, Turn
from contrechamp.kernel.errors import Refused
from contrechamp.watch import services as watch
from tests import make
from tests.watch import invented

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


@pytest.fixture
def acts(db: None) -> list[str]:
    """Two published acts."""
    rows = [
        invented.flight(n, technology="demonstration_ban", decision="ban", operator=None)
        for n in (1, 2)
    ]
    ids = [row["id"] for row in rows]
    watch.take_in(rows, now=NOW)
    watch.accept(ids, actor=make.user("auteure"), now=NOW)
    watch.publish(ids, reviewer=make.user("relectrice", Role.EDITOR), now=NOW)
    return ids


def handed(account: User, now: datetime = NOW) -> Turn:
    """Take an errand that must be there."""
    turn = services.hand(actor=account, now=now, kind="check_act")
    assert turn is not None
    return turn


def answered(account: User, choice: str, **more: Any) -> Errand:
    """Take one and answer it."""
    return services.answer(handed(account).pk, choice, actor=account, now=NOW, **more)


def test_two_people_do_an_errand_and_a_reviewer_settles_it(acts: list[str]) -> None:
    one, two, editor = make.user("une"), make.user("deux"), User.objects.get(username="relectrice")
    first = answered(one, "wrong", note="12 caméras, pas 11")
    assert first.state == "OPEN"
    second = answered(two, "wrong")
    assert (second.pk, second.state, second.choice) == (first.pk, "AGREED", "wrong")
    assert [row.errand.pk for row in queries.to_look_at()] == [first.pk]
    services.settle(first.pk, actor=editor, now=NOW, note="corrigé")
    assert queries.to_look_at() == []


def test_one_keeps_an_errand_until_it_is_answered_or_left(acts: list[str]) -> None:
    one = make.user("une")
    turn = handed(one)
    assert handed(one) == turn
    services.leave(turn.pk, actor=one, now=NOW)
    assert handed(one).errand_id != turn.errand_id


def test_what_somebody_holds_nobody_else_gets_until_the_time_is_over(acts: list[str]) -> None:
    one, two = make.user("une"), make.user("deux")
    turn = handed(one)
    assert handed(two).errand_id != turn.errand_id
    later = NOW + timedelta(hours=1)
    assert {handed(two, later).errand_id} <= {turn.errand_id, handed(two, later).errand_id}


def test_an_answer_is_taken_back_until_it_is_settled(acts: list[str]) -> None:
    one, two = make.user("une"), make.user("deux")
    turn = handed(one)
    services.answer(turn.pk, "right", actor=one, now=NOW)
    assert answered(two, "right").state == "AGREED"
    services.take_back(turn.pk, actor=one, now=NOW)
    errand = Errand.objects.get(pk=turn.errand_id)
    assert (errand.state, errand.choice) == ("OPEN", "")


def test_what_is_not_public_any_more_is_handed_to_nobody(acts: list[str]) -> None:
    one, editor = make.user("une"), User.objects.get(username="relectrice")
    turn = handed(one)
    gone = turn.errand.ref.removeprefix("watch:act:")
    watch.withdraw([gone], actor=editor, now=NOW, note="mal lue")
    assert handed(one).errand_id != turn.errand_id


@pytest.mark.parametrize("choice", ["", "peut-être", "found"])
def test_only_a_known_answer_is_taken(acts: list[str], choice: str) -> None:
    with pytest.raises(Refused, match="réponses"):
        answered(make.user("une"), choice)


def test_nobody_answers_for_somebody_else(acts: list[str]) -> None:
    turn = handed(make.user("une"))
    with pytest.raises(Refused, match="vôtre"):
        services.answer(turn.pk, "right", actor=make.user("deux"), now=NOW)


def test_a_contract_is_found_with_the_address_of_its_page(acts: list[str]) -> None:
    known = queries.known_choice("find_contract", "found")
    assert known is not None
    assert known.asks_value


def test_only_an_editor_settles_and_only_what_is_done(acts: list[str]) -> None:
    one = make.user("une")
    errand = answered(one, "right")
    with pytest.raises(Refused, match="éditeur"):
        services.settle(errand.pk, actor=one, now=NOW)
    with pytest.raises(Refused, match="finie"):
        services.settle(errand.pk, actor=User.objects.get(username="relectrice"), now=NOW)


def test_looking_for_errands_again_makes_none_twice(acts: list[str]) -> None:
    services.refill(NOW)
    count = Errand.objects.count()
    assert services.refill(NOW) == 0
    assert Errand.objects.count() == count

"""When two people agree, and who gets what next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.errands.domain import Answer, Candidate, State, choose, outcome

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
YES, NO, UNSURE = Answer("right"), Answer("wrong"), Answer("unsure")


def test_one_answer_decides_nothing() -> None:
    assert outcome([]).state is State.OPEN
    assert outcome([YES]).state is State.OPEN


def test_two_equal_answers_decide() -> None:
    assert outcome([YES, NO, YES]).answer == YES
    assert outcome([YES, UNSURE, YES]).state is State.AGREED


def test_two_against_two_wait_for_a_fifth() -> None:
    assert outcome([YES, NO, YES, NO]).state is State.OPEN
    assert outcome([YES, NO, YES, NO, UNSURE]).state is State.DISPUTED
    assert outcome([YES, NO, YES, NO, NO]).answer == NO


def test_who_cannot_tell_decides_nothing() -> None:
    assert outcome([UNSURE, UNSURE]).state is State.OPEN
    assert outcome([UNSURE] * 3).state is State.UNCLEAR


def test_addresses_are_the_same_but_for_their_ends() -> None:
    one, other = Answer("found", "https://a.fr/X/"), Answer("found", " https://a.fr/x")
    assert outcome([one, other]).answer == one
    assert outcome([one, Answer("found", "https://b.fr")]).state is State.OPEN


@given(st.lists(st.sampled_from([YES, NO, UNSURE]), max_size=7), st.randoms())
def test_the_order_of_answers_changes_nothing(answers: list[Answer], random: object) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(answers) == outcome(shuffled)


def candidate(key: int, **more: object) -> Candidate:
    """An open errand."""
    values: dict[str, object] = {
        "kind": "check_act",
        "answers": 0,
        "people": (),
        "held_until": None,
        "made_at": NOW,
        **more,
    }
    return Candidate(key=key, **values)  # type: ignore[arg-type]


def test_what_was_begun_comes_first_then_the_oldest() -> None:
    rows = [candidate(1), candidate(2, answers=1), candidate(3, made_at=NOW - timedelta(days=1))]
    assert choose(rows, 9, NOW) == rows[1]
    assert choose([rows[0], rows[2]], 9, NOW) == rows[2]


def test_nobody_gets_one_twice_nor_one_that_is_held() -> None:
    held = candidate(2, held_until=NOW + timedelta(minutes=5))
    assert choose([candidate(1, people=(9,)), held], 9, NOW) is None
    assert choose([held], 9, NOW + timedelta(minutes=6)) == held
    assert choose([candidate(1)], 9, NOW, kind="check_camera") is None

"""What rejections teach: visible words, and what they are worth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.watch.domain import lessons
from tests.watch import invented

SEWERS = frozenset({"inspection", "reseaux", "camera"})
STREETS = frozenset({"extension", "videoprotection", "camera"})


def test_few_verdicts_teach_nothing() -> None:
    learnt = lessons.learn([SEWERS] * 2, [STREETS] * 30)
    assert learnt.weights == {}
    assert learnt.doubt(SEWERS).probability == 0


def test_words_of_rejections_make_a_finding_doubtful_and_are_named() -> None:
    learnt = lessons.learn([SEWERS] * 10, [STREETS] * 30)
    doubt = learnt.doubt(SEWERS | {"marche"})
    assert doubt.is_strong
    assert set(doubt.words[:2]) == {"inspection", "reseaux"}
    assert not learnt.doubt(STREETS).is_strong


def test_what_lessons_are_worth_is_measured_on_findings_they_did_not_see() -> None:
    judged = {f"a{n}": (STREETS, True) for n in range(40)}
    judged |= {f"b{n}": (SEWERS, False) for n in range(20)}
    worth = lessons.effect(judged)
    assert worth.precision_before is not None
    assert round(worth.precision_before, 2) == 0.67
    assert worth.precision_after == 1.0
    assert worth.recall_after == 1.0
    assert worth.doubted == 20


def test_nothing_judged_has_no_worth() -> None:
    assert lessons.effect({}).precision_after is None


def test_names_of_towns_and_shops_teach_nothing() -> None:
    words = lessons.words_of(invented.shop())
    assert "tournebride" not in words
    assert "toulon" not in words
    assert "=video_protection" in words


SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=5), max_size=30)


@given(SETS, SETS, st.frozensets(st.sampled_from("abcdefgh")))
def test_a_doubt_is_a_probability(
    rejected: list[frozenset[str]], accepted: list[frozenset[str]], words: frozenset[str]
) -> None:
    assert 0 <= lessons.learn(rejected, accepted).doubt(words).probability <= 1

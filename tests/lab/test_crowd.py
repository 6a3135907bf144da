"""Faces in a crowd: the law of the best resemblance, and the walk that draws it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.lab import crowd

NPL = 1.6668055571e-08
RATES = st.floats(1e-12, 0.5)
LISTS = st.integers(1, 10**6)


def test_the_published_rate_over_ten_thousand_faces_is_one_in_six_thousand() -> None:
    assert crowd.false_alert_chance(NPL, 10_000) == pytest.approx(1 / 6000, abs=1e-9)
    assert 1 / crowd.false_alert_chance(NPL, 1000) == pytest.approx(59_995.5, abs=1)


@given(RATES, st.integers(1, 10**4), st.integers(1, 10**4))
def test_two_lists_miss_together_what_each_misses(fmr: float, one: int, other: int) -> None:
    spared = [1 - crowd.false_alert_chance(fmr, size) for size in (one, other, one + other)]
    assert spared[2] == pytest.approx(spared[0] * spared[1], abs=1e-12)


@given(RATES, LISTS)
def test_a_longer_list_never_alerts_less(fmr: float, size: int) -> None:
    short, long = crowd.false_alert_chance(fmr, size), crowd.false_alert_chance(fmr, size + 1)
    assert 0 < short <= long <= 1


@given(RATES, st.integers(1, 1000))
def test_a_small_chance_is_the_list_times_the_rate_at_most(fmr: float, size: int) -> None:
    chance = crowd.false_alert_chance(fmr, size)
    assert chance <= size * fmr * (1 + 1e-9)
    assert chance >= size * fmr * (1 - size * fmr) - 1e-15


@given(st.floats(1e-9, 0.999), LISTS)
def test_the_rate_between_two_faces_comes_back(chance: float, size: int) -> None:
    assert crowd.false_alert_chance(crowd.one_to_one(chance, size), size) == pytest.approx(chance)


def test_a_rate_of_one_always_alerts() -> None:
    assert crowd.false_alert_chance(1.0, 5) == 1
    assert crowd.one_to_one(1.0, 5) == 1


def test_the_walk_draws_the_law_of_the_best_of_a_matrix() -> None:
    rng = np.random.default_rng(2)
    best = 1 - rng.random((20_000, 30)).max(axis=1)
    ours = crowd.best_tails(20_000, 30, np.random.default_rng(3))
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(ours, share) == pytest.approx(np.quantile(best, share), rel=0.06)


def test_the_walk_meets_the_expected_number_of_false_alerts() -> None:
    alerts = crowd.count_false_alerts(1_000_000, 10_000, NPL, np.random.default_rng(0))
    assert alerts == pytest.approx(1_000_000 / 6000, abs=4 * (1_000_000 / 6000) ** 0.5)


def test_a_score_is_above_the_threshold_when_its_tail_is_below_the_rate() -> None:
    tails = np.array([1e-9, 1e-8, 1e-7])
    threshold = crowd.scores(np.array([NPL]))[0]
    assert ((crowd.scores(tails) > threshold) == (tails < NPL)).all()

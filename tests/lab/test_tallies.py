"""Bounds of shares and counts against SciPy's own, and what changes beside a control say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2
from scipy.stats import poisson as law

from contrechamp.lab import tallies

COUNTS = st.integers(1, 5000).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)
PLENTY = st.integers(1, 10**6)


@given(COUNTS)
def test_wilson_is_what_scipy_finds(counts: tuple[int, int]) -> None:
    hits, trials = counts
    ours = tallies.wilson(hits, trials)
    theirs = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(COUNTS)
def test_exact_is_what_scipy_finds(counts: tuple[int, int]) -> None:
    hits, trials = counts
    ours = tallies.exact(hits, trials)
    theirs = binomtest(hits, trials).proportion_ci(0.95, method="exact")
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(COUNTS)
def test_bounds_hold_the_share_and_stay_shares(counts: tuple[int, int]) -> None:
    hits, trials = counts
    for bound in (tallies.wilson, tallies.exact):
        found = bound(hits, trials)
        assert found is not None
        assert 0 <= found[0] <= hits / trials <= found[1] <= 1


@given(COUNTS)
def test_bounds_of_the_others_are_the_mirror(counts: tuple[int, int]) -> None:
    hits, trials = counts
    for bound in (tallies.wilson, tallies.exact):
        one, other = bound(hits, trials), bound(trials - hits, trials)
        assert one is not None
        assert other is not None
        assert one == pytest.approx((1 - other[1], 1 - other[0]), abs=1e-9)


def test_nobody_has_no_share() -> None:
    assert tallies.share(0, 0) is None
    assert tallies.wilson(0, 0) is None
    assert tallies.exact(0, 0) is None


@given(st.integers(0, 10**5))
def test_poisson_is_the_chi_square_form(count: int) -> None:
    low, high = tallies.poisson(count)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0)


def test_a_published_fall_may_be_chance() -> None:
    found = tallies.compare_changes((120, 84), (400, 380), 1.0)
    assert found.odds_ratio == pytest.approx(1.3571429, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.993224, 1.854401), abs=1e-5)
    assert found.detectable_fall == pytest.approx(0.359965, abs=1e-5)
    assert found.naive_change == pytest.approx(-0.3)


@given(PLENTY, PLENTY, PLENTY, PLENTY, st.floats(1, 20))
def test_swapping_before_and_after_inverts_the_odds(
    a: int, b: int, c: int, d: int, dispersion: float
) -> None:
    one = tallies.compare_changes((a, b), (c, d), dispersion)
    other = tallies.compare_changes((b, a), (d, c), dispersion)
    assert one.odds_ratio * other.odds_ratio == pytest.approx(1)
    assert one.low * other.high == pytest.approx(1)
    assert one.low < one.odds_ratio < one.high
    assert 0 < one.detectable_fall < 1


@given(PLENTY, PLENTY, PLENTY, PLENTY)
def test_more_dispersion_is_more_doubt(a: int, b: int, c: int, d: int) -> None:
    calm, wild = (tallies.compare_changes((a, b), (c, d), each) for each in (1.0, 4.0))
    assert math.log(wild.high / wild.low) == pytest.approx(2 * math.log(calm.high / calm.low))


def test_some_of_the_fall_moved_next_door() -> None:
    assert tallies.displacement((120, 84), (400, 380), (60, 66)) == pytest.approx(-0.3, abs=1e-9)
    assert tallies.displacement((100, 100), (50, 50), (60, 66)) is None


def test_the_worst_places_get_better_by_themselves() -> None:
    rng = np.random.default_rng(0)
    found = tallies.select_worst(sites=1000, mean=5, shape=2, chosen=0.1, runs=200, rng=rng)
    assert found is not None
    assert found.change == pytest.approx(-0.185, abs=0.01)
    assert found.theory == pytest.approx(found.change, abs=0.005)


def test_places_chosen_without_looking_do_not_change() -> None:
    rng = np.random.default_rng(1)
    found = tallies.select_worst(sites=2000, mean=5, shape=2, chosen=1.0, runs=200, rng=rng)
    assert found is not None
    assert abs(found.change) < 4 * found.error + 1e-3


def test_places_without_any_count_cannot_change() -> None:
    rng = np.random.default_rng(1)
    found = tallies.select_worst(sites=3, mean=1e-9, shape=1, chosen=1, runs=2, rng=rng)
    assert found is None


def test_an_annuity_without_interest_is_a_division() -> None:
    assert tallies.annuity(36_600, 10, 0.0) == 3660
    assert tallies.annuity(36_600, 10, 1e-9) == pytest.approx(3660, rel=1e-6)
    assert tallies.annuity(36_600, 10, 0.04) == pytest.approx(36_600 * 0.04 / (1 - 1.04**-10))


@given(st.floats(0, 10**6))
def test_likely_counts_are_the_quantiles_of_scipy(mean: float) -> None:
    low, high = tallies.likely_counts(mean)
    assert low <= mean + 1
    assert low == (law.ppf(0.025, mean) if mean > 0 else 0)
    assert high == (law.ppf(0.975, mean) if mean > 0 else 0)

"""Two districts: closed forms, negative controls, the law of the limit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from contrechamp.lab import runner
from contrechamp.lab.experiments import _urn

RATES = st.floats(0.01, 100)


@pytest.mark.parametrize(
    ("wd", "expected"), [(1, 1), (0.9, 0.7759), (0.8, 0.6826), (0.7, 0.6387), (0.6, 0.6143)]
)
def test_the_limit_is_the_stable_root(wd: float, expected: float) -> None:
    assert _urn.root(3.68511, 2.816466, wd) == pytest.approx(expected, abs=5e-5)


@given(RATES, RATES)
def test_when_all_is_reported_the_record_tells_the_truth(one: float, other: float) -> None:
    assert _urn.root(one, other, 0) == pytest.approx(_urn.truth(one, other), abs=1e-9)


@given(RATES, RATES, st.floats(0, 1))
def test_a_limit_is_a_share_and_errs_towards_the_larger(one: float, two: float, wd: float) -> None:
    found = _urn.root(one, two, wd)
    if found is None:
        return
    assert 0 <= found <= 1
    gap = found - _urn.truth(one, two)
    assert gap * (one - two) >= -1e-6 * abs(one - two)


@given(RATES, RATES, st.floats(0, 1), st.floats(0.1, 10))
def test_only_the_ratio_of_the_rates_enters(one: float, two: float, wd: float, by: float) -> None:
    first, second = _urn.root(one, two, wd), _urn.root(one * by, two * by, wd)
    if abs(one - two) > 1e-6 * one:  # Near even rates, rounding decides which root is left.
        assert first == pytest.approx(second, abs=1e-6)


def test_at_even_rates_without_reports_nothing_draws_the_share() -> None:
    assert _urn.root(2, 2, 1) is None
    result = runner.run("loop-urn", {"lambda_a": 2, "lambda_b": 2, "runs": 10, "days": 10})
    assert result.numbers["root"] is None
    assert "chance" in result.reasons["ks_p"].en


@pytest.mark.parametrize("correction", ["all", "discovered"])
def test_the_correction_brings_the_record_back_to_the_truth(correction: str) -> None:
    given = {"correction": correction, "lambda_a": 7.37, "lambda_b": 5.63, "wd": 0.5, "runs": 400}
    result = runner.run("loop-urn", given)
    assert result.numbers["root"] == result.numbers["truth"]
    assert result.numbers["share_mean"] == pytest.approx(result.numbers["truth"], abs=0.01)


def test_two_districts_alike_are_not_biased() -> None:
    given = {"lambda_a": 1, "lambda_b": 1, "prior_a": 50, "prior_b": 50, "runs": 2000}
    numbers = runner.run("loop-urn", {**given, "days": 300}, seed=3).numbers
    assert numbers["share_mean"] == pytest.approx(0.5, abs=0.02)


def test_the_fit_with_the_beta_law_is_that_of_scipy() -> None:
    drawn = np.random.default_rng(5).beta(5, 1, 800)
    for alpha in (5, 4.6):
        ours, theirs = _urn.fit_of_beta(drawn, alpha, 1), stats.kstest(drawn, "beta", (alpha, 1))
        assert ours == pytest.approx(theirs.pvalue, abs=0.01)


def test_days_that_are_not_reached_have_no_number() -> None:
    result = runner.run("loop-urn", {"days": 120, "runs": 20})
    assert result.numbers["share_t100"] is not None
    assert result.numbers["share_t250"] is None
    assert result.reasons["share_t250"].fr


def test_one_run_alone_has_no_spread() -> None:
    result = runner.run("loop-urn", {"days": 5, "runs": 1})
    assert result.numbers["share_sd"] is None
    assert result.errors == {}
    assert "unknown" in result.sentence.en


def test_each_figure_says_what_to_see_in_it() -> None:
    result = runner.run("loop-urn", {"runs": 60, "days": 60})
    assert [figure.id for figure in result.figures] == ["share", "reports"]
    for figure in result.figures:
        assert "{" not in figure.reading.fr + figure.reading.en
        assert all(len(series.x) == len(series.y) for series in figure.series)

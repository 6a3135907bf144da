"""Error rates by group: identities that hold on any table, and published numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.lab import groups
from contrechamp.lab.groups import Cells

BLACK = Cells(tn=990, fp=805, fn=532, tp=1369)
WHITE = Cells(tn=1139, fp=349, fn=461, tp=505)
SOME = st.integers(1, 10**6)
TABLES = st.builds(Cells, tn=SOME, fp=SOME, fn=SOME, tp=SOME)
ANY = st.integers(0, 60)
PEOPLE = st.builds(Cells, tn=ANY, fp=ANY, fn=ANY, tp=ANY)


def rates(cells: Cells) -> dict[str, float]:
    return {name: value for name, value in cells.rates().items() if value is not None}


def test_the_printed_rates_come_out() -> None:
    black, white = rates(BLACK), rates(WHITE)
    assert black["fpr"] == pytest.approx(0.448468, abs=1e-6)
    assert black["fnr"] == pytest.approx(0.279853, abs=1e-6)
    assert white["fpr"] == pytest.approx(0.234543, abs=1e-6)
    assert white["fnr"] == pytest.approx(0.477226, abs=1e-6)


@given(TABLES)
def test_three_rates_leave_no_choice_about_the_fourth(cells: Cells) -> None:
    found = rates(cells)
    implied = groups.implied_fpr(found["prevalence"], found["ppv"], found["fnr"])
    assert implied == pytest.approx(found["fpr"])


@given(TABLES, TABLES)
def test_two_groups_as_one_lie_between_the_two(one: Cells, other: Cells) -> None:
    together = rates(one + other)
    for name, value in together.items():
        low, high = sorted((rates(one)[name], rates(other)[name]))
        assert low - 1e-12 <= value <= high + 1e-12


def test_wishes_that_cannot_be_granted_have_no_rate() -> None:
    assert groups.implied_fpr(0.9, 0.3, 0.0) is None
    assert groups.implied_fpr(1.0, 0.5, 0.5) is None
    assert groups.implied_fpr(0.5, 0.0, 0.5) is None
    assert groups.implied_fpr(0.5, 1.0, 0.2) == 0


def test_a_rate_of_nobody_is_no_rate() -> None:
    empty = Cells(tn=10, fp=0, fn=0, tp=0)
    assert empty.rates()["fnr"] is None
    assert empty.bounds()["ppv"] is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), PEOPLE), st.sampled_from(["h", "rest"]))
def test_no_small_group_is_shown_or_found_by_subtraction(
    given_groups: dict[str, Cells], rest: str
) -> None:
    shown = groups.merge_small(given_groups, rest)
    assert all(cells.n >= groups.SMALLEST for cells in shown.values())
    hidden = sum(one.n for one in given_groups.values()) - sum(one.n for one in shown.values())
    assert hidden == 0 or not shown


def test_large_groups_stay_as_they_are() -> None:
    assert groups.merge_small({"a": BLACK, "b": WHITE}, "rest") == {"a": BLACK, "b": WHITE}


def test_small_groups_become_one() -> None:
    small = Cells(tn=8, fp=8, fn=8, tp=8)
    found = groups.merge_small({"a": BLACK, "x": small, "y": small}, "rest")
    assert found == {"a": BLACK, "rest": small + small}


def test_drawn_tables_have_as_many_people() -> None:
    drawn = groups.resample(BLACK, 500, np.random.default_rng(0))
    assert (drawn.sum(axis=1) == BLACK.n).all()


def test_drawn_rates_agree_with_wilson() -> None:
    drawn = groups.resample(BLACK, 20_000, np.random.default_rng(0))
    low, high = groups.middle(groups.drawn_rates(drawn)["fpr"]) or (0, 0)
    assert (low, high) == pytest.approx(BLACK.bounds()["fpr"], abs=2e-3)


def test_a_ratio_that_may_be_infinite_has_no_bounds() -> None:
    rng = np.random.default_rng(0)
    rare = Cells(tn=1000, fp=1, fn=10, tp=10)
    found = groups.bootstrap_ratios(BLACK, rare, 1000, rng)
    assert found["fpr_ratio"] is None
    assert found["fnr_ratio"] is not None


def test_a_rate_of_nobody_has_no_ratio() -> None:
    empty = Cells(tn=0, fp=0, fn=30, tp=30)
    found = groups.bootstrap_ratios(empty, BLACK, 100, np.random.default_rng(0))
    assert found["fpr_ratio"] is None


@given(st.lists(st.tuples(ANY, ANY), min_size=2, max_size=10))
def test_the_auc_counts_pairs(counts: list[tuple[int, int]]) -> None:
    low = [one for one, _ in counts]
    high = [one for _, one in counts]
    pairs = won = 0.0
    for i, losing in enumerate(low):
        for j, winning in enumerate(high):
            pairs += losing * winning
            won += losing * winning * (1.0 if j > i else 0.5 if j == i else 0.0)
    found = groups.auc(low, high)
    assert found == (pytest.approx(won / pairs) if pairs else None)


def test_a_model_with_one_group_gives_back_the_odds_ratio() -> None:
    design = np.array([[1.0, 1.0], [1.0, 0.0]])
    fit = groups.fit_logistic(design, np.array([805.0, 349.0]), np.array([990.0, 1139.0]))
    assert math.exp(fit.coefficients[1]) == pytest.approx((805 * 1139) / (990 * 349))
    assert fit.errors[1] == pytest.approx(math.sqrt(1 / 805 + 1 / 349 + 1 / 990 + 1 / 1139))
    assert fit.aic == pytest.approx(fit.deviance + 4)
    assert fit.deviance < fit.null_deviance


def test_a_term_that_decides_alone_is_told() -> None:
    design = np.array([[1.0, 1.0], [1.0, 0.0]])
    with pytest.raises(groups.NotFitted):
        groups.fit_logistic(design, np.array([10.0, 0.0]), np.array([0.0, 10.0]))


def test_two_equal_terms_are_told() -> None:
    design = np.array([[1.0, 1.0], [1.0, 1.0]])
    with pytest.raises(groups.NotFitted):
        groups.fit_logistic(design, np.array([10.0, 5.0]), np.array([5.0, 10.0]))


def test_rates_are_those_of_fairlearn() -> None:
    metrics = pytest.importorskip("fairlearn.metrics", reason="fairlearn is an oracle for tests")
    truth = np.repeat([0, 0, 1, 1], [990, 805, 532, 1369])
    guess = np.repeat([0, 1, 0, 1], [990, 805, 532, 1369])
    assert metrics.false_positive_rate(truth, guess) == pytest.approx(rates(BLACK)["fpr"])
    assert metrics.false_negative_rate(truth, guess) == pytest.approx(rates(BLACK)["fnr"])


def test_the_model_is_that_of_statsmodels() -> None:
    api = pytest.importorskip("statsmodels.api", reason="statsmodels is an oracle for tests")
    rng = np.random.default_rng(5)
    design = np.column_stack([np.ones(40), rng.integers(0, 2, 40), rng.normal(size=40)])
    hits, misses = (rng.integers(1, 30, 40).astype(float) for _ in range(2))
    theirs = api.GLM(np.column_stack([hits, misses]), design, family=api.families.Binomial()).fit()
    ours = groups.fit_logistic(design, hits, misses)
    assert ours.coefficients == pytest.approx(tuple(theirs.params), abs=1e-8)
    assert ours.errors == pytest.approx(tuple(theirs.bse), abs=1e-6)

"""A hundred boxes: the exactness of the draws, the correction, the limits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from contrechamp.lab import runner
from contrechamp.lab.experiments import _city
from contrechamp.lab.inputs import Inputs


@pytest.mark.parametrize(("record", "decay"), [(1, 0.3), (12, 0.01), (50, 0.5), (4000, 0.01)])
def test_forgetting_is_binomial(record: int, decay: float) -> None:
    draw = _city.Forgetting(decay, np.random.default_rng(7)).draw
    gone = draw(np.full(40_000, record))
    assert gone.mean() == pytest.approx(record * decay, rel=0.03)
    assert gone.var() == pytest.approx(record * decay * (1 - decay), rel=0.05)
    seen = np.bincount(gone, minlength=record + 1)[: record + 1] / 40_000
    expected = stats.binom.pmf(np.arange(record + 1), record, decay)
    assert np.abs(seen - expected).max() < 0.012
    assert gone.max() <= record


def test_mixed_records_forget_each_by_its_own_law() -> None:
    record = np.tile([1, 30, 5000], 20_000)
    gone = _city.Forgetting(0.02, np.random.default_rng(1)).draw(record).reshape(-1, 3)
    np.testing.assert_allclose(gone.mean(axis=0), [0.02, 0.6, 100], rtol=0.08)


def test_patrols_go_where_the_record_is() -> None:
    record, runs = np.array([1, 2, 7] * 30_000), 30_000
    rng = np.random.default_rng(2)
    visits = _city._visits(record, np.arange(runs) * 3, 3, 1, rng)
    shares = np.bincount(visits % 3, minlength=3) / runs
    np.testing.assert_allclose(shares, [0.1, 0.2, 0.7], atol=0.01)
    assert len(visits) == runs


def test_when_all_is_reported_the_map_is_right() -> None:
    given = {"reported": 1, "runs": 60, "days": 1500}
    numbers = runner.run("loop-city", given).numbers
    assert numbers["marked_share"] == pytest.approx(numbers["marked_share_true"], abs=0.01)
    assert (numbers["tv_of_mean"] or 1) < 0.03


def test_the_correction_flattens_what_the_loop_piles_up() -> None:
    small = {"runs": 20, "days": 800}
    without = runner.run("loop-city", small).numbers["top_share"]
    corrected = runner.run("loop-city", {**small, "correction": True}).numbers["top_share"]
    assert without is not None
    assert corrected is not None
    assert corrected < without / 2


@pytest.mark.parametrize("given", [{"decay": 0.5}, {"decay": 0}, {"k": 50, "correction": True}])
def test_extremes_hold(given: dict[str, float]) -> None:
    result = runner.run("loop-city", {"runs": 3, "days": 60, **given})
    assert 0 < (result.numbers["top_share"] or 0) <= 1
    assert set(result.inputs) == {"city-100"}


def test_the_city_is_the_file() -> None:
    city = _city.load(Inputs())
    assert (len(city.rates), int(city.marked.sum())) == (100, 20)
    assert city.rates.mean() == pytest.approx(1)

"""Oakland: what was published is made again, with the data beside the checkout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contrechamp.lab import runner, verify
from contrechamp.lab.errors import MissingInput
from contrechamp.lab.experiments import _hawkes, _oakland
from contrechamp.lab.inputs import Inputs
from tests.shared import shared


@pytest.fixture
def inputs() -> Inputs:
    return Inputs((shared("lab"),))


def test_all_published_numbers_of_oakland_come_out_again(inputs: Inputs) -> None:
    done = verify.verify(only="predpol-oakland", folder=inputs)
    assert done.counts == {"pass": 20, "fail": 0, "skip": 0}


def test_the_fast_steps_choose_the_boxes_of_the_slow_ones(inputs: Inputs) -> None:
    year = _oakland.load(inputs)
    for first in (0, 150, 300):
        inside = (year.day >= first) & (year.day < first + 180)
        box, day = year.box[inside], year.day[inside]
        fast = _hawkes.fit(box, day, 180, first + 180, most_steps=12)
        slow = _slowly(box, day, 12)
        np.testing.assert_allclose(fast.mu, slow, rtol=1e-12)


def _slowly(box: np.ndarray, day: np.ndarray, steps: int) -> np.ndarray:
    """Fit with all pairs in a table: nothing of the fast way is used."""
    apart = (box[:, None] == box[None, :]) & (day[:, None] > day[None, :])
    lag = (day[:, None] - day[None, :]) * apart
    names, group = np.unique(box, return_inverse=True)
    mu, theta, omega = np.ones(len(names)), 1.0, 1.0
    for _ in range(steps):
        raw = np.where(apart, theta * omega * np.exp(-omega * lag), 0.0)
        share = raw / (mu[group] + raw.sum(axis=1))[:, None]
        own = mu[group] / (mu[group] + raw.sum(axis=1))
        mu = np.bincount(group, own) / 180
        theta, omega = share.sum() / len(box), share.sum() / (share * lag).sum()
    return mu


def test_figures_say_what_they_show(inputs: Inputs) -> None:
    result = runner.run("predpol-oakland", {"em": "histogram", "k": 5}, folder=inputs)
    assert [figure.id for figure in result.figures] == ["map", "lorenz", "months"]
    assert result.numbers["theta_max"] is None
    assert "no model" in result.reasons["theta_max"].en
    assert len(result.figures[0].series[0].boxes) == 661


def test_without_its_table_the_run_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingInput) as missing:
        runner.run("predpol-oakland", folder=Inputs((tmp_path,)))
    assert missing.value.file == "oakland_box_day.csv"
    assert str(tmp_path) in missing.value.text.en
    assert missing.value.exit_code == 3


def test_another_file_counts_as_none_and_shows_both_checksums(tmp_path: Path) -> None:
    (tmp_path / "oakland_box_day.csv").write_text("date,box,incidents\n2010-12-28,1,3\n")
    with pytest.raises(MissingInput) as missing:
        runner.run("predpol-oakland", folder=Inputs((tmp_path,)))
    assert missing.value.expected in missing.value.text.fr
    assert missing.value.found in missing.value.text.fr
    done = verify.verify(only="predpol-oakland", folder=Inputs((tmp_path,)))
    assert done.counts == {"pass": 0, "fail": 0, "skip": 20}
    assert done.ok
    assert all(check.got is None for check in done.checks)


def test_without_the_published_rates_only_their_checks_are_skipped(
    inputs: Inputs, tmp_path: Path
) -> None:
    given = inputs.folders[0] / "oakland_box_day.csv"
    (tmp_path / "oakland_box_day.csv").write_bytes(given.read_bytes())
    done = verify.verify(only="predpol-oakland", folder=Inputs((tmp_path,)))
    assert done.counts == {"pass": 17, "fail": 0, "skip": 3}
    skipped = [check for check in done.checks if check.status == "skip"]
    assert all("oakland_published_rates.csv.gz" in check.reason for check in skipped)


def test_patrols_that_find_nothing_more_change_nothing(inputs: Inputs) -> None:
    result = runner.run("predpol-loop", {"extra": 0, "seeds": 2}, folder=inputs)
    assert result.numbers["ratio_first"] == pytest.approx(13.83, abs=0.01)
    assert result.numbers["ratio_last"] == pytest.approx(18.96, abs=0.05)
    assert result.numbers["added"] == 0
    assert result.errors["ratio_last"] == 0


def test_patrols_that_find_more_dig_the_gap(inputs: Inputs) -> None:
    numbers = runner.run("predpol-loop", {"seeds": 1}, folder=inputs).numbers
    assert numbers["ratio_last"] == pytest.approx(49, abs=5)
    assert (numbers["boxes_ever"] or 0) < 30

"""The self-exciting model: against a recursion, against what was simulated, against nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.lab.experiments import _hawkes
from contrechamp.lab.late import Whole


def simulated(
    boxes: int, mu: float, theta: float, omega: float, days: int, seed: int
) -> tuple[Whole, Whole]:
    """Return the events of branching processes, their times cut to whole days."""
    rng = np.random.default_rng(seed)
    box: list[int] = []
    day: list[int] = []
    for number in range(boxes):
        waiting = rng.uniform(0, days, rng.poisson(mu * days)).tolist()
        times = list(waiting)
        while waiting:
            born = waiting.pop() + rng.exponential(1 / omega, rng.poisson(theta))
            waiting += born[born < days].tolist()
            times += born[born < days].tolist()
        day += sorted(int(time) for time in times)
        box += [number] * len(times)
    return np.array(box), np.array(day)


def test_pairs_and_recursion_fit_the_same() -> None:
    box, day = simulated(40, 0.05, 0.5, 0.2, 180, seed=3)
    ours = _hawkes.fit(box, day, 180, 180, tolerances=(1e-10,) * 3, most_steps=5000)
    other = _hawkes.fit_recursively(box, day, 180, 1e-10)
    assert ours.theta == pytest.approx(other.theta, abs=1e-8)
    assert ours.omega == pytest.approx(other.omega, abs=1e-8)
    np.testing.assert_allclose(ours.mu, other.mu, atol=1e-8)


def test_parameters_that_were_simulated_are_found_again() -> None:
    ticks = 20  # Of a day: whole days would hide what follows within one.
    box, time = simulated(50, 0.05 / ticks, 0.5, 0.2 / ticks, 2000 * ticks, seed=11)
    length = 2000 * ticks
    found = _hawkes.fit(box, time, length, length, tolerances=(1e-9,) * 3, most_steps=5000)
    assert found.theta == pytest.approx(0.485, abs=0.03)  # The cut at the end takes a little.
    assert found.omega * ticks == pytest.approx(0.207, abs=0.02)
    assert found.mu.mean() * ticks == pytest.approx(0.05, abs=0.006)


def test_events_that_excite_nothing_are_found_to() -> None:
    box, day = simulated(60, 0.1, 0.0, 0.2, 400, seed=5)
    found = _hawkes.fit(box, day, 400, 400, tolerances=(1e-9,) * 3, most_steps=5000)
    assert found.theta < 0.05
    counts = np.bincount(box, minlength=60)[found.boxes]
    assert np.corrcoef(found.mu, counts)[0, 1] > 0.98  # What is left is a count.


EVENTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 29)), min_size=1, max_size=40).map(
    sorted
)


@settings(max_examples=60)
@given(EVENTS)
def test_events_are_shared_out_between_background_and_causes(
    events: list[tuple[int, int]],
) -> None:
    box, day = np.array(events).T
    found = _hawkes.fit(box, day, 30, 30, most_steps=50)
    assert found.mu.sum() * 30 + found.theta * len(box) == pytest.approx(len(box))
    assert (found.rates > 0).all()
    assert np.isfinite(found.rates).all()


@settings(max_examples=40)
@given(EVENTS)
def test_one_step_by_days_is_one_step_by_recursion(events: list[tuple[int, int]]) -> None:
    box, day = np.array(events).T
    one = _hawkes.fit(box, day, 30, 30, most_steps=1)
    own = sum(_hawkes._pass_over(day[box == name], 1.0, 1.0, 1.0)[0] for name in np.unique(box))
    assert one.mu.sum() * 30 == pytest.approx(own)


def test_no_event_is_no_rate() -> None:
    nothing = np.zeros(0, np.int64)
    assert len(_hawkes.fit(nothing, nothing, 30, 30).rates) == 0

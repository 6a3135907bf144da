"""The self-exciting model of predictive policing, fitted on recorded events of map boxes.

After Mohler et al. (2015), as re-derived for Lum and Isaac (2016): the rate of box n at time t is
μ_n + Σ θω·exp(-ω(t - t_i)) over the earlier events of the box; θ and ω are shared by all boxes.
Written from these sentences; lags are whole days, so that exp() is a table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LOOSE = (1e-5, 1e-5, 1e-4)
"""Changes of ω, θ and of all μ together: the loop ends as soon as one of them is within it."""
TIGHT = (1e-9, 1e-9, 1e-9)
MANY_STEPS = 100_000


class Fit(NamedTuple):
    """What the model says of the boxes that had an event, and with which parameters."""

    boxes: Whole
    rates: Floats
    theta: float
    omega: float
    steps: int
    mu: Floats


class Pairs(NamedTuple):
    """Every event with each earlier event of its box, of another day."""

    child: Whole
    parent: Whole
    lag: Whole


def starts_of(box: Whole) -> Whole:
    """Return where each box begins among events sorted by box."""
    return np.flatnonzero(np.concatenate(([True], box[1:] != box[:-1])))


def pairs_of(box: Whole, day: Whole) -> Pairs:
    """List the pairs once for a window. Events are sorted by box, then day."""
    count = len(box)
    starts = starts_of(box)
    sizes = np.diff(np.concatenate((starts, [count])))
    firsts = np.repeat(starts, sizes)
    before = np.arange(count) - firsts
    child = np.repeat(np.arange(count), before)
    ends = np.cumsum(before)
    parent = np.arange(ends[-1]) - np.repeat(ends - before, before) + np.repeat(firsts, before)
    lag = day[child] - day[parent]
    apart = lag > 0
    return Pairs(child[apart], parent[apart], lag[apart])


class Step(NamedTuple):
    """What one step of the EM finds: caused events, their summed lags, background by box."""

    caused: float
    waited: float
    own: Floats


Stepping = Callable[[Floats, float, float], Step]


def fit(
    box: Whole,
    day: Whole,
    window: int,
    now: int,
    *,
    tolerances: tuple[float, float, float] = LOOSE,
    most_steps: int = MANY_STEPS,
    as_published: bool = False,
) -> Fit:
    """Fit the model by EM on the events of a window, and predict the rates of the day `now`.

    `as_published` divides each pair by the rate at the event that follows the parent and not at
    the child: the slip of the published program, needed to give its very numbers.
    """
    if not len(box):
        nothing = np.zeros(0)
        return Fit(np.zeros(0, np.int64), nothing, 0.0, 0.0, 0, nothing)
    starts = starts_of(box)
    count, boxes = len(box), len(starts)
    group = np.repeat(np.arange(boxes), np.diff(np.concatenate((starts, [count]))))
    step = (_by_event if as_published else _by_cell)(box, day, window, group)
    mu, theta, omega, steps, moved = np.ones(boxes), 1.0, 1.0, 0, True
    while moved and steps < most_steps:
        found = step(mu, theta, omega)
        mu_new = found.own / window
        omega_new = found.caused / found.waited if found.waited > 0 else omega
        theta_new = found.caused / count
        moved = (
            abs(omega_new - omega) > tolerances[0]
            and abs(theta_new - theta) > tolerances[1]
            and float(np.abs(mu_new - mu).sum()) > tolerances[2]
        )
        mu, theta, omega, steps = mu_new, theta_new, omega_new, steps + 1
    excited = np.bincount(group, theta * omega * np.exp(-omega * (now - day)), minlength=boxes)
    return Fit(box[starts], mu + excited, theta, omega, steps, mu)


def _by_event(box: Whole, day: Whole, window: int, group: Whole) -> Stepping:
    """Step as the published program does: event by event, each pair divided apart."""
    child, parent, lag = pairs_of(box, day)
    divided, count, boxes = parent + 1, len(box), int(group[-1]) + 1
    starts, span = starts_of(box), np.arange(window + 1.0)

    def step(mu: Floats, theta: float, omega: float) -> Step:
        raw = (theta * omega * np.exp(-omega * span))[lag]
        background = mu[group]
        rate = background + np.bincount(child, raw, minlength=count)
        share = raw / rate[divided]
        own = background / rate
        own[starts] = 1.0  # The first event of a box has nothing before it.
        return Step(
            float(share.sum()),
            float((share * lag).sum()),
            np.bincount(group, own, minlength=boxes),
        )

    return step


def _by_cell(box: Whole, day: Whole, window: int, group: Whole) -> Stepping:
    """Step over days with events, not over events: those of one day in one box are alike.

    Pairs are listed once, sorted by child, so that a sum over parents is one pass. What excites
    and what it weighs by its lag are the two parts of a complex number: one pass sums both.
    """
    fresh = np.concatenate(([True], (box[1:] != box[:-1]) | (day[1:] != day[:-1])))
    cells = np.flatnonzero(fresh)
    sizes = np.diff(np.concatenate((cells, [len(box)]))).astype(np.float64)
    owner, boxes = group[cells], int(group[-1]) + 1
    earlier = cells - starts_of(box)[owner]  # Events of the same box on days before.
    later = np.flatnonzero(earlier)
    before = earlier[later]
    ends = np.cumsum(before)
    begins = ends - before
    total = int(ends[-1]) if len(ends) else 0
    parent = np.arange(total) - np.repeat(begins - (cells[later] - before), before)
    lag = np.repeat(day[cells[later]], before) - day[parent]
    alone = np.bincount(owner, np.where(earlier == 0, sizes, 0.0), minlength=boxes)
    owner, sizes, span = owner[later], sizes[later], np.arange(window + 1.0)
    both = 1 + 1j * span

    def step(mu: Floats, theta: float, omega: float) -> Step:
        if not total:
            return Step(0.0, 0.0, alone)
        kernel = np.exp(-omega * span) * (theta * omega) * both
        summed = np.add.reduceat(kernel.take(lag), begins)
        background = mu[owner]
        weight = sizes / (background + summed.real)
        own = alone + np.bincount(owner, weight * background, minlength=boxes)
        total_of_both = weight @ summed
        return Step(float(total_of_both.real), float(total_of_both.imag), own)

    return step


def fit_recursively(box: Whole, day: Whole, window: int, tolerance: float) -> Fit:
    """Fit the same model in one pass over the events a step, without pairs: the cross-check."""
    starts = [*starts_of(box).tolist(), len(box)]
    mu, theta, omega, steps, moved = np.ones(len(starts) - 1), 1.0, 1.0, 0, True
    while moved and steps < MANY_STEPS:
        caused, waited, mu_new = 0.0, 0.0, np.empty(len(mu))
        for number in range(len(mu)):
            events = day[starts[number] : starts[number + 1]]
            own, more, longer = _pass_over(events, float(mu[number]), theta, omega)
            mu_new[number], caused, waited = own / window, caused + more, waited + longer
        omega_new = caused / waited if waited > 0 else omega
        theta_new = caused / len(box)
        moved = max(abs(omega_new - omega), abs(theta_new - theta)) > tolerance
        mu, theta, omega, steps = mu_new, theta_new, omega_new, steps + 1
    return Fit(box[starts[:-1]], mu, theta, omega, steps, mu)


def _pass_over(events: Whole, mu: float, theta: float, omega: float) -> tuple[float, float, float]:
    """Return of one box the background, the caused events and their summed lags."""
    own = caused = waited = 0.0
    decayed = weighted = today = 0.0
    last = int(events[0])
    for moment in events.tolist():
        if moment > last:
            gap, fade = moment - last, float(np.exp(-omega * (moment - last)))
            weighted = fade * (weighted + gap * (decayed + today))
            decayed = fade * (decayed + today)
            today, last = 0.0, moment
        rate = mu + theta * omega * decayed
        own += mu / rate
        caused += theta * omega * decayed / rate
        waited += theta * omega * weighted / rate
        today += 1.0
    return own, caused, waited

"""The self-exciting model of predictive policing, fitted on recorded events of map boxes.

After Mohler et al. (2015), as re-derived for Lum and Isaac (2016): the rate of box n at time t is
μ_n + Σ θω·exp(-ω(t - t_i)) over the earlier events of the box; θ and ω are shared by all boxes.
Written from these sentences; lags are whole days, so that exp() is a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contrechamp.lab.late import Floats, Whole, np

from ._hawkes_steps import Windows, by_cell, by_event, starts_of, summed

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

    Events are sorted by box, then day.
    """
    events = [(box, day, now)]
    return fit_each(
        events, window, tolerances=tolerances, most_steps=most_steps, as_published=as_published
    )[0]


def fit_each(
    events: Sequence[tuple[Whole, Whole, int]],
    window: int,
    *,
    tolerances: tuple[float, float, float] = LOOSE,
    most_steps: int = MANY_STEPS,
    as_published: bool = False,
) -> list[Fit]:
    """Fit several windows at once: each step is a few calls for all of them.

    A window that has settled stays as it is while the others go on. `as_published` divides each
    pair by the rate at the event that follows the parent and not at the child: the slip of the
    published program, needed to give its very numbers.
    """
    held = _joined(events)
    if not len(held.group):
        nothing = np.zeros(0)
        return [Fit(held.box, nothing, 0.0, 0.0, 0, nothing) for _ in events]
    step = (by_event if as_published else by_cell)(held, window)
    count = len(events)
    theta, omega, steps = np.ones(count), np.ones(count), np.zeros(count, np.int64)
    mu, goes_on = np.ones(len(held.box)), held.counts > 0
    while goes_on.any() and steps.max() < most_steps:
        found = step(mu, theta, omega)
        mu_new, theta_new = found.own / window, found.caused / np.maximum(held.counts, 1)
        omega_new = np.divide(found.caused, found.waited, out=omega.copy(), where=found.waited > 0)
        moves = (np.abs(omega_new - omega) > tolerances[0]) & (
            np.abs(theta_new - theta) > tolerances[1]
        )
        moves &= summed(held.of, np.abs(mu_new - mu), count) > tolerances[2]
        mu = mu_new if goes_on.all() else np.where(goes_on[held.of], mu_new, mu)
        theta, omega = np.where(goes_on, theta_new, theta), np.where(goes_on, omega_new, omega)
        steps += goes_on
        goes_on &= moves
    return _fits(held, [now for _, _, now in events], mu, theta, omega, steps)


def _joined(events: Sequence[tuple[Whole, Whole, int]]) -> Windows:
    boxes = [box for box, _, _ in events]
    sizes = np.array([len(box) for box in boxes])
    of_event = np.repeat(np.arange(len(events)), sizes)
    box, day = np.concatenate(boxes), np.concatenate([day for _, day, _ in events])
    if not len(box):
        return Windows(box, day, box, of_event, sizes.astype(np.float64))
    fresh = np.concatenate(([True], (box[1:] != box[:-1]) | (of_event[1:] != of_event[:-1])))
    starts = np.flatnonzero(fresh)
    group = np.cumsum(fresh) - 1
    return Windows(group, day, box[starts], of_event[starts], sizes.astype(np.float64))


def _fits(
    held: Windows, nows: Sequence[int], mu: Floats, theta: Floats, omega: Floats, steps: Whole
) -> list[Fit]:
    """Return of each window its fit, with the rates of its day."""
    of_event = held.of[held.group]
    since = np.array(nows)[of_event] - held.day
    raised = (theta * omega)[of_event] * np.exp(-omega[of_event] * since)
    rates = mu + summed(held.group, raised, len(held.box))
    fits = []
    for number in range(len(nows)):
        own = held.of == number
        numbers = float(theta[number]), float(omega[number]), int(steps[number])
        fits.append(Fit(held.box[own], rates[own], *numbers, mu[own]))
    return fits


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

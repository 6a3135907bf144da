"""One step of the EM of the self-exciting model, for several windows at once: two ways.

`by_event` divides each pair apart, as the published program does; `by_cell` sums over the parents
of each day with events, by the formulas, and is what is used elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from contrechamp.lab.late import Floats, Whole, np

TOGETHER = 3
"""Events of a day that one parent stands for at most: more would make the table large."""


class Pairs(NamedTuple):
    """Every event with each earlier event of its box, of another day."""

    child: Whole
    parent: Whole
    lag: Whole


class Step(NamedTuple):
    """What one step of the EM finds in each window: caused events, their summed lags, background
    by box.
    """

    caused: Floats
    waited: Floats
    own: Floats


class Windows(NamedTuple):
    """Events of several windows, one after another: a box of a window is a group of its own."""

    group: Whole
    """Of each event. Groups are numbered in the order of the events."""
    day: Whole
    box: Whole
    """Of each group."""
    of: Whole
    """The window of each group."""
    counts: Floats
    """Events of each window."""


Stepping = Callable[[Floats, Floats, Floats], Step]


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


def by_event(held: Windows, window: int) -> Stepping:
    """Step as the published program does: event by event, each pair divided apart."""
    child, parent, lag = pairs_of(held.group, held.day)
    count, windows = len(held.day), len(held.counts)
    of_event = held.of[held.group]
    of_pair = of_event[child]
    places, divided = of_pair * (window + 1) + lag, parent + 1
    starts, span = starts_of(held.group), np.arange(window + 1.0)

    def step(mu: Floats, theta: Floats, omega: Floats) -> Step:
        kernel = (theta * omega)[:, None] * np.exp(-omega[:, None] * span)
        raw = kernel.take(places)
        background = mu[held.group]
        rate = background + summed(child, raw, count)
        share = raw / rate[divided]
        own = background / rate
        own[starts] = 1.0  # The first event of a box has nothing before it.
        return Step(
            summed(of_pair, share, windows),
            summed(of_pair, share * lag, windows),
            summed(held.group, own, len(held.box)),
        )

    return step


def by_cell(held: Windows, window: int) -> Stepping:
    """Step over days with events, not over events: those of one day in one box are alike.

    Pairs are listed once, sorted by child, so that a sum over parents is one pass. A parent
    stands for up to three events of its day. What excites, and what it weighs by its lag, are the
    two parts of a complex number: one pass sums both.
    """
    group, day, windows = held.group, held.day, len(held.counts)
    fresh = np.concatenate(([True], (group[1:] != group[:-1]) | (day[1:] != day[:-1])))
    cells = np.flatnonzero(fresh[: len(group)])
    sizes = np.diff(np.concatenate((cells, [len(group)])))
    owner, times, boxes = group[cells], day[cells], len(held.box)
    parts = -(-sizes // TOGETHER)
    before = np.cumsum(parts) - parts
    earlier = before - before[starts_of(owner)][owner]  # Parents of the same box, days before.
    alone = summed(owner, np.where(earlier == 0, sizes, 0.0), boxes)
    later = np.flatnonzero(earlier)
    if not len(later):
        return lambda *_: Step(np.zeros(windows), np.zeros(windows), alone)
    many = np.full(int(parts.sum()), TOGETHER)
    many[before + parts - 1] = sizes - TOGETHER * (parts - 1)
    count, owner = earlier[later], owner[later]
    ends = np.cumsum(count)
    begins = ends - count
    parent = np.arange(ends[-1]) - np.repeat(begins - (before[later] - count), count)
    lag = np.repeat(times[later], count) - np.repeat(times, parts)[parent]
    of_cell, span = held.of[owner], np.arange(window + 1.0)
    table = np.repeat(of_cell * TOGETHER, count) + many[parent] - 1
    places, weights = table * (window + 1) + lag, sizes[later].astype(np.float64)
    both = np.arange(1, TOGETHER + 1)[:, None] * (1 + 1j * span)
    present = np.unique(of_cell)
    first = np.searchsorted(of_cell, present)

    def step(mu: Floats, theta: Floats, omega: Floats) -> Step:
        kernel = (theta * omega)[:, None] * np.exp(-omega[:, None] * span)
        sums = np.add.reduceat((kernel[:, None, :] * both).take(places, mode="clip"), begins)
        background = mu.take(owner)
        weight = weights / (background + sums.real)
        totals = np.zeros(windows, np.complex128)
        totals[present] = np.add.reduceat(sums * weight, first)
        own = alone + summed(owner, weight * background, boxes)
        return Step(totals.real, totals.imag, own)

    return step


def summed(group: Whole, weights: Floats, count: int) -> Floats:
    """Sum weights by group."""
    found: Floats = np.bincount(group, weights, minlength=count).astype(np.float64, copy=False)
    return found

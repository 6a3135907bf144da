"""A city of boxes and several patrols: its law and its numbers, over all runs at once.

Written from the note: k patrols drawn with replacement in proportion to the record; a visited box
adds Poisson((1 - reported)·λ) once, each box Poisson(reported·λ); then forgetting as in the urn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import Floats, NDArray, Whole, np

COLUMNS = ("box", "rate", "prior", "over_recorded")
BIGGEST = 5
MOMENTS = 50
LIKELY = 20.0
"""Above so many incidents forgotten a day on average, the library draws them."""


class City(NamedTuple):
    """What happens in each box, what the record knew, and which boxes it knew too well."""

    rates: Floats
    prior: Whole
    marked: NDArray[np.bool_]


def load(inputs: Inputs) -> City:
    """Read the city that comes with the program: a file, since streams of chance change."""
    rows = inputs.rows("city-100", COLUMNS)
    return City(
        np.array([float(row["rate"]) for row in rows]),
        np.array([int(row["prior"]) for row in rows]),
        np.array([row["over_recorded"] == "1" for row in rows]),
    )


class Forgetting:
    """Draws how many incidents each box forgets: Binomial(record, decay), exactly.

    Most boxes forget none: one uniform number against decay's power tells, and only the others
    are drawn on. What is likely to forget many is left to the library.
    """

    def __init__(self, decay: float, rng: np.random.Generator) -> None:
        self.decay, self.rng = decay, rng
        self.odds = decay / (1 - decay)
        self.none = np.ones(1)

    def draw(self, record: Whole) -> Whole:
        """Return the forgotten incidents of a flat record."""
        highest = int(record.max())
        if highest >= len(self.none):
            self.none = np.exp(np.log1p(-self.decay) * np.arange(2 * highest + 1))
        gone = np.zeros(len(record), np.int64)
        chance = self.none.take(record)
        drawn = self.rng.random(len(record))
        some = np.flatnonzero(drawn >= chance)
        if highest * self.decay > LIKELY:
            many = np.flatnonzero(record * self.decay > LIKELY)
            gone[many] = self.rng.binomial(record[many], self.decay)
            some = some[record[some] * self.decay <= LIKELY]
        self._invert(gone, record, some, drawn[some] - chance[some], chance[some])
        return gone

    def _invert(
        self, gone: Whole, record: Whole, some: Whole, left: Floats, chance: Floats
    ) -> None:
        """Go up the distribution function of each box that forgets something."""
        counted = 0
        while len(some):
            term = chance * (record[some] - counted) / (counted + 1) * self.odds
            counted += 1
            gone[some] = np.minimum(counted, record[some])
            on = (left >= term) & (record[some] > counted)
            some, left, chance = some[on], (left - term)[on], term[on]


class Ended(NamedTuple):
    """The record on the last day, runs by boxes, and the share of the biggest over time."""

    record: Whole
    days: Whole
    top: Floats


def simulate(city: City, params: Mapping[str, Any], rng: np.random.Generator) -> Ended:
    """Run all days. What is drawn for visits are the k patrols, not each box."""
    runs, boxes, k = params["runs"], len(city.rates), params["k"]
    reported, decay = params["reported"], params["decay"]
    record = np.tile(city.prior, runs)
    firsts = np.arange(runs) * boxes
    forgetting = Forgetting(decay, rng)
    told_by = np.cumsum(city.rates) / city.rates.sum()
    days = np.unique(np.linspace(1, params["days"], MOMENTS).round().astype(np.int64))
    top, kept, wanted = np.empty((len(days), runs)), 0, set(days.tolist())
    for day in range(1, params["days"] + 1):
        visits = _visits(record, firsts, boxes, k, rng)
        found = rng.poisson(city.rates[visits % boxes] * (1 - reported))
        if params["correction"]:
            found = _thinned(found, visits, record, (runs, boxes, k), rng)
        if reported:
            record += _told(city.rates.sum() * reported, told_by, (runs, boxes), rng)
        record[visits] += found
        if decay:
            record = np.maximum(record - forgetting.draw(record), 1)
        if day in wanted:
            top[kept] = top_shares(record.reshape(runs, boxes))
            kept += 1
    return Ended(record.reshape(runs, boxes), days, top)


def _visits(
    record: Whole, firsts: Whole, boxes: int, k: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """Return the visited boxes of all runs, each once, as places in the flat record."""
    summed = np.cumsum(record)
    ends = summed[firsts + boxes - 1]
    begins = np.concatenate(([0], ends[:-1]))
    aims = begins[:, None] + rng.random((len(firsts), k)) * (ends - begins)[:, None]
    found = np.searchsorted(summed, aims.ravel(), side="right")
    last = np.repeat(firsts + boxes - 1, k)  # Rounding may not lead into the next run.
    seen = np.zeros(len(record), bool)
    seen[np.minimum(found, last)] = True
    return np.flatnonzero(seen)


def _thinned(
    found: Whole,
    visits: NDArray[np.intp],
    record: Whole,
    shape: tuple[int, int, int],
    rng: np.random.Generator,
) -> Whole:
    """Keep a discovered incident with probability min π / π: rarely visited boxes count more."""
    runs, boxes, k = shape
    table = record.reshape(runs, boxes)
    totals = table.sum(axis=1)
    least = -np.expm1(k * np.log1p(-table.min(axis=1) / totals))
    run = visits // boxes
    own = -np.expm1(k * np.log1p(-np.minimum(record[visits] / totals[run], 1 - 1e-12)))
    return rng.binomial(found, np.minimum(least[run] / own, 1.0))


def _told(mean: float, told_by: Floats, shape: tuple[int, int], rng: np.random.Generator) -> Whole:
    """Return what residents report: the sum of a run is Poisson, its parts follow the rates."""
    runs, boxes = shape
    counts = rng.poisson(mean, runs)
    box = np.searchsorted(told_by, rng.random(int(counts.sum())), side="right")
    places = np.repeat(np.arange(runs) * boxes, counts) + np.minimum(box, boxes - 1)
    return np.bincount(places, minlength=runs * boxes)


def top_shares(record: Whole) -> Floats:
    """Return the share of the five biggest boxes of each run."""
    biggest = np.partition(record, record.shape[1] - BIGGEST, axis=1)[:, -BIGGEST:]
    shares: Floats = biggest.sum(axis=1) / record.sum(axis=1)
    return shares

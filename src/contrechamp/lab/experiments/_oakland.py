"""A year of daily predictions on the recorded drug incidents of Oakland, open or closed loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import Floats, NDArray, Whole, np

from . import _hawkes

BOXES, WINDOW = 661, 180
FIRST, LAST = dt.date(2010, 7, 1), dt.date(2011, 12, 31)
DAYS = (LAST - FIRST).days - WINDOW
"""Days that are predicted: from 28 December 2010 to 30 December 2011."""
COLUMNS = ("date", "box", "incidents")
BOX_COLUMNS = ("box", "west", "south", "east", "north", "whole")
LOOP_STEPS = 200
"""The most steps of a fit in the closed loop: more events make it slow to settle."""
NO_RATE = 1e-12
TOGETHER = 16
"""Windows fitted at once: more of them leave the processor's cache."""


class Year(NamedTuple):
    """The recorded incidents of the period: counts by box and day, and as sorted events."""

    counts: Whole
    box: Whole
    day: Whole

    @property
    def observed(self) -> Whole:
        """Counts of the predicted days."""
        return self.counts[:, WINDOW : WINDOW + DAYS]


def load(inputs: Inputs) -> Year:
    """Read the incidents. Days outside the period are left out."""
    counts = np.zeros((BOXES, (LAST - FIRST).days + 1), np.int64)
    for row in inputs.rows("oakland-box-day", COLUMNS):
        day = (dt.date.fromisoformat(row["date"]) - FIRST).days
        if 0 <= day < counts.shape[1]:
            counts[int(row["box"]) - 1, day] += int(row["incidents"])
    box, day_of = _events(counts)
    return Year(counts, box, day_of)


def boxes(inputs: Inputs) -> list[tuple[float, float, float, float]]:
    """Return the west, south, east and north of each box; nothing without the file."""
    if not inputs.has("oakland-boxes"):
        return []
    rows = inputs.rows("oakland-boxes", BOX_COLUMNS)
    sides = ("west", "south", "east", "north")
    return [(float(r[sides[0]]), float(r[sides[1]]), float(r[sides[2]]), float(r[sides[3]]))
            for r in rows]  # fmt: skip


def published(inputs: Inputs) -> Floats | None:
    """Return the rates that were published, or None without the file."""
    if not inputs.has("oakland-published-rates"):
        return None
    return _parsed(inputs.read("oakland-published-rates"))


@lru_cache(maxsize=1)
def _parsed(content: bytes) -> Floats:
    import gzip

    lines = gzip.decompress(content).decode("ascii").splitlines()[1:]
    rates = np.array([line.split(",")[1:] for line in lines], dtype=np.float64)
    rates.setflags(write=False)
    return rates


def predict(year: Year, em: str) -> tuple[Floats, Floats]:
    """Return the rates of each box on each predicted day, and θ of each day's fit."""
    if em == "histogram":
        return histogram(year), np.zeros(0)
    options: dict[str, Any] = {"as_published": em == "published"}
    if em == "converged":
        options |= {"tolerances": _hawkes.TIGHT, "most_steps": 5000}
    rates, thetas = np.zeros((BOXES, DAYS)), np.empty(DAYS)
    for first in range(0, DAYS, TOGETHER):
        days = range(first, min(first + TOGETHER, DAYS))
        windows = [_window(year, day) for day in days]
        for day, fitted in zip(days, _hawkes.fit_each(windows, WINDOW, **options), strict=True):
            rates[fitted.boxes, day] = fitted.rates
            thetas[day] = fitted.theta
    return rates, thetas


def _window(year: Year, first: int) -> tuple[Whole, Whole, int]:
    """Return the events of the 180 days before a predicted day, and that day."""
    inside = (year.day >= first) & (year.day < first + WINDOW)
    return year.box[inside], year.day[inside], first + WINDOW


def histogram(year: Year) -> Floats:
    """Return for each predicted day the count of the last 180 days: no model at all."""
    summed = np.concatenate((np.zeros((BOXES, 1), np.int64), np.cumsum(year.counts, axis=1)), 1)
    return (summed[:, WINDOW : WINDOW + DAYS] - summed[:, :DAYS]).astype(np.float64)


def top(rates: Floats, k: int) -> NDArray[np.intp]:
    """Return the k boxes with the highest rate of each day; among equals, the first ones."""
    return np.argsort(-rates, axis=0, kind="stable")[:k]


def gini(values: NDArray[Any]) -> float:
    """Return the Gini index: 0 when all have the same, near 1 when one has everything."""
    ordered, count = np.sort(values.astype(np.float64)), len(values)
    weighted = float((2 * (np.arange(1, count + 1) * ordered).sum()) / (count * ordered.sum()))
    return weighted - (count + 1) / count


def patrols(chosen: NDArray[np.intp]) -> Whole:
    """Return the days on which each box was patrolled."""
    return np.bincount(chosen.ravel(), minlength=BOXES)


def top20_share(days: Whole) -> float:
    """Return the share of patrols that goes to the twenty most patrolled boxes."""
    return float(np.sort(days)[::-1][:20].sum() / days.sum())


def hits_by_day(year: Year, chosen: NDArray[np.intp]) -> Whole:
    """Return the recorded incidents of each day that fell in a chosen box."""
    hits: Whole = year.observed[chosen, np.arange(DAYS)].sum(axis=0)
    return hits


def overlap(one: NDArray[np.intp], other: NDArray[np.intp]) -> float:
    """Return the share of boxes that two predictions have in common, mean of all days."""
    both = np.zeros((2, BOXES, DAYS), bool)
    for number, chosen in enumerate((one, other)):
        both[number, chosen, np.arange(DAYS)] = True
    return float((both[0] & both[1]).sum() / one.size)


class Closed(NamedTuple):
    """A year in which patrols find more than what was recorded."""

    ratios: Floats
    patrol_days: Whole
    added: int


def closed_loop(year: Year, *, extra: float, k: int, seed: int) -> Closed:
    """Let each patrolled box record Binomial(recorded that day + 1, extra) more incidents.

    What is added is kept for the days that follow, and so for their predictions.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    counts = year.counts.copy()
    days, ratios, added = np.zeros(BOXES, np.int64), np.empty(DAYS), 0
    for first in range(DAYS):
        box, day = _events(counts[:, first : first + WINDOW])
        fitted = _hawkes.fit(box, day, WINDOW, WINDOW, most_steps=LOOP_STEPS)
        rates = np.zeros(BOXES)
        rates[fitted.boxes] = fitted.rates
        chosen = np.argsort(-rates, kind="stable")[:k]
        days[chosen] += 1
        ratios[first] = _ratio(rates, chosen)
        if extra:
            more = rng.binomial(counts[chosen, first + WINDOW] + 1, extra)
            counts[chosen, first + WINDOW] += more
            added += int(more.sum())
    return Closed(ratios, days, added)


def _ratio(rates: Floats, chosen: NDArray[np.intp]) -> float:
    """Return the mean rate of the patrolled boxes over that of the others."""
    others = np.ones(BOXES, bool)
    others[chosen] = False
    return float(rates[chosen].mean() / max(rates[others].mean(), NO_RATE))


def _events(counts: Whole) -> tuple[Whole, Whole]:
    """Return the box and the day of each incident, sorted by box, then day."""
    box, day = np.nonzero(counts)
    times = counts[box, day]
    return np.repeat(box, times), np.repeat(day, times)


def months() -> list[str]:
    """Return the month of each predicted day, as `2011-03`."""
    start = FIRST + dt.timedelta(days=WINDOW)
    return [(start + dt.timedelta(days=number)).strftime("%Y-%m") for number in range(DAYS)]


def facts(year: Year) -> Mapping[str, Any]:
    """Return what the record holds, whatever is predicted from it."""
    by_box = np.bincount(year.box, minlength=BOXES)
    return {
        "days": DAYS,
        "boxes": BOXES,
        "boxes_with_events": int((by_box > 0).sum()),
        "events": len(year.box),
        "recorded": int(year.observed.sum()),
        "gini_recorded": gini(by_box),
    }

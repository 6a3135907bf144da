"""Every threshold and every step of a score: what changes when the machine is set otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contrechamp.lab.late import np
from contrechamp.lab.model import Text

from .decisions import Decisions, Group
from .rates import LEAST_CELL, Cells, Rate, rate

MOST_STEPS = 100
MOST_BINS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """What holds at one threshold, for one group."""

    threshold: float
    selection: float
    fpr: float
    fnr: float
    ppv: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The steps of a group, thresholds rising."""

    name: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """People with neighbouring scores: how many, and to how many of them it happened."""

    low: float
    high: float
    mean: float
    found: Rate


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of one group, what each step of the score was worth."""

    name: Text
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What equal predictive value and equal misses would cost: the false positive rates forced."""

    group: Text
    prevalence: float
    fpr: float | None


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why no threshold gives every group the same of all three (Chouldechova 2017)."""

    ppv: float
    fnr: float
    wishes: tuple[Wish, ...]


def levels(group: Group, most: int = MOST_STEPS) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return at most so many thresholds, each a score of the table, evenly by people."""
    if len(group.scores) <= most:
        return group.scores
    people = np.cumsum(group.without + group.with_it)
    wanted = np.linspace(0, people[-1], most, endpoint=False)
    return np.asarray(group.scores[np.unique(np.searchsorted(people, wanted, side="right"))])


def curve(group: Group, candidates: Sequence[float], chosen: float) -> Curve:
    """Return the steps of a group at those thresholds between which enough people stand.

    The threshold that was chosen is one of them, and the others are counted from it: the difference
    of two steps never shows fewer than 5 people.
    """
    thresholds = np.unique([*candidates, chosen])
    at = np.searchsorted(group.scores, thresholds, side="left")
    below_without = np.concatenate(([0], np.cumsum(group.without)))[at]
    below_with = np.concatenate(([0], np.cumsum(group.with_it)))[at]
    without, with_it = int(group.without.sum()), int(group.with_it.sum())
    middle = int(np.searchsorted(thresholds, chosen))
    kept = [*_kept(below_without, below_with, range(middle - 1, -1, -1), middle), middle]
    kept += _kept(below_without, below_with, range(middle + 1, len(thresholds)), middle)
    steps = []
    for each in sorted(kept):
        tn, fn = int(below_without[each]), int(below_with[each])
        cells = (tn, without - tn, fn, with_it - fn)
        if min(cells) >= LEAST_CELL:
            steps.append(_step(float(thresholds[each]), cells))
    return Curve(group.name, tuple(steps))


def _kept(
    below_without: np.ndarray[tuple[int], np.dtype[np.int64]],
    below_with: np.ndarray[tuple[int], np.dtype[np.int64]],
    places: range,
    middle: int,
) -> list[int]:
    """Return the places, away from the chosen one, that are far enough from the one before."""
    kept, last = [], middle
    for at in places:
        apart = (
            abs(int(below_without[at] - below_without[last])),
            abs(int(below_with[at] - below_with[last])),
        )
        if apart == (0, 0) or min(apart) >= LEAST_CELL:
            kept.append(at)
            last = at
    return kept


def _step(threshold: float, cells: Cells) -> Step:
    tn, fp, fn, tp = cells
    total = tn + fp + fn + tp
    return Step(threshold, (fp + tp) / total, fp / (fp + tn), fn / (fn + tp), tp / (tp + fp))


def calibration(group: Group, steps: Curve) -> Calibration:
    """Return to how many of each step of the score it happened.

    A step begins where one of the curve does: so the two together show no difference of under 5.
    """
    starts = _tenths(group, [each.threshold for each in steps.steps])
    at = np.searchsorted(starts, group.scores, side="right")
    many = len(starts) + 1
    without = np.bincount(at, group.without, many).astype(np.int64)
    with_it = np.bincount(at, group.with_it, many).astype(np.int64)
    weight = np.bincount(at, group.scores * (group.without + group.with_it), many)
    bins = []
    for place in range(many):
        people = int(without[place] + with_it[place])
        found = rate("prevalence", int(with_it[place]), people)
        if found.is_said:
            inside = group.scores[at == place]
            mean = float(weight[place] / people)
            bins.append(Bin(float(inside[0]), float(inside[-1]), mean, found))
    return Calibration(group.name, tuple(bins))


def _tenths(group: Group, starts: list[float]) -> list[float]:
    """Return the thresholds that cut the group into about ten, all of them when they are few."""
    if len(starts) <= MOST_BINS + 2:
        return starts
    below = np.searchsorted(group.scores, starts, side="left")
    people = np.concatenate(([0], np.cumsum(group.without + group.with_it)))
    wanted = people[-1] * np.arange(1, MOST_BINS) / MOST_BINS
    near = np.unique(np.searchsorted(people[below], wanted).clip(max=len(starts) - 1))
    return [starts[each] for each in near]


def median_threshold(found: Decisions) -> float:
    """Return a threshold to begin with: 1 of a yes or no, else the score of the middle.

    Never the lowest score, which flags everybody.
    """
    scores = found.every.scores
    if len(scores) == 1:
        return float(scores[0])
    people = np.cumsum(found.every.without + found.every.with_it)
    at = int(np.searchsorted(people, people[-1] / 2, side="left"))
    return float(scores[max(1, at)])


def impossible(groups: Sequence[tuple[Text, Cells]], every: Cells) -> Impossible | None:
    """Return the false positives that equal value and equal misses would force on each group.

    FPR = p / (1 - p) · (1 - PPV) / PPV · (1 - FNR), with the values of all groups together. None
    where a cell is too small, or the groups are one.
    """
    if len(groups) < 2 or min(every) < LEAST_CELL:
        return None
    _, fp, fn, tp = every
    ppv, fnr = tp / (tp + fp), fn / (fn + tp)
    wishes = []
    for name, (no, wrong, missed, yes) in groups:
        happened, total = missed + yes, no + wrong + missed + yes
        if min(happened, total - happened) < LEAST_CELL:
            continue
        share = happened / total
        forced = share / (1 - share) * (1 - ppv) / ppv * (1 - fnr)
        wishes.append(Wish(name, share, forced if forced <= 1 else None))
    return Impossible(ppv, fnr, tuple(wishes)) if len(wishes) > 1 else None

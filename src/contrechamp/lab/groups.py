"""Decisions counted by group: error rates, their bounds, what a score tells apart.

A group is four numbers. Resampling people one by one is the same as drawing the four numbers
from a multinomial law, so ten thousand replicates cost as much as one reading of the table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .late import Floats, np, special
from .tallies import Bounds, share, wilson

SMALLEST = 50
"""A group of fewer people is merged with others or refused by name."""
RATES = ("prevalence", "fpr", "fnr", "ppv", "npv", "accuracy")


class NotFitted(ValueError):
    """The model has no single best answer: a term decides alone, or two terms are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """How many were flagged or not, and what happened then."""

    tn: int
    fp: int
    fn: int
    tp: int

    @property
    def n(self) -> int:
        """How many people."""
        return self.tn + self.fp + self.fn + self.tp

    def parts(self) -> dict[str, tuple[int, int]]:
        """Return each rate as part and whole: no share is shown without its denominator."""
        return {
            "prevalence": (self.fn + self.tp, self.n),
            "fpr": (self.fp, self.fp + self.tn),
            "fnr": (self.fn, self.fn + self.tp),
            "ppv": (self.tp, self.tp + self.fp),
            "npv": (self.tn, self.tn + self.fn),
            "accuracy": (self.tn + self.tp, self.n),
        }

    def rates(self) -> dict[str, float | None]:
        """Return each rate; None where nobody could have been counted."""
        return {name: share(*pair) for name, pair in self.parts().items()}

    def bounds(self) -> dict[str, Bounds | None]:
        """Return Wilson's bounds of each rate."""
        return {name: wilson(*pair) for name, pair in self.parts().items()}

    def __add__(self, other: Cells) -> Cells:
        """Return two groups taken as one."""
        return Cells(
            tn=self.tn + other.tn,
            fp=self.fp + other.fp,
            fn=self.fn + other.fn,
            tp=self.tp + other.tp,
        )


def merge_small(
    groups: Mapping[str, Cells], rest: str, smallest: int = SMALLEST
) -> dict[str, Cells]:
    """Put groups of fewer than `smallest` people into `rest`, and drop that where it is small too.

    A rest that is itself too small takes the smallest group that is left: no subtraction of
    what is shown from the total gives back a group that was hidden.
    """
    kept = {name: cells for name, cells in groups.items() if cells.n >= smallest and name != rest}
    small = [cells for name, cells in groups.items() if name not in kept]
    if not small:
        return kept
    together = Cells(tn=0, fp=0, fn=0, tp=0)
    for cells in small:
        together += cells
    while together.n < smallest and kept:
        least = min(kept, key=lambda name: (kept[name].n, name))
        together += kept.pop(least)
    return {**kept, rest: together} if together.n >= smallest else {}


def resample(cells: Cells, draws: int, rng: np.random.Generator) -> Floats:
    """Draw whole tables as large as this one: columns tn, fp, fn, tp."""
    counts = np.array([cells.tn, cells.fp, cells.fn, cells.tp], dtype=float)
    return rng.multinomial(cells.n, counts / counts.sum(), size=draws).astype(float)


def drawn_rates(tables: Floats) -> dict[str, Floats]:
    """Return the false-positive and false-negative rate of each drawn table; NaN of nobody."""
    tn, fp, fn, tp = tables.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return {"fpr": fp / (fp + tn), "fnr": fn / (fn + tp)}


def middle(values: Floats) -> Bounds | None:
    """Return what 95 % of the draws lie between; None where a bound is no number."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    low, high = np.quantile(known, [0.025, 0.975], method="inverted_cdf")
    return (float(low), float(high)) if math.isfinite(high) else None


def bootstrap_ratios(
    a: Cells, b: Cells, draws: int, rng: np.random.Generator
) -> dict[str, Bounds | None]:
    """Bound the ratios of error rates: of false alarms a/b, of missed cases b/a."""
    first, second = drawn_rates(resample(a, draws, rng)), drawn_rates(resample(b, draws, rng))
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "fpr_ratio": middle(first["fpr"] / second["fpr"]),
            "fnr_ratio": middle(second["fnr"] / first["fnr"]),
        }


def implied_fpr(prevalence: float, ppv: float, fnr: float) -> float | None:
    """Return the false-positive rate that the three others leave no choice about.

    p/(1-p) · (1-PPV)/PPV · (1-FNR): an identity of the four cells (Chouldechova 2017).
    None where it is no rate: these three cannot be true together, or divide by nothing.
    """
    if prevalence >= 1 or ppv <= 0:
        return None
    rate = prevalence / (1 - prevalence) * (1 - ppv) / ppv * (1 - fnr)
    return rate if 0 <= rate <= 1 else None


def auc(negatives: Sequence[float], positives: Sequence[float]) -> float | None:
    """Return how often a person of the second list scores above one of the first, ties by half.

    Both are counts by score, from the lowest score up.
    """
    low, high = np.asarray(negatives, float), np.asarray(positives, float)
    pairs = low.sum() * high.sum()
    if not pairs:
        return None
    below = np.cumsum(low) - low
    return float((high * (below + low / 2)).sum() / pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A logistic model and how well it does beside no model at all."""

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    deviance: float
    null_deviance: float
    aic: float


def fit_logistic(design: Floats, hits: Floats, misses: Floats, steps: int = 25) -> Fit:
    """Fit by Newton's steps on counted patterns: as exact as on one line per person.

    Deviances are those of persons (0 or 1), as R prints them.
    """
    counts = hits + misses
    found = np.zeros(design.shape[1])
    for _ in range(steps):
        chance = special.expit(design @ found)
        weights = counts * chance * (1 - chance)
        information = design.T @ (design * weights[:, None])
        try:
            step = np.linalg.solve(information, design.T @ (hits - counts * chance))
        except np.linalg.LinAlgError as error:
            raise NotFitted("a term says nothing that the others do not say") from error
        found = found + step
        if np.abs(step).max() < 1e-8:  # Each step squares the error: the next is none.
            break
    else:
        raise NotFitted("a term decides alone: its weight grows without end")
    chance = special.expit(design @ found)
    weights = counts * chance * (1 - chance)
    spread = np.linalg.inv(design.T @ (design * weights[:, None]))
    deviance = -2 * float(hits @ np.log(chance) + misses @ np.log1p(-chance))
    every = float(hits.sum() / counts.sum())
    null = -2 * float(hits.sum() * math.log(every) + misses.sum() * math.log1p(-every))
    return Fit(
        coefficients=tuple(found.tolist()),
        errors=tuple(np.sqrt(np.diag(spread)).tolist()),
        deviance=deviance,
        null_deviance=null,
        aic=deviance + 2 * len(found),
    )

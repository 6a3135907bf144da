"""Counts and what they allow to say: shares, their bounds, changes, annuities.

Only special functions are used: `scipy.stats` costs half a second at each start.
Bounds are those of 95 % unless said otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .late import np, special

Z95 = 1.959963984540054
Z80 = 0.8416212335729143
"""Normal quantiles of 0.975 and 0.8, as `scipy.special.ndtri` gives them."""
Bounds = tuple[float, float]


def share(part: float, whole: float) -> float | None:
    """Return part/whole, or None where there is nothing to divide by."""
    return part / whole if whole else None


def wilson(hits: int, trials: int) -> Bounds | None:
    """Bound a share by Wilson's score (1927): near its nominal 95 % also for small counts."""
    if trials <= 0:
        return None
    p, z2 = hits / trials, Z95 * Z95
    middle = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    reach = Z95 / (1 + z2 / trials) * math.sqrt(p * (1 - p) / trials + z2 / (4 * trials**2))
    low = 0.0 if hits == 0 else max(0.0, middle - reach)
    high = 1.0 if hits == trials else min(1.0, middle + reach)
    return low, high


def exact(hits: int, trials: int) -> Bounds | None:
    """Bound a share by Clopper and Pearson (1934): never covers less than 95 %."""
    if trials <= 0:
        return None
    low = float(special.betaincinv(hits, trials - hits + 1, 0.025)) if hits > 0 else 0.0
    high = float(special.betaincinv(hits + 1, trials - hits, 0.975)) if hits < trials else 1.0
    return low, high


def poisson(count: int) -> Bounds:
    """Bound the mean of which a count of rare events is one draw (Garwood 1936)."""
    low = float(special.gammaincinv(count, 0.025)) if count > 0 else 0.0
    return low, float(special.gammaincinv(count + 1, 0.975))


def likely_counts(mean: float) -> tuple[int, int]:
    """Return between which two counts a Poisson law of this mean falls 95 times in 100."""
    return _quantile(mean, 0.025), _quantile(mean, 0.975)


def _quantile(mean: float, level: float) -> int:
    """Return the least count that is reached or not passed with this chance."""
    if mean <= 0:
        return 0
    below, enough = -1, math.ceil(mean + 10 * math.sqrt(mean) + 20)
    while enough - below > 1:
        middle = (below + enough) // 2
        if special.gammaincc(middle + 1, mean) >= level:
            enough = middle
        else:
            below = middle
    return enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fall or rise beside places where nothing was installed."""

    odds_ratio: float
    low: float
    high: float
    naive_change: float
    net_change: float
    detectable_fall: float
    """The smallest fall that such counts would show four times in five."""


def compare_changes(treated: Sequence[int], control: Sequence[int], dispersion: float) -> Change:
    """Compare counts before and after with those of a control area.

    The logarithm of the odds ratio (before·control after)/(after·control before) has the
    variance of four Poisson counts, times `dispersion` where years differ more than chance.
    """
    (before, after), (control_before, control_after) = treated, control
    odds = (before * control_after) / (after * control_before)
    inverse = sum(1 / count for count in (before, after, control_before, control_after))
    error = math.sqrt(dispersion * inverse)
    return Change(
        odds_ratio=odds,
        low=odds * math.exp(-Z95 * error),
        high=odds * math.exp(Z95 * error),
        naive_change=after / before - 1,
        net_change=1 / odds - 1,
        detectable_fall=1 - math.exp(-(Z95 + Z80) * error),
    )


def displacement(
    treated: Sequence[int], control: Sequence[int], buffer: Sequence[int]
) -> float | None:
    """Weigh what the belt around lost or won against the fall inside (Bowers and Johnson 2003).

    Below 0 some of the crime moved there, below -1 more than fell; None where nothing changed.
    """
    (before, after), (control_before, control_after), (near, near_after) = treated, control, buffer
    fall = after / control_after - before / control_before
    moved = near_after / control_after - near / control_before
    return moved / fall if fall else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What places chosen because last year was bad do next year, nothing being installed."""

    change: float
    error: float
    theory: float


def select_worst(
    *, sites: int, mean: float, shape: float, chosen: float, runs: int, rng: np.random.Generator
) -> Selection | None:
    """Draw places with Gamma rates, keep the worst by last year's count, and look again.

    Theory: of a place with count X one expects (shape + X)/(shape/mean + 1) the year after.
    None where the worst places had nothing to count.
    """
    keep = max(1, round(sites * chosen))
    first, second = np.empty(runs), np.empty(runs)
    for run in range(runs):  # One run at a time: the memory is that of one town.
        rates = rng.gamma(shape, mean / shape, sites)
        last, following = rng.poisson(rates), rng.poisson(rates)
        worst = np.argsort(-last, kind="stable")[:keep]
        first[run], second[run] = last[worst].sum(), following[worst].sum()
    if not first.all():
        return None
    changes = second / first - 1
    average = float(first.mean()) / keep
    return Selection(
        change=float(changes.mean()),
        error=float(changes.std(ddof=1) / math.sqrt(runs)) if runs > 1 else 0.0,
        theory=(shape + average) / ((shape / mean + 1) * average) - 1,
    )


def annuity(price: float, life: float, discount: float) -> float:
    """Spread a purchase over its years, at the rate that the money would have borne."""
    if discount == 0:
        return price / life
    return price * discount / -math.expm1(-life * math.log1p(discount))

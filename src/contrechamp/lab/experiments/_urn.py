"""The two-district urn of `loop-urn`: its law, its limits and its numbers, over all runs at once.

After Ensign, Friedler, Neville, Scheidegger and Venkatasubramanian, "Runaway feedback loops in
predictive policing" (FAT* 2018). Written from the formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.intervals import wilson
from contrechamp.lab.late import Floats, Whole, np, special

MOMENTS = 100
"""Days, evenly spread, of which the shares of all runs are kept."""
MANY = 1e-12
OVER = {"p_gt_95": 0.95, "p_gt_99": 0.99}


def truth(lambda_a: float, lambda_b: float) -> float:
    """Return the share of incidents that really happen in district A."""
    return lambda_a / (lambda_a + lambda_b)


def root(lambda_a: float, lambda_b: float, wd: float) -> float | None:
    """Return where the recorded share of A tends without correction, None where chance decides.

    The mean drift of the share x is (c+d-a-b)x² + (a-2c-d)x + c over the size of the record, with
    a = λ_A, b = wr·λ_B, c = wr·λ_A, d = λ_B. A root draws the share in where the drift falls.
    """
    a, b = lambda_a, (1 - wd) * lambda_b
    c, d = (1 - wd) * lambda_a, lambda_b
    square, slope = c + d - a - b, a - 2 * c - d
    if max(abs(square), abs(slope), abs(c)) < MANY * (a + d):
        return None
    if abs(square) < MANY * (a + d):
        return -c / slope
    found = np.roots([square, slope, c])
    real = sorted(float(one.real) for one in found if abs(one.imag) < MANY)
    inside = [one for one in real if -MANY <= one <= 1 + MANY]
    stable = [one for one in inside if 2 * square * one + slope < 0]
    return min(max(stable[0], 0.0), 1.0) if stable else None


def simulate(
    params: Mapping[str, Any], rng: np.random.Generator, moments: Whole, wd: Floats
) -> Floats:
    """Return the recorded share of A on the days asked for, one column for each entry of `wd`.

    One vector over all runs: each day costs a few calls, however many runs there are.
    """
    runs = len(wd)
    rates = np.array([params["lambda_a"], params["lambda_b"]])
    told_rates = rates[:, None] * (1 - wd)
    record = np.repeat(np.array([[float(params["prior_a"])], [float(params["prior_b"])]]), runs, 1)
    shares = np.empty((len(moments), runs))
    kept, columns, wanted = 0, np.arange(runs), set(moments.tolist())
    corrected, decay = params["correction"], params["decay"]
    for day in range(1, params["days"] + 1):
        p_a = record[0] / (record[0] + record[1])
        district = (rng.random(runs) >= p_a).astype(np.intp)
        found, told = wd * rates[district], told_rates
        if params["poisson"]:
            found = rng.poisson(found).astype(np.float64)
            told = rng.poisson(told).astype(np.float64) if told.any() else told
        if corrected != "none":
            low = np.minimum(p_a, 1 - p_a)
            keep = rng.random(runs) * np.where(district == 0, p_a, 1 - p_a) < low
            found = found * keep
            told = told * keep if corrected == "all" else told
        record += told
        record[district, columns] += found
        if decay:
            gone = rng.binomial(record.astype(np.int64), decay)
            np.maximum(record - gone, 1.0, out=record)
        if day in wanted:
            shares[kept] = record[0] / (record[0] + record[1])
            kept += 1
    return shares


def fit_of_beta(shares: Floats, alpha: float, beta: float) -> float:
    """Return the p-value of Kolmogorov and Smirnov: do the shares follow Beta(alpha, beta)?"""
    ordered, count = np.sort(shares), len(shares)
    steps = np.arange(count + 1) / count
    law = special.betainc(alpha, beta, ordered)
    distance = max(float(np.max(steps[1:] - law)), float(np.max(law - steps[:-1])))
    scale = count**0.5
    return float(special.kolmogorov((scale + 0.12 + 0.11 / scale) * distance))


def moments_of(days: int) -> Whole:
    """Return the days on which shares are kept: about a hundred, and those that are numbers."""
    spread = np.unique(np.linspace(1, days, min(days, MOMENTS)).round().astype(np.int64))
    named = [day for day in (100, 250, 500, days) if day <= days]
    return np.unique(np.concatenate([spread, np.array(named, dtype=np.int64)]))


def expected_root(params: Mapping[str, Any], wd: float) -> float | None:
    """Return where the share tends, the correction counted in."""
    rates = params["lambda_a"], params["lambda_b"]
    return root(*rates, wd) if params["correction"] == "none" else truth(*rates)


def numbers_of(
    params: Mapping[str, Any], days: Whole, shares: Floats
) -> tuple[dict[str, Any], dict[str, Any], dict[str, tuple[Any, Any]]]:
    """Return the numbers, the Monte-Carlo errors and the intervals of all runs."""
    last, runs = shares[-1], shares.shape[1]
    mean, real = float(last.mean()), truth(params["lambda_a"], params["lambda_b"])
    spread = float(last.std(ddof=1)) if runs > 1 else None
    error = spread / runs**0.5 if spread is not None else None
    at = dict(zip(days.tolist(), shares.mean(axis=1).tolist(), strict=True))
    over = {name: float((last > bound).mean()) for name, bound in OVER.items()}
    numbers: dict[str, Any] = {
        "truth": real,
        "root": expected_root(params, params["wd"]),
        "share_mean": mean,
        "share_sd": spread,
        **{f"share_t{day}": at.get(day) for day in (100, 250, 500)},
        "bias": mean - real,
        **over,
        "ks_p": _ks(params, last),
    }
    if error is None:
        return numbers, {}, {}
    errors = {"share_mean": error, "bias": error}
    intervals = {
        "share_mean": (max(mean - 1.96 * error, 0.0), min(mean + 1.96 * error, 1.0)),
        "bias": (mean - real - 1.96 * error, mean - real + 1.96 * error),
    }
    for name, value in over.items():
        errors[name] = (value * (1 - value) / runs) ** 0.5
        intervals[name] = wilson(value, runs)
    return numbers, errors, intervals


def _ks(params: Mapping[str, Any], last: Floats) -> float | None:
    is_even = params["lambda_a"] == params["lambda_b"] and params["wd"] == 1
    if not is_even or params["poisson"] or params["decay"] or params["correction"] != "none":
        return None
    rate = params["lambda_a"]
    return fit_of_beta(last, params["prior_a"] / rate, params["prior_b"] / rate)

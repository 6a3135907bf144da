"""Time the lab's counts beside the libraries that do the same: one run, both numbers.

    python -m bench.lab_audit [DRAWS]

- "group rates": bounds of the error rates of each group by bootstrap. Ours draws whole tables
  (10,000 of them by default); fairlearn (https://fairlearn.org) draws people, 40 times here, as its
  `MetricFrame` does with `n_boot`. Compared is the time of one replicate. The people are those of
  the published counts of the COMPAS study: 6,150 in two groups.
- "logistic model": Newton's steps on counted patterns, beside statsmodels on the same patterns.
- "faces": a million people past a camera with a list of 10,000 faces, one number each; beside it
  a matrix of crowd by list for 2,000 people, its time grown to the million.
- "scale": ours at 1, 10 and 100 times the size, to see that nothing grows faster than it does.

The libraries are not among the house's: `pip install fairlearn statsmodels` for them; without
them their lines say so. Both are judged by the time of this process, the best of three.
"""

from __future__ import annotations

import resource
import sys
import warnings
from collections.abc import Callable
from functools import partial
from time import process_time

import numpy as np

from contrechamp.lab import crowd
from contrechamp.lab.experiments import _compas
from contrechamp.lab.groups import bootstrap_ratios, drawn_rates, fit_logistic, middle, resample

DRAWS, FACES, WATCHLIST, TARGET = 10_000, 1_000_000, 10_000, "500 times"
FEW_DRAWS, FEW_FACES = 40, 2_000
FMR = 1.6668055571e-08
MIN_FACTOR_LOGIT, MOST_S = 10, 1.0


def best(run: Callable[[], object], tries: int = 3) -> float:
    times = []
    for _ in range(tries):
        began = process_time()
        run()
        times.append(process_time() - began)
    return max(min(times), 1e-9)


def say(name: str, ours: float, theirs: float | None, target: str) -> None:
    beside = "not installed" if theirs is None else f"{theirs:.3g} s, {theirs / ours:,.0f} times"
    print(f"{name:48s} ours {ours:.3g} s | other {beside} | target {target}")


def rates_of_groups(draws: int) -> None:
    rng = np.random.Generator(np.random.PCG64(0))
    for name in ("African-American", "Caucasian"):
        rates = drawn_rates(resample(_compas.PUBLISHED[name], draws, rng))
        for values in rates.values():
            middle(values)


def people() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    groups, truths, guesses = [], [], []
    for name in ("African-American", "Caucasian"):
        cells = _compas.PUBLISHED[name]
        counts = [cells.tn, cells.fp, cells.fn, cells.tp]
        groups.append(np.full(cells.n, name))
        truths.append(np.repeat([0, 0, 1, 1], counts))
        guesses.append(np.repeat([0, 1, 0, 1], counts))
    return np.concatenate(groups), np.concatenate(truths), np.concatenate(guesses)


def fairlearn_replicate() -> float | None:
    """Return the seconds of one replicate of fairlearn's own bootstrap."""
    try:
        from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate
    except ImportError:
        return None
    group, truth, guess = people()

    def frame() -> object:
        return MetricFrame(
            metrics={"fpr": false_positive_rate, "fnr": false_negative_rate},
            y_true=truth,
            y_pred=guess,
            sensitive_features=group,
            n_boot=FEW_DRAWS,
            ci_quantiles=[0.025, 0.975],
            random_state=0,
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return best(frame, tries=1) / FEW_DRAWS


def patterns() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    design = np.column_stack([np.ones(831), *(rng.integers(0, 2, 831) for _ in range(11))])
    return design, rng.integers(1, 30, 831).astype(float), rng.integers(1, 30, 831).astype(float)


def statsmodels_fit() -> float | None:
    try:
        import statsmodels.api as api
    except ImportError:
        return None
    design, hits, misses = patterns()
    both = np.column_stack([hits, misses])
    return best(lambda: api.GLM(both, design, family=api.families.Binomial()).fit())


def matrix() -> float:
    """Return the seconds that a matrix of crowd by list would take for the million."""
    rng = np.random.default_rng(0)

    def walk() -> int:
        alerts = 0
        for _ in range(FEW_FACES // 100):
            alerts += int((rng.random((100, WATCHLIST)).min(axis=1) < FMR).sum())
        return alerts

    return best(walk, tries=1) * FACES / FEW_FACES


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    one = best(lambda: rates_of_groups(draws)) / draws
    say(f"group rates, one replicate of {draws:,}", one, fairlearn_replicate(), TARGET)
    design, hits, misses = patterns()
    say(
        "logistic model, 831 patterns, 12 terms",
        best(lambda: fit_logistic(design, hits, misses)),
        statsmodels_fit(),
        f"{MIN_FACTOR_LOGIT} times",
    )
    rng = np.random.Generator(np.random.PCG64(0))
    faces = best(lambda: crowd.count_false_alerts(FACES, WATCHLIST, FMR, rng))
    say(f"{FACES:,} faces, list of {WATCHLIST:,}", faces, matrix(), f"under {MOST_S:g} s")
    cells = _compas.PUBLISHED["African-American"], _compas.PUBLISHED["Caucasian"]
    for times in (1, 10, 100):
        ratios = best(partial(bootstrap_ratios, *cells, 1000 * times, rng), tries=1)
        people_passing = 100_000 * times
        count = partial(crowd.count_false_alerts, people_passing, WATCHLIST, FMR, rng)
        walk = best(count, tries=1)
        print(f"scale {times:>3} times: {1000 * times:,} tables {ratios:.3f} s, faces {walk:.3f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {memory:.0f} MB")


if __name__ == "__main__":
    main()

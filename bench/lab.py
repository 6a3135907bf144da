"""The lab against plain loops, how it grows to a hundred times its size, and what memory it takes.

    python -m bench.lab            ours beside a plain loop, and how each experiment grows
    python -m bench.lab --quick    the comparison alone
    python -m bench.lab --out DIR  the law of growth as growth.svg and growth.csv too

The loops are written here, one incident at a time, as the formulas are read; they run a part of
the work and their time is multiplied (said in the table). Both run in this process, one after the
other, so that the machine is the same. Times are of the processor.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from contrechamp.lab import plots, registry, runner
from contrechamp.lab.experiments import _city, _oakland, _urn
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Figure, Series, Text

DATA = Path(__file__).parents[2] / "shared" / "data" / "lab"
TARGETS = {"urn": 60, "oakland": 75}
URN_RUNS, CITY_RUNS, EVERY_DAY = 10, 2, 16
"""Of 1,000 runs, 200 runs and of 368 days: what the loops do."""


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Return the least CPU time of some tries, and what came of the last."""
    best, found = math.inf, None
    for _ in range(times):
        began = process_time()
        found = work()
        best = min(best, process_time() - began)
    return best, found


# Plain loops


def poisson(rng: random.Random, mean: float) -> int:
    """Count incidents one at a time until the day is over."""
    count, time = 0, rng.expovariate(1.0)
    while time < mean:
        count, time = count + 1, time + rng.expovariate(1.0)
    return count


def urn_loop(params: dict[str, Any], runs: int, seed: int) -> float:
    """Run `loop-urn` one incident at a time; return the mean share of A."""
    rng, shares = random.Random(seed), []
    rates = (params["lambda_a"], params["lambda_b"])
    for _ in range(runs):
        record = [params["prior_a"], params["prior_b"]]
        for _ in range(params["days"]):
            district = 0 if rng.random() < record[0] / (record[0] + record[1]) else 1
            record[district] += poisson(rng, params["wd"] * rates[district])
            for place in (0, 1):
                if params["wd"] < 1:
                    record[place] += poisson(rng, (1 - params["wd"]) * rates[place])
                gone = 0
                for _ in range(record[place]):
                    if rng.random() < params["decay"]:
                        gone += 1
                record[place] = max(record[place] - gone, 1)
        shares.append(record[0] / (record[0] + record[1]))
    return float(sum(shares)) / len(shares)


Model = tuple[dict[int, float], float, float]


def rate_loop(model: Model, box: int, days: list[int], now: int) -> float:
    """Return λ of a box at a moment: background, and what each earlier event adds."""
    mu, theta, omega = model
    rate = mu[box]
    for day in days:
        if day < now:
            rate += theta * omega * math.exp(-omega * (now - day))
    return rate


def step_loop(model: Model, by_box: dict[int, list[int]], window: int) -> Model:
    """Go one step: p of each event and each pair, then their sums."""
    mu, theta, omega = model
    caused, waited, count = 0.0, 0.0, 0
    mu_new = {}
    for box, days in by_box.items():
        own = 0.0
        for place, day in enumerate(days):
            rate = rate_loop(model, box, days[:place], day)
            own += mu[box] / rate
            count += 1
            for before in days[:place]:
                lag = day - before
                if lag > 0:
                    p = theta * omega * math.exp(-omega * lag) / rate
                    caused += p
                    waited += p * lag
        mu_new[box] = own / window
    return mu_new, caused / count, caused / waited


def fit_loop(events: list[tuple[int, int]], window: int, now: int) -> dict[int, float]:
    """Fit the model of Oakland event by event, pair by pair; return the rate of each box."""
    by_box: dict[int, list[int]] = {}
    for box, day in events:
        by_box.setdefault(box, []).append(day)
    model: Model = dict.fromkeys(by_box, 1.0), 1.0, 1.0
    goes_on = True
    while goes_on:
        new = step_loop(model, by_box, window)
        moved = sum(abs(new[0][box] - model[0][box]) for box in by_box)
        goes_on = abs(new[2] - model[2]) > 1e-5 and abs(new[1] - model[1]) > 1e-5 and moved > 1e-4
        model = new
    return {box: rate_loop(model, box, days, now) for box, days in by_box.items()}


def oakland_loop(year: _oakland.Year, k: int) -> dict[int, list[int]]:
    """Predict one day in sixteen; return the boxes of each."""
    chosen = {}
    pairs = list(zip(year.box.tolist(), year.day.tolist(), strict=True))
    for first in range(0, _oakland.DAYS, EVERY_DAY):
        events = [one for one in pairs if first <= one[1] < first + _oakland.WINDOW]
        rates = fit_loop(events, _oakland.WINDOW, first + _oakland.WINDOW)
        ranked = sorted(range(_oakland.BOXES), key=lambda box: (-rates.get(box, 0.0), box))
        chosen[first] = ranked[:k]
    return chosen


def city_loop(city: _city.City, params: dict[str, Any], runs: int, seed: int) -> float:
    """Run `loop-city` one patrol and one incident at a time; return the share of five boxes."""
    rng, shares = random.Random(seed), []
    rates, boxes = city.rates.tolist(), range(len(city.rates))
    for _ in range(runs):
        record = city.prior.tolist()
        for _ in range(params["days"]):
            for box in set(rng.choices(boxes, weights=record, k=params["k"])):
                record[box] += poisson(rng, rates[box])
            for box in boxes:
                gone = 0
                for _ in range(record[box]):
                    if rng.random() < params["decay"]:
                        gone += 1
                record[box] = max(record[box] - gone, 1)
        shares.append(sum(sorted(record)[-_city.BIGGEST :]) / sum(record))
    return float(sum(shares)) / len(shares)


# Ours beside them


def compare_urn() -> None:
    """Two districts: 1,000 runs of 1,000 days."""
    params: dict[str, Any] = registry.get("loop-urn").defaults()
    days = _urn.moments_of(params["days"])

    def ours() -> float:
        rng = np.random.Generator(np.random.PCG64(0))
        return float(_urn.simulate(params, rng, days, np.ones(params["runs"]))[-1].mean())

    spent, share = timed(ours, 3)
    loop, other = timed(lambda: urn_loop(params, URN_RUNS, 0))
    _row("urn", spent, loop * params["runs"] / URN_RUNS, f"{URN_RUNS} of {params['runs']} runs",
         f"mean {share:.4f} / {other:.4f}")  # fmt: skip


def compare_oakland(inputs: Inputs) -> None:
    """A year of Oakland: the same boxes, each day that both predict."""
    year = _oakland.load(inputs)
    spent, (rates, _) = timed(lambda: _oakland.predict(year, "correct"), 3)
    loop, others = timed(lambda: oakland_loop(year, 20))
    chosen = _oakland.top(rates, 20)
    same = sum(sorted(boxes) == sorted(chosen[:, day].tolist()) for day, boxes in others.items())
    part = f"{len(others)} of {_oakland.DAYS} days"
    said = f"same boxes on {same} of {len(others)} days"
    _row("oakland", spent, loop * _oakland.DAYS / len(others), part, said)


def compare_city(inputs: Inputs) -> None:
    """A hundred boxes: 200 runs of 2,000 days."""
    city = _city.load(inputs)
    params: dict[str, Any] = registry.get("loop-city").defaults()

    def ours() -> float:
        rng = np.random.Generator(np.random.PCG64(0))
        return float(_city.top_shares(_city.simulate(city, params, rng).record).mean())

    spent, share = timed(ours, 2)
    loop, other = timed(lambda: city_loop(city, params, CITY_RUNS, 0))
    _row("city", spent, loop * params["runs"] / CITY_RUNS, f"{CITY_RUNS} of {params['runs']} runs",
         f"five boxes {share:.3f} / {other:.3f}")  # fmt: skip


def measure_loop(inputs: Inputs) -> None:
    """Measure one closed year: nothing of others runs it any more."""
    year = _oakland.load(inputs)
    spent, closed = timed(lambda: _oakland.closed_loop(year, extra=0.2, k=20, seed=0))
    print(f"{'closed loop':12} {spent:9.3f} s   one year, ratio {closed.ratios[-1]:.2f}")


def _row(name: str, ours: float, loop: float, part: str, said: str) -> None:
    ratio, target = loop / ours, TARGETS.get(name)
    verdict = "" if target is None else f" (target {target}: {'yes' if ratio >= target else 'NO'})"
    print(f"{name:12} {ours:9.3f} s {loop:9.1f} s  {ratio:7.0f} ×{verdict}  loop: {part}; {said}")


# How each grows

GROWS: dict[str, tuple[str, dict[str, Any]]] = {
    "loop-urn": ("runs", {}),
    "loop-city": ("runs", {"days": 100}),
    "predpol-loop": ("seeds", {"seeds": 1}),
    "face-crowd": ("crowd", {"simulate": True, "crowd": 20_000}),
    "camera-claim": ("sites", {}),
    "score-audit": ("draws", {}),
}
"""What is multiplied, from which values: the rest take no size, or the size of their file."""
TIMES = (1, 3, 10, 30, 100)


def grow(inputs: Inputs) -> dict[str, dict[int, float]]:
    """Run each experiment at up to a hundred times its size, where its bounds allow it."""
    grown: dict[str, dict[int, float]] = {}
    for name, (param, given) in GROWS.items():
        experiment = registry.get(name)
        base = {**experiment.defaults(), **given}
        high = next(one.high for one in experiment.params if one.name == param)
        line: list[str] = []
        for times in TIMES:
            size = int(base[param]) * times
            if high is not None and size > high:
                break
            spent = runner.run(name, {**given, param: size}, folder=inputs).cpu_s
            grown.setdefault(name, {})[times] = spent
            line.append(f"{times} × {spent:.2f} s")
        print(f"{name:14} {param:6} from {base[param]}: {' · '.join(line)}   peak {_peak():.0f} MB")
    return grown


def growth_figure(grown: dict[str, dict[int, float]]) -> Figure:
    """Draw how time grows with size; an experiment that its bounds stop sooner ends sooner."""
    least = 0.001  # Times are kept in thousandths of a second, and a logarithm has no nought.
    series = [
        Series(
            label=Text(name, name),
            x=[float(times) for times in times_of],
            y=[max(spent, least) for spent in times_of.values()],
        )
        for name, times_of in grown.items()
    ]
    ends = sorted((max(times_of), name) for name, times_of in grown.items())
    sooner = ", ".join(f"{name} ({most} ×)" for most, name in ends if most < TIMES[-1])
    return Figure(
        id="growth",
        title=Text("Temps selon la taille", "Time against size"),
        kind="line",
        x_label=Text("fois la taille de départ", "times the first size"),
        y_label=Text("secondes de processeur", "processor seconds"),
        series=tuple(series),
        reading=Text(
            f"Mesuré moins loin que {TIMES[-1]} × : {sooner or 'aucune expérience'}.",
            f"Measured to less than {TIMES[-1]} ×: {sooner or 'no experiment'}.",
        ),
        x_log=True,
        y_log=True,
    )


def write_growth(grown: dict[str, dict[int, float]], folder: Path) -> None:
    """Write the law of growth as a picture and as a table."""
    folder.mkdir(parents=True, exist_ok=True)
    figure = growth_figure(grown)
    picture = plots.draw(figure, language="en", is_file=True)
    (folder / "growth.svg").write_text(f"{picture}\n", encoding="utf-8")
    (folder / "growth.csv").write_text(plots.as_csv(figure, language="en"), encoding="utf-8")
    print(f"{figure.reading.en} {folder / 'growth.svg'}")


def _peak() -> float:
    """Return the most memory that this process had so far, in MB."""
    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kept / 1024 if sys.platform != "darwin" else kept / 1024**2


def main() -> None:
    """Print the comparison, then how things grow."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="the comparison alone")
    asked.add_argument("--data", type=Path, default=DATA, help="the folder of the lab's inputs")
    asked.add_argument("--out", type=Path, help="where growth.svg and growth.csv go")
    options = asked.parse_args()
    inputs = Inputs((options.data,))
    print(f"{'':12} {'ours':>11} {'plain loop':>11}")
    compare_urn()
    compare_city(inputs)
    if inputs.has("oakland-box-day"):
        compare_oakland(inputs)
        measure_loop(inputs)
    else:
        print(f"no Oakland: {options.data} lacks oakland_box_day.csv")
    if not options.quick:
        grown = grow(inputs)
        if options.out:
            write_growth(grown, options.out)
    print(f"peak memory {_peak():.0f} MB")


if __name__ == "__main__":
    main()

"""One experiment for many seeds and values, spread over all cores or over a Dask cluster."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from contrechamp.cli.starting import start_django
from contrechamp.lab import params, registry, runner
from contrechamp.lab.errors import BadParam
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import special
from contrechamp.lab.model import Amount, Text, Value

MOST_RUNS = 100_000
SEEDS = re.compile(r"(\d{1,18})(?:-(\d{1,18}))?", re.ASCII)
TOLD_EVERY = 10
"""Of so many runs, one line says how far it is."""

Told = Callable[[str], None]
Summary = dict[str, Any]


class Item(NamedTuple):
    """One run, as plain values that travel to a worker."""

    experiment: str
    given: tuple[tuple[str, Value], ...]
    seed: int
    folders: tuple[str, ...]
    point: int


class Ran(NamedTuple):
    """What of a run is kept."""

    point: int
    seed: int
    numbers: dict[str, Amount]
    sha256: str
    cpu_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is going to be run."""

    experiment: str
    seeds: range
    over: str
    points: Sequence[dict[str, Value]]
    folders: tuple[str, ...]

    def items(self) -> list[Item]:
        """Return every run."""
        return [
            Item(self.experiment, tuple(values.items()), seed, self.folders, number)
            for number, values in enumerate(self.points)
            for seed in self.seeds
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What the runs of one value gave."""

    name: str
    value: Value | None
    runs: Sequence[Ran]
    summaries: dict[str, Summary]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """All that came of a plan."""

    plan: Plan
    points: Sequence[Point]
    failures: Sequence[str]

    def to_json(self) -> dict[str, Any]:
        """Return what `lab sweep --json` prints."""
        experiment = registry.get(self.plan.experiment)
        return {
            "schema": "contrechamp.lab.sweep/1",
            "experiment": experiment.id,
            "version": experiment.version,
            "params": self.plan.points[0],
            "over": self.plan.over or None,
            "seeds": [self.plan.seeds.start, self.plan.seeds.stop - 1],
            "cpu_s": round(sum(ran.cpu_s for point in self.points for ran in point.runs), 3),
            "points": [
                {
                    "value": point.value,
                    "count": len(point.runs),
                    "numbers": point.summaries,
                    "runs": [{"seed": ran.seed, "certificate": ran.sha256} for ran in point.runs],
                }
                for point in self.points
            ],
            "failures": list(self.failures),
        }


def planned(name: str, given: Mapping[str, str], seeds: str, over: str, folder: Inputs) -> Plan:
    """Read what was asked for. Raise what a single run would raise, before any is begun."""
    experiment = registry.get(name)
    key, _, values = over.partition("=")
    asked: list[Mapping[str, str]] = [given]
    if over:
        if not values:
            raise BadParam("--over", over, Text("nom=valeur,valeur,…", "name=value,value,…"))
        asked = [{**given, key: value} for value in values.split(",")]
    points = [params.read(experiment, one) for one in asked]
    for needed in experiment.inputs:
        if not folder.has(needed):
            raise folder.missing(needed)
    chosen = _seeds(seeds)
    if len(points) * len(chosen) > MOST_RUNS:
        raise BadParam(
            "--seeds", seeds, Text(f"{MOST_RUNS} calculs au plus", f"at most {MOST_RUNS} runs")
        )
    folders = tuple(str(one) for one in folder.folders)
    return Plan(experiment=name, seeds=chosen, over=key, points=points, folders=folders)


def sweep(plan: Plan, told: Told = lambda _: None) -> Sweep:
    """Run it all; `told` hears how far it is. The order of the workers changes nothing."""
    start_django()
    from contrechamp.foundation import bulk

    items = plan.items()
    ran: list[Ran] = []
    failures: list[str] = []
    for done, outcome in enumerate(bulk.run(run_one, items), start=1):
        if isinstance(outcome, bulk.Done):
            ran.append(outcome.value)
        else:
            failures.append(f"{outcome.item.given} seed {outcome.item.seed}: {outcome.reason}")
        if done % max(len(items) // TOLD_EVERY, 1) == 0 or done == len(items):
            told(f"{done} / {len(items)}")
    ran.sort()
    points = [
        _point(plan, number, [one for one in ran if one.point == number])
        for number in range(len(plan.points))
    ]
    return Sweep(plan=plan, points=points, failures=sorted(failures))


def run_one(item: Item) -> Ran:
    """Run in a worker: the same run there has the same certificate as here."""
    folder = Inputs(tuple(Path(one) for one in item.folders))
    result = runner.run(item.experiment, dict(item.given), seed=item.seed, folder=folder)
    sha256 = result.certificate["sha256"]
    return Ran(item.point, item.seed, result.numbers, sha256, result.cpu_s)


def summary(values: Sequence[float]) -> Summary:
    """Return mean, standard deviation and the 95 % interval of the mean (Student)."""
    count = len(values)
    mean = math.fsum(values) / count if count else None
    if mean is None or count == 1:
        return {"count": count, "mean": mean, "sd": None, "interval": None}
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (count - 1))
    half = float(special.stdtrit(count - 1, 0.975)) * sd / count**0.5
    return {"count": count, "mean": mean, "sd": sd, "interval": [mean - half, mean + half]}


def _point(plan: Plan, number: int, ran: Sequence[Ran]) -> Point:
    value = plan.points[number][plan.over] if plan.over else None
    experiment = registry.get(plan.experiment)
    return Point(
        name=f"{plan.over} = {params.written(value)}" if value is not None else plan.experiment,
        value=value,
        runs=ran,
        summaries={
            each.name: summary([v for one in ran if (v := one.numbers[each.name]) is not None])
            for each in experiment.numbers
        },
    )


def _seeds(text: str) -> range:
    found = SEEDS.fullmatch(text.strip())
    if found:
        first = int(found[1])
        last = int(found[2] or found[1])
        if first <= last:
            runner.check_seed(last)
            return range(first, last + 1)
    raise BadParam("--seeds", text, Text("A-B, A au plus égal à B", "A-B, A at most B"))

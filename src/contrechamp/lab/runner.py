"""Run an experiment: read what was given, call it, and make of its outcome a whole result."""

from __future__ import annotations

from collections.abc import Mapping
from time import thread_time
from typing import Any

from . import certificate, checking, params, registry
from .errors import BadParam
from .inputs import Inputs
from .model import Amount, Experiment, Outcome, Result, Text, Value, plain
from .registry import Misdeclared

HIGHEST_SEED = 2**63 - 1


def run(
    name: str,
    given: Mapping[str, Any] | None = None,
    *,
    seed: int = 0,
    folder: Inputs | None = None,
    on_web: bool = False,
) -> Result:
    """Run one experiment with what is given in place of its defaults.

    Raise `UnknownExperiment`, `BadParam` with the name, what was given and what is allowed, or
    `MissingInput` with the file, its origin and its place. `on_web`: hold the bounds of pages.
    """
    experiment = registry.get(name)
    values = params.read(experiment, given or {}, on_web=on_web)
    check_seed(seed)
    inputs = (folder or Inputs()).again()
    for needed in experiment.inputs:
        if not inputs.has(needed):
            raise inputs.missing(needed)
    began = thread_time()
    outcome = experiment.run(values, seed, inputs)
    spent = thread_time() - began
    return _result(experiment, values, seed, outcome, inputs.used, spent)


def check_seed(seed: int) -> None:
    """Refuse a seed that no stream of random numbers begins with."""
    if not 0 <= seed <= HIGHEST_SEED:
        raise BadParam(
            "seed",
            seed,
            Text(f"un entier de 0 à {HIGHEST_SEED}", f"a whole number from 0 to {HIGHEST_SEED}"),
        )


def _result(
    experiment: Experiment,
    values: dict[str, Value],
    seed: int,
    outcome: Outcome,
    used: Mapping[str, str],
    spent: float,
) -> Result:
    numbers = _numbers(experiment, outcome)
    checks = checking.matching(experiment, values, seed, numbers)
    return Result(
        experiment=experiment.id,
        version=experiment.version,
        params=values,
        seed=seed,
        numbers=numbers,
        errors={name: plain(value) for name, value in outcome.errors.items()},
        intervals={name: plain(list(both)) for name, both in outcome.intervals.items()},
        series={
            name: {column: plain(list(data)) for column, data in columns.items()}
            for name, columns in outcome.series.items()
        },
        checks=checks,
        caveats=experiment.caveats,
        sources=experiment.sources,
        inputs=dict(sorted(used.items())),
        cpu_s=round(spent, 3),
        certificate=certificate.make(
            experiment=experiment.id,
            version=experiment.version,
            params=values,
            seed=seed,
            inputs=used,
            numbers=numbers,
            checks=checks,
        ),
        sentence=outcome.sentence,
        reasons=dict(outcome.reasons),
        figures=outcome.figures,
    )


def _numbers(experiment: Experiment, outcome: Outcome) -> dict[str, Amount]:
    """Return all declared numbers in their order, null where there is none; refuse others."""
    declared = [each.name for each in experiment.numbers]
    named = {*outcome.numbers, *outcome.errors, *outcome.intervals, *outcome.reasons}
    if unknown := named - set(declared):
        raise Misdeclared(f"{experiment.id} gives numbers not declared: {sorted(unknown)}")
    return {name: plain(outcome.numbers.get(name)) for name in declared}

"""Recompute every number that is quoted, now, and hold it against its reference.

Cases that are the same run share it. A run whose input is missing skips its checks and says
which; it never passes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import certificate, checking, registry, runner
from .errors import MissingInput
from .inputs import Inputs
from .model import Amount, Case, Check, Experiment, Value

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What came of all checks, with the certificate of it."""

    checks: tuple[Check, ...]
    cpu_s: float
    certificate: dict[str, Any]
    seconds: Mapping[str, float]
    """CPU time by experiment."""

    @property
    def ok(self) -> bool:
        """Whether nothing failed. What was skipped does not count."""
        return not self.counts["fail"]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many passed, failed and were skipped."""
        statuses = [each.status for each in self.checks]
        return {name: statuses.count(name) for name in ("pass", "fail", "skip")}

    def to_json(self) -> dict[str, Any]:
        """Return what `lab verify --json` prints."""
        return {
            "schema": "contrechamp.lab.verify/1",
            "ok": self.ok,
            "counts": self.counts,
            "cpu_s": self.cpu_s,
            "checks": [each.to_json() for each in self.checks],
            "certificate": self.certificate,
        }


def verify(
    *, only: str = "", folder: Inputs | None = None, told: Told = lambda _: None
) -> Verification:
    """Run the cases of all experiments, or of one. `told` hears the name of each as it begins.

    Raise `UnknownExperiment`, and `BadReferences` when the table lacks what a case needs.
    """
    chosen = (registry.get(only),) if only else registry.experiments()
    inputs = folder or Inputs()
    checks: list[Check] = []
    seconds: dict[str, float] = {}
    used: dict[str, str] = {}
    for experiment in chosen:
        told(experiment.id)
        seconds[experiment.id] = 0.0
        for group in _groups(experiment):
            found, spent, read = _of_group(experiment, group, inputs)
            checks += found
            seconds[experiment.id] += spent
            used |= read
    order = [case.check for experiment in chosen for case in experiment.cases]
    checks.sort(key=lambda each: order.index(each.id))
    return Verification(
        checks=tuple(checks),
        cpu_s=round(sum(seconds.values()), 3),
        seconds={name: round(spent, 3) for name, spent in seconds.items()},
        certificate=certificate.make(
            experiment="verify",
            version=1,
            params={},
            seed=0,
            inputs=used,
            numbers={each.id: each.got for each in checks},
            checks=checks,
        ),
    )


def _groups(experiment: Experiment) -> Iterator[list[Case]]:
    """Yield the cases that are one run, together."""
    groups: dict[tuple[tuple[tuple[str, Value], ...], int], list[Case]] = {}
    for case in experiment.cases:
        values = checking.full(case, experiment)
        groups.setdefault((tuple(values.items()), case.seed), []).append(case)
    yield from groups.values()


def _of_group(
    experiment: Experiment, group: list[Case], inputs: Inputs
) -> tuple[list[Check], float, dict[str, str]]:
    first = group[0]
    try:
        result = runner.run(experiment.id, first.given, seed=first.seed, folder=inputs)
    except MissingInput as missing:
        reason = missing.text.en
        return [checking.check(case, experiment, None, reason) for case in group], 0.0, {}
    checks = [_one(experiment, case, result.numbers, inputs) for case in group]
    return checks, result.cpu_s, result.inputs


def _one(
    experiment: Experiment, case: Case, numbers: Mapping[str, Amount], inputs: Inputs
) -> Check:
    absent = next((name for name in case.needs if not inputs.has(name)), None)
    reason = inputs.missing(absent).text.en if absent else ""
    return checking.check(case, experiment, numbers[case.number], reason)

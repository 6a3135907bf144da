"""Hold a number against its reference: pass, fail, or skipped with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from . import params, references
from .errors import BadParam
from .model import Amount, Case, Check, Experiment, Status, Value
from .references import BadReferences, Reference


def matching(
    experiment: Experiment, values: Mapping[str, Value], seed: int, numbers: Mapping[str, Amount]
) -> tuple[Check, ...]:
    """Return the checks of the cases that a run with these parameters is.

    A number that does not depend on the draws is checked whatever the seed and the number of
    runs; one that does, only by the very run that its reference tells of.
    """
    return tuple(
        check(case, experiment, numbers.get(case.number))
        for case in experiment.cases
        if _is_case(case, experiment, values, seed) and numbers.get(case.number) is not None
    )


def check(case: Case, experiment: Experiment, got: Amount, reason: str = "") -> Check:
    """Return the check of a case. Without a number it is skipped: it never passes."""
    expected = references.of_check(case.check)
    status: Status = "skip" if reason else "pass" if is_met(expected, got) else "fail"
    return Check(
        id=case.check,
        experiment=experiment.id,
        number=case.number,
        expected=_value(expected),
        got=None if reason else got,
        op=expected.op,
        tol=expected.tol,
        status=status,
        kind=expected.kind,
        source=expected.source,
        reason=reason,
    )


def is_met(expected: Reference, got: Amount) -> bool:
    """Whether a number is as its reference says. A tolerance of 0 compares exactly."""
    wanted = _value(expected)
    if got is None:
        return False
    if expected.op == "min":
        return got >= wanted
    if expected.op == "max":
        return got <= wanted
    return abs(got - wanted) <= expected.tol


def _value(expected: Reference) -> float | int:
    if expected.value is None:
        raise BadReferences(f"{expected.id} has no value")
    return expected.value


def full(case: Case, experiment: Experiment) -> dict[str, Value]:
    """Return all parameters of a case. Raise what a user would be told."""
    return params.read(experiment, case.given)


def _is_case(case: Case, experiment: Experiment, values: Mapping[str, Value], seed: int) -> bool:
    drawn = next(each.drawn for each in experiment.numbers if each.name == case.number)
    try:
        wanted = full(case, experiment)
    except BadParam:  # Told by `verify`, which is asked for this very case.
        return False
    if drawn:
        return seed == case.seed and wanted == dict(values)
    return all(wanted[name] == values[name] for name in wanted if name not in experiment.precision)

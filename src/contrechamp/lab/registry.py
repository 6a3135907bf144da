"""The experiments there are: found by scanning `experiments`, one file each.

Deleting a file removes its experiment, its page and its checks, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from .errors import UnknownExperiment
from .inputs import BY_ID, Inputs
from .model import Experiment, Outcome

Run = Callable[[Mapping[str, Any], int, Inputs], Outcome]


class Misdeclared(Exception):
    """An experiment declares something that cannot be: a mistake of ours, never of a user."""


def experiment(**declared: Any) -> Callable[[Run], Experiment]:
    """Declare the function below as an experiment: its fields are those of `Experiment`."""

    def make(run: Run) -> Experiment:
        made = Experiment(run=run, **declared)
        _check(made)
        return made

    return make


def experiments() -> tuple[Experiment, ...]:
    """Return every experiment, in the order of their names."""
    return tuple(_found().values())


def get(id: str) -> Experiment:
    """Return one experiment, or raise `UnknownExperiment` with the names there are."""
    found = _found()
    if id not in found:
        raise UnknownExperiment(id, tuple(found))
    return found[id]


@cache
def _found() -> dict[str, Experiment]:
    package = import_module(f"{__package__}.experiments")
    found: dict[str, Experiment] = {}
    for module in iter_modules(package.__path__):
        if module.name.startswith("_"):
            continue
        holds = vars(import_module(f"{package.__name__}.{module.name}"))
        for each in (value for value in holds.values() if isinstance(value, Experiment)):
            if each.id in found and found[each.id] is not each:
                raise Misdeclared(f"two experiments are called {each.id}")
            found[each.id] = each
    return dict(sorted(found.items()))


def _check(made: Experiment) -> None:
    params, numbers = [one.name for one in made.params], [one.name for one in made.numbers]
    for kind, names in (
        ("param", params),
        ("number", numbers),
        ("check", [case.check for case in made.cases]),
    ):
        if len(set(names)) != len(names):
            raise Misdeclared(f"{made.id} declares one {kind} twice")
    _check_names(made, set(params), set(numbers))


def _check_names(made: Experiment, params: set[str], numbers: set[str]) -> None:
    asked = {name for preset in made.presets for name in preset.values}
    asked |= {name for case in made.cases for name in case.given} | set(made.precision)
    asked |= {name for limit in made.limits for name in limit.names}
    if unknown := asked - params:
        raise Misdeclared(f"{made.id} names parameters that it does not have: {sorted(unknown)}")
    if unknown := {case.number for case in made.cases} - numbers:
        raise Misdeclared(f"{made.id} checks numbers that it does not have: {sorted(unknown)}")
    inputs = {*made.inputs, *made.optional_inputs, *(n for c in made.cases for n in c.needs)}
    if unknown := inputs - set(BY_ID):
        raise Misdeclared(f"{made.id} needs inputs that are not known: {sorted(unknown)}")

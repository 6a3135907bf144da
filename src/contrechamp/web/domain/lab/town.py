"""Which values of which experiment a commune gives, and nothing that nobody counted.

No number of crimes, alerts or wanted persons of a commune is public here: those stay as typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contrechamp.lab.model import Experiment, Param, Value

POPULATION, CAMERAS = "population", "cameras"
FILLS: Mapping[str, Mapping[str, str]] = {
    "face-crowd": {"crowd": POPULATION},
    "cost-per-case": {"cameras": CAMERAS},
}
"""By experiment: the parameter, and the number of the commune that it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TownNumber:
    """One number of a commune, and where it is from."""

    kind: str
    value: int
    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A value that came from the commune: what it was then, and what is known today."""

    param: Param
    value: Value
    number: TownNumber

    @property
    def is_of_today(self) -> bool:
        """Whether the commune's number is still the same."""
        return self.value == self.number.value


def takes_town(experiment: Experiment) -> bool:
    """Answer whether a commune gives any value of an experiment."""
    return experiment.id in FILLS


def given_by(experiment: Experiment, numbers: Mapping[str, TownNumber]) -> dict[str, TownNumber]:
    """Return the numbers of a commune by the parameter that takes each, within its bounds."""
    known = {each.name: each for each in experiment.params}
    found = {}
    for name, kind in FILLS.get(experiment.id, {}).items():
        number, param = numbers.get(kind), known.get(name)
        if number and param and _fits(param, number.value):
            found[name] = number
    return found


def _fits(param: Param, value: int) -> bool:
    high = param.web_high if param.web_high is not None else param.high
    return (param.low is None or value >= param.low) and (high is None or value <= high)

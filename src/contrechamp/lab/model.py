"""What an experiment is made of: parameters, numbers, figures, and what a run gives.

Sentences are `Text`: French and English side by side, since no catalogue is known here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from .inputs import Inputs

Value = int | float | bool | str
Amount = int | float | None
"""A number of a result. None where it cannot be said, and JSON writes `null`."""

ParamKind = Literal["int", "float", "bool", "choice", "text"]
FigureKind = Literal["line", "bars", "map", "points", "ranges"]
SeriesStyle = Literal["solid", "dashed", "dotted", "points", "bars", "band", "steps"]
NumberKind = Literal["number", "count", "share", "ratio", "money", "days", "hours"]
Op = Literal["close", "min", "max"]
Status = Literal["pass", "fail", "skip"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    fr: str
    en: str

    def to_json(self) -> dict[str, str]:
        """Return both languages."""
        return {"fr": self.fr, "en": self.en}

    def say(self, language: str) -> str:
        """Return the sentence in a language: French when it is neither."""
        return self.en if language.startswith("en") else self.fr

    def fill(self, **values: object) -> Text:
        """Return the sentence with its values, each a plain value or a `Text`."""

        def one(language: str) -> dict[str, object]:
            return {k: v.say(language) if isinstance(v, Text) else v for k, v in values.items()}

        return Text(self.fr.format(**one("fr")), self.en.format(**one("en")))


NO_UNIT = Text("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """What can be set in an experiment, and within which bounds.

    `low` and `high` bound a number; of a text they bound its length. `web_high` is the most that
    a page takes, where that is less than what the command line takes.
    """

    name: str
    kind: ParamKind
    default: Value
    label: Text
    help: Text
    low: float | None = None
    high: float | None = None
    web_high: float | None = None
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, Text] = field(default_factory=dict)
    unit: Text = NO_UNIT

    def to_json(self) -> dict[str, Any]:
        """Return the parameter as `lab list --json` shows it."""
        return {
            "name": self.name,
            "type": self.kind,
            "default": self.default,
            "min": self.low,
            "max": self.high,
            "choices": list(self.choices),
            "unit": self.unit.to_json(),
            "label": self.label.to_json(),
            "help": self.help.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bound on the product of several parameters: what a run costs, or what memory it asks."""

    names: tuple[str, ...]
    high: float
    web_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that an experiment gives. `drawn`: it depends on the random draws."""

    name: str
    help: Text
    unit: Text = NO_UNIT
    kind: NumberKind = "number"
    digits: int = 3
    drawn: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the number as `lab list --json` shows it."""
        return {
            "name": self.name,
            "unit": self.unit.to_json(),
            "help": self.help.to_json(),
            "kind": self.kind,
            "digits": self.digits,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Values with a name, offered as a link."""

    label: Text
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line, row of bars or set of rectangles of a figure.

    `x` are numbers, or names in one language or both. `low` and `high`, as long as `y`, are a band
    or error bars. Of a map, `x` names the rectangles, `boxes` are their west, south, east and
    north, and `y` their value.
    """

    label: Text
    x: Sequence[float] | Sequence[str] | Sequence[Text]
    y: Sequence[float | None]
    low: Sequence[float | None] | None = None
    high: Sequence[float | None] | None = None
    style: SeriesStyle = "solid"
    boxes: Sequence[tuple[float, float, float, float]] = ()

    def along(self, language: str) -> list[float | str]:
        """Return where the values stand along the axis: numbers, or names in a language."""
        return [x.say(language) if isinstance(x, Text) else x for x in self.x]

    @property
    def is_named(self) -> bool:
        """Whether the axis has names on it, and no numbers."""
        return any(isinstance(x, str | Text) for x in self.x)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture as data. `reading` says what to see in it, from its own numbers."""

    id: str
    title: Text
    kind: FigureKind
    x_label: Text
    y_label: Text
    series: tuple[Series, ...]
    reading: Text
    x_log: bool = False
    y_log: bool = False
    y_low: float | None = None
    y_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A run whose number a reference gives: parameters that differ from the defaults, and a seed.

    The value that is expected stands in `references.toml`, under `check`. `needs` names optional
    inputs without which the number cannot be had.
    """

    check: str
    number: str
    given: Mapping[str, Value] = field(default_factory=dict)
    seed: int = 0
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the function of an experiment returns: the runner makes a `Result` of it.

    `errors` are Monte-Carlo standard errors, `intervals` hold 95 %, both by the number's name.
    `series` are the data of curves: name → {"x": […], "y": […]} or other columns.
    """

    numbers: Mapping[str, Any]
    sentence: Text
    figures: tuple[Figure, ...] = ()
    errors: Mapping[str, Any] = field(default_factory=dict)
    intervals: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    series: Mapping[str, Mapping[str, Sequence[Any]]] = field(default_factory=dict)
    reasons: Mapping[str, Text] = field(default_factory=dict)
    """Why a number is null, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One claim as a program that anyone can run again."""

    id: str
    version: int
    title: Text
    question: Text
    claim: Text
    run: Callable[[Mapping[str, Any], int, Inputs], Outcome]
    params: tuple[Param, ...]
    numbers: tuple[Number, ...]
    presets: tuple[Preset, ...] = ()
    cases: tuple[Case, ...] = ()
    limits: tuple[Limit, ...] = ()
    inputs: tuple[str, ...] = ()
    """Inputs without which no run can be made."""
    optional_inputs: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    """Parameters that change how exact a number is and not what it means, as `runs`."""
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    """References that speak against what the experiment suggests: shown at the same size."""
    technologies: tuple[str, ...] = ()
    """Technologies of the census that the claim is about."""
    method: Text = NO_UNIT
    """The formulas, in words: what another program must do to give the same numbers."""
    budget_cpu_s: float = 1.0
    cost: Callable[[Mapping[str, Any]], float] | None = None
    """About how many seconds of processor a run takes with these parameters."""

    def seconds(self, params: Mapping[str, Any]) -> float:
        """Return about how long a run takes, so that a page knows whether it may wait for it."""
        return self.cost(params) if self.cost else self.budget_cpu_s

    def defaults(self) -> dict[str, Value]:
        """Return every parameter at its default, in the declared order."""
        return {each.name: each.default for each in self.params}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A number that was expected, and what a run gave. A skipped one says why in `reason`."""

    id: str
    experiment: str
    number: str
    expected: float | int
    got: Amount
    op: Op
    tol: float
    status: Status
    kind: str
    source: str
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the check as `lab verify --json` shows it."""
        names = ("id", "experiment", "number", "expected", "got", "op", "tol", "status", "kind")
        return {name: getattr(self, name) for name in (*names, "source", "reason")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one run gave, with all that is needed to make it again."""

    experiment: str
    version: int
    params: dict[str, Value]
    seed: int
    numbers: dict[str, Amount]
    errors: dict[str, Amount]
    intervals: dict[str, list[Amount]]
    series: dict[str, dict[str, list[Any]]]
    checks: tuple[Check, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    inputs: dict[str, str]
    cpu_s: float
    certificate: dict[str, Any]
    sentence: Text
    reasons: dict[str, Text]
    figures: tuple[Figure, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what `lab run --json` prints: no NaN, no infinity."""
        checks = ("id", "expected", "got", "op", "tol", "status")
        return {
            "schema": "contrechamp.lab.result/1",
            "experiment": self.experiment,
            "version": self.version,
            "params": self.params,
            "seed": self.seed,
            "numbers": self.numbers,
            "errors": self.errors,
            "intervals": self.intervals,
            "series": self.series,
            "checks": [{name: getattr(each, name) for name in checks} for each in self.checks],
            "caveats": list(self.caveats),
            "sources": list(self.sources),
            "inputs": self.inputs,
            "cpu_s": self.cpu_s,
            "sentence": self.sentence.to_json(),
            "reasons": {name: why.to_json() for name, why in self.reasons.items()},
            "certificate": self.certificate,
        }


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: plain numbers, `None` for what is not finite."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return value + 0.0 if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value

"""What an address of the laboratory asks: one state of an experiment has one address.

Only values that differ from the default are in it, in the declared order, then the seed, then the
commune that some of them came from (design note `lab.md`, 8). Whatever else stands there is
dropped by a redirect, and a value that cannot be is told beside its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from contrechamp.lab import params
from contrechamp.lab.errors import BadParam
from contrechamp.lab.model import Experiment, Param, Text, Value

SEED, TOWN = "seed", "commune"
MOST_SEED = 2**31 - 1
"""A seed that one can copy by hand; the command line takes larger ones."""
TOWN_CODE = re.compile(r"(\d{5}|2[AB]\d{3})", re.ASCII)
LONGEST = 200
"""Signs of a value that are read: no parameter has more, and none is shown longer."""
COMMA = re.compile(r"(?<=\d),(?=\d)")
SPACES = re.compile(r"[\s\u00a0\u202f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One state of an experiment."""

    experiment: Experiment
    values: Mapping[str, Value]
    seed: int = 0
    town: str = ""
    """INSEE code of the commune that some values came from, or empty."""

    @property
    def query(self) -> str:
        """Return the one query of this state; empty for the defaults."""
        return query_of(self.experiment, self.values, seed=self.seed, town=self.town)

    @property
    def is_default(self) -> bool:
        """Whether nothing differs from the defaults."""
        return not self.query

    @property
    def command(self) -> str:
        """Return the command that gives the same numbers on any machine."""
        sets = params.changed(self.experiment, self.values).items()
        said = [f"--set {name}={value}" for name, value in sets]
        seed = [f"--seed {self.seed}"] if self.seed else []
        return " ".join(["contrechamp lab run", self.experiment.id, *said, *seed])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """An address that asks what cannot be: what was typed, and what is wrong by field."""

    typed: Mapping[str, str]
    errors: Mapping[str, Text]
    seed: int = 0
    town: str = ""
    good: Mapping[str, str] = field(default_factory=dict)
    """What was given rightly: it stays in the form."""


def query_of(
    experiment: Experiment, values: Mapping[str, Value], *, seed: int = 0, town: str = ""
) -> str:
    """Return the one query of a state."""
    pairs = list(params.changed(experiment, values).items())
    if seed:
        pairs.append((SEED, str(seed)))
    if town:
        pairs.append((TOWN, town))
    return urlencode(pairs)


def read(experiment: Experiment, pairs: Iterable[tuple[str, str]]) -> Asked | Wrong:
    """Read the pairs of an address; of a name that comes again the last one counts."""
    typed = {name: value[:LONGEST].replace("\x00", "").strip() for name, value in pairs}
    known = {each.name: each for each in experiment.params}
    given = {name: value for name, value in typed.items() if name in known and value}
    good, errors = _each(known, given)
    seed = _seed(typed.get(SEED, ""), errors)
    town = typed.get(TOWN, "")
    town = town if TOWN_CODE.fullmatch(town) else ""
    if not errors:
        try:
            values = params.read(experiment, good, on_web=True)
        except BadParam as bad:
            errors.update(dict.fromkeys(_named(bad, known), _says(bad)))
        else:
            return Asked(experiment=experiment, values=values, seed=seed or 0, town=town)
    shown = {name: value for name, value in typed.items() if name in known or name == SEED}
    return Wrong(typed=shown, errors=errors, seed=seed or 0, town=town, good=good)


def _each(
    known: Mapping[str, Param], given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Text]]:
    good: dict[str, str] = {}
    errors: dict[str, Text] = {}
    for name, value in given.items():
        plain = _plain(known[name], value)
        try:
            params.value(known[name], plain, on_web=True)
        except BadParam as bad:
            errors[name] = _says(bad)
        else:
            good[name] = plain
    return good, errors


def _plain(param: Param, value: str) -> str:
    """Take a number as people of this country type it: `0,7`, `12 000`."""
    if param.kind not in {"int", "float"}:
        return value
    return COMMA.sub(".", SPACES.sub("", value))


def _seed(typed: str, errors: dict[str, Text]) -> int | None:
    if not typed:
        return 0
    if typed.isascii() and typed.isdigit() and len(typed) <= 10 and int(typed) <= MOST_SEED:
        return int(typed)
    bound = f"{MOST_SEED}"
    errors[SEED] = Text(f"Permis : un entier de 0 à {bound}.", f"Allowed: 0 to {bound}.")
    return None


def _says(bad: BadParam) -> Text:
    return Text(f"Permis : {bad.allowed.fr}.", f"Allowed: {bad.allowed.en}.")


def _named(bad: BadParam, known: Mapping[str, Param]) -> list[str]:
    """Return the fields that an error is about: a bound may be on the product of several."""
    return [name for name in bad.name.split(" × ") if name in known] or list(known)[:1]

"""Read what was given for parameters, and write it as one address or command has it.

A value out of its bounds is refused with the bounds; nothing is clipped in silence. What a
person gives is text, as in an address: numbers with a point, `yes` and `no`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from .errors import BadParam
from .model import Experiment, Limit, Param, Text, Value

WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
DECIMAL = re.compile(r"[+-]?(\d{1,25}(\.\d{0,25})?|\.\d{1,25})(e[+-]?\d{1,3})?", re.ASCII | re.I)
TRUTHS = {"yes": True, "no": False}


def read(
    experiment: Experiment, given: Mapping[str, Any], *, on_web: bool = False
) -> dict[str, Value]:
    """Return every parameter in the declared order, those given in place of the defaults.

    Raise `BadParam` at the first that cannot be: it names the parameter and what is allowed.
    """
    known = {each.name for each in experiment.params}
    for name in given:
        if name not in known:
            names = ", ".join(each.name for each in experiment.params)
            raise BadParam(name, given[name], Text(f"les noms {names}", f"the names {names}"))
    values = {
        each.name: value(each, given[each.name], on_web=on_web)
        if each.name in given
        else each.default
        for each in experiment.params
    }
    for limit in experiment.limits:
        _check_limit(limit, values, on_web=on_web)
    return values


def value(param: Param, given: Any, *, on_web: bool = False) -> Value:
    """Return one value, read and found within its bounds, or raise `BadParam`."""
    read_value = _typed(param, given)
    if read_value is None or not _fits(param, read_value, on_web=on_web):
        raise BadParam(param.name, given, allowed(param, on_web=on_web))
    return read_value


def written(given: Value) -> str:
    """Return a value as an address and `--set` have it: `0.7`, `yes`, `none`."""
    if isinstance(given, bool):
        return "yes" if given else "no"
    return repr(given) if isinstance(given, float) else str(given)


def changed(experiment: Experiment, values: Mapping[str, Value]) -> dict[str, str]:
    """Return what differs from the defaults, written, in the declared order: the one address."""
    return {
        each.name: written(values[each.name])
        for each in experiment.params
        if values[each.name] != each.default
    }


def allowed(param: Param, *, on_web: bool = False) -> Text:
    """Return in words what a parameter may be."""
    if param.kind == "bool":
        return Text("yes, no", "yes, no")
    if param.kind == "choice":
        names = ", ".join(param.choices)
        return Text(names, names)
    low, high = _shown(param.low), _shown(_highest(param, on_web=on_web))
    if param.kind == "text":
        return Text(f"un texte de {low} à {high} signes", f"a text of {low} to {high} characters")
    if param.kind == "int":
        return Text(f"un entier de {low} à {high}", f"a whole number from {low} to {high}")
    return Text(f"un nombre de {low} à {high}", f"a number from {low} to {high}")


def _typed(param: Param, given: Any) -> Value | None:
    """Return what was given as the parameter's kind, or None."""
    if isinstance(given, str):
        return _of_text(param, given.strip())
    if param.kind == "bool":
        return given if isinstance(given, bool) else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    if param.kind == "int":
        return int(given) if float(given).is_integer() else None
    return float(given) + 0.0 if param.kind == "float" and math.isfinite(given) else None


def _of_text(param: Param, text: str) -> Value | None:
    if param.kind == "bool":
        return TRUTHS.get(text)
    if param.kind == "int":
        return int(text) if WHOLE.fullmatch(text) else None
    if param.kind == "float":
        return float(text) + 0.0 if DECIMAL.fullmatch(text) else None
    return text


def _fits(param: Param, read_value: Value, *, on_web: bool) -> bool:
    if param.kind == "choice":
        return read_value in param.choices
    if isinstance(read_value, bool):
        return True
    amount = len(read_value) if isinstance(read_value, str) else read_value
    high = _highest(param, on_web=on_web)
    return (param.low is None or amount >= param.low) and (high is None or amount <= high)


def _highest(param: Param, *, on_web: bool) -> float | None:
    return param.web_high if on_web and param.web_high is not None else param.high


def _shown(bound: float | None) -> str:
    return "…" if bound is None else f"{bound:.15g}"


def _check_limit(limit: Limit, values: Mapping[str, Value], *, on_web: bool) -> None:
    high = limit.web_high if on_web else limit.high
    product = math.prod(float(values[name]) for name in limit.names)
    if product > high:
        names = " × ".join(limit.names)
        raise BadParam(names, f"{product:.0f}", Text(f"{high:.0f} au plus", f"at most {high:.0f}"))

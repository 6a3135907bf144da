"""Short ways to declare parameters and numbers: both languages side by side, bounds as a pair."""

from __future__ import annotations

from .model import Number, NumberKind, Param, Text

Pair = tuple[str, str]
"""The same words in French and in English."""
MANY = 1e9


def whole(name: str, default: int, bounds: tuple[float, float], label: Pair, about: Pair) -> Param:
    """Declare a whole number within its bounds."""
    low, high = bounds
    return Param(
        name=name,
        kind="int",
        default=default,
        low=low,
        high=high,
        label=Text(*label),
        help=Text(*about),
    )


def real(
    name: str,
    default: float,
    bounds: tuple[float, float],
    label: Pair,
    about: Pair,
    *,
    unit: Pair = ("", ""),
) -> Param:
    """Declare a number with a point within its bounds."""
    low, high = bounds
    return Param(
        name=name,
        kind="float",
        default=default,
        low=low,
        high=high,
        label=Text(*label),
        help=Text(*about),
        unit=Text(*unit),
    )


def choice(name: str, default: str, choices: dict[str, Pair], label: Pair, about: Pair) -> Param:
    """Declare a choice between names, each with its words."""
    return Param(
        name=name,
        kind="choice",
        default=default,
        choices=tuple(choices),
        choice_labels={key: Text(*words) for key, words in choices.items()},
        label=Text(*label),
        help=Text(*about),
    )


def gives(
    name: str,
    kind: NumberKind,
    french: str,
    english: str,
    *,
    digits: int = 3,
    unit: Pair = ("", ""),
    drawn: bool = False,
) -> Number:
    """Declare a number that a run gives, and what it is."""
    return Number(
        name=name,
        kind=kind,
        digits=digits,
        help=Text(french, english),
        unit=Text(*unit),
        drawn=drawn,
    )

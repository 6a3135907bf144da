"""Bounds as people write them: between two dates, since a month, more than an amount.

date:2021..2024   date:2021   date:>2021   depuis:2024-03   avant:2022   après:"mars 2021"
montant:>50000    montant:10000..50000     montant:"1 M€.."
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contrechamp.kernel import uncertain
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.money import CENT, parse_amount

NO_DATE = gettext_noop(
    "« {text} » n'est pas une date que nous comprenons : écrivez par exemple 2021, 2021-03, "
    "03/11/2021 ou mars 2021. Cette limite n'est pas appliquée."
)
NO_AMOUNT = gettext_noop(
    "« {text} » n'est pas un montant : écrivez par exemple 50000, 50 000 € ou 2,5 M€. "
    "Cette limite n'est pas appliquée."
)
BACKWARDS = gettext_noop("« {text} » finit avant de commencer : cette limite n'est pas appliquée.")
NOT_EXCLUDED = gettext_noop(
    "« {text} » : une période ou un montant ne s'écarte pas. Demandez plutôt ce qui reste."
)

DAY, AMOUNT = "day", "amount"
_YEARS = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4})")
_SIGNED = re.compile(r"(>=|<=|>|<|≥|≤)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Numbers that something must lie between, both included; None where there is no bound."""

    field: str
    """day (ordinals of `datetime.date`) or amount (euros)."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something typed that means nothing where it stands, with the sentence that says so."""

    field: str
    """since, until, least or most: the field of the form; empty for the words."""
    sentence: str
    text: str


def read_days(how: str, text: str) -> Bounds:
    """Return the days that were meant; `how` is date, since, after, before or until.

    What is no date, or ends before it begins, is `Refused`.
    """
    written = " ".join(text.replace("…", "..").split())
    if how == "date":
        return _period(written)
    first, last = _day(written)
    match how:
        case "since":
            return Bounds(DAY, first)
        case "after":
            return Bounds(DAY, last + 1)
        case "before":
            return Bounds(DAY, None, first - 1)
        case _:
            return Bounds(DAY, None, last)


def read_amounts(text: str) -> Bounds:
    """Return the amounts that were meant: `>50000`, `10000..50000`, `50000`."""
    written = " ".join(text.replace("…", "..").split())
    low, dots, high = written.partition("..")
    if dots:
        return _ordered(Bounds(AMOUNT, _euros(low), _euros(high)), written, NO_AMOUNT)
    if found := _SIGNED.fullmatch(written):
        amount = _decimal(found[2])
        return {
            ">": Bounds(AMOUNT, float(amount + CENT)),
            "<": Bounds(AMOUNT, None, float(amount - CENT)),
        }.get(found[1]) or (
            Bounds(AMOUNT, float(amount))
            if found[1] in {">=", "≥"}
            else Bounds(AMOUNT, None, float(amount))
        )
    return Bounds(AMOUNT, _euros(written), _euros(written))


def day_of(number: float) -> date:
    """Return the day of a bound."""
    return date.fromordinal(int(number))


def _period(written: str) -> Bounds:
    if found := _YEARS.fullmatch(written):
        written = f"{found[1]}..{found[2]}"
    first, dots, last = written.partition("..")
    if dots:
        low = _day(first)[0] if first.strip() else None
        high = _day(last)[1] if last.strip() else None
        return _ordered(Bounds(DAY, low, high), written, NO_DATE)
    when = _parsed(written)
    return Bounds(
        DAY,
        when.earliest.toordinal() if when.earliest else None,
        when.latest.toordinal() if when.latest else None,
    )


def _day(text: str) -> tuple[int, int]:
    """Return the first and the last day of a year, a month or a day."""
    when = _parsed(text)
    if when.earliest is None or when.latest is None:
        raise Refused(NO_DATE, text=text.strip())
    return when.earliest.toordinal(), when.latest.toordinal()


def _parsed(text: str) -> uncertain.UncertainDate:
    try:
        when = uncertain.parse(text.strip())
    except Refused:
        raise Refused(NO_DATE, text=text.strip()) from None
    if not when.is_known:
        raise Refused(NO_DATE, text=text.strip())
    return when


def _euros(text: str) -> float | None:
    return float(_decimal(text)) if text.strip() else None


def _decimal(text: str) -> Decimal:
    try:
        return parse_amount(text)
    except Refused:
        raise Refused(NO_AMOUNT, text=text.strip()) from None


def _ordered(bounds: Bounds, written: str, nothing: str) -> Bounds:
    if bounds.low is None and bounds.high is None:
        raise Refused(nothing, text=written)
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        raise Refused(BACKWARDS, text=written)
    return bounds


def limits(since: str, until: str, least: str, most: str) -> tuple[list[Bounds], list[Problem]]:
    """Read the four fields of a form, each by itself, then the two pairs together."""
    days, day_problems = _pair("since", since, "until", until)
    amounts, amount_problems = _pair("least", least, "most", most)
    return [*days, *amounts], [*day_problems, *amount_problems]


def _pair(
    first: str, first_text: str, last: str, last_text: str
) -> tuple[list[Bounds], list[Problem]]:
    bounds: dict[str, Bounds] = {}
    problems: list[Problem] = []
    for name, text in ((first, first_text), (last, last_text)):
        if not text.strip():
            continue
        try:
            bounds[name] = _one(name, text)
        except Refused as why:
            problems.append(Problem(name, why.sentence, text.strip()[:60]))
    low = bounds[first].low if first in bounds else None
    high = bounds[last].high if last in bounds else None
    if low is not None and high is not None and low > high:
        text = f"{first_text.strip()[:30]} – {last_text.strip()[:30]}"
        return [], [*problems, Problem(last, BACKWARDS, text)]
    return list(bounds.values()), problems


def _one(name: str, text: str) -> Bounds:
    if name in {"since", "until"}:
        return read_days(name, text)
    amount = float(_decimal(text))
    return Bounds(AMOUNT, amount) if name == "least" else Bounds(AMOUNT, None, amount)

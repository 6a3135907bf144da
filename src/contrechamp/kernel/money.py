"""Amounts of money as administrations, registers and newspapers write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from .errors import Refused, gettext_noop

CENT = Decimal("0.01")
CEILING = Decimal(10) ** 12
"""What the tables hold (fourteen digits, two of them cents)."""

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "million": 10**6, "md": 10**9, "milliard": 10**9}
_AMOUNT = re.compile(
    r"(?P<number>[0-9][0-9 .,']*)\s*(?P<unit>k|md|millions?|milliards?|m)?\s*(?:d')?"
    r"(?:€|eur|euros?)?\s*(?:ht|ttc|hors taxes?|toutes taxes comprises)?"
)


def parse_amount(text: str) -> Decimal:
    """Return an amount such as `1 234,56 €`, `1.234.567`, `368,986` or `2,5 M€`.

    A sum has two decimals at most: one separator before exactly three last digits separates
    thousands. What cannot be read is `Refused`.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").strip()
    found = _AMOUNT.fullmatch(plain)
    number = found and _number(found["number"].strip(" "), has_unit=bool(found["unit"]))
    if not found or number is None:
        raise Refused(
            gettext_noop("« {text} » n'est pas un montant. Écrivez par exemple 1234,56 ou 2,5 M€."),
            text=text.strip()[:60],
        )
    amount = (number * _UNITS[(found["unit"] or "").rstrip("s")]).quantize(CENT)
    if amount >= CEILING:
        raise Refused(gettext_noop("{amount} € est plus que ce qui peut être noté."), amount=amount)
    return amount


def _number(text: str, *, has_unit: bool) -> Decimal | None:
    """Read digits with separators, or None when they stand where none can."""
    text = re.sub(r"(?<=[0-9])[ '](?=[0-9]{3}(?![0-9]))", "", text)
    if re.fullmatch(r"[0-9]+", text):
        return Decimal(text)
    if found := re.fullmatch(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)", text):
        if not has_unit:
            return Decimal(re.sub(r"[.,]", "", found[1]))
        return Decimal(text.replace(",", "."))
    if found := re.fullmatch(r"([0-9]{1,3}(?:([.,])[0-9]{3})+)(?!\2)[.,]([0-9]{1,2})", text):
        return Decimal(re.sub(r"[.,]", "", found[1]) + "." + found[3])
    if found := re.fullmatch(r"([0-9]+)[.,]([0-9]+)", text):
        if len(found[2]) > 2 and not has_unit:
            # Machines write floating numbers, 327276.6300; a third decimal that says
            # something is no sum of money.
            if found[2][2:].strip("0"):
                return None
            return Decimal(f"{found[1]}.{found[2][:2]}")
        return Decimal(f"{found[1]}.{found[2]}")
    return None

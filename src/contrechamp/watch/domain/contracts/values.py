"""Values of contracts made sure: official numbers, sums, days, months, CPV codes, places."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from contrechamp.kernel.errors import Refused
from contrechamp.kernel.money import parse_amount
from contrechamp.kernel.numbers import compact, is_siren, is_siret
from contrechamp.places.domain.packaged import Commune, packaged_communes

from .record import Day

NOT_STATED = ("", "nc", "n/c", "nd", "n/a", "na", "none", "null", "inconnu", "non renseigné", "cdl")
_EARLIEST, _LATEST = 1990, 2100
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
LARGEST = Decimal(10) ** 11


def siret_of(typed: str | None) -> str | None:
    """Return fourteen digits that check, leading zeros put back, or None."""
    if not typed:
        return None
    digits = compact(typed)
    if not digits.isdigit():
        return None
    for length in (14, 13, 12):
        if len(digits) == length and is_siret(digits.zfill(14)):
            return digits.zfill(14)
    return None


def siren_in(typed: str | None) -> str | None:
    """Return the SIREN of a SIRET, SIREN or French VAT number that checks, or None."""
    if not typed:
        return None
    digits = compact(typed)
    if re.fullmatch(r"FR[0-9A-Z]{2}[0-9]{9}", digits):
        digits = digits[4:]
    if not digits.isdigit():
        return None
    if siret := siret_of(digits):
        return siret[:9]
    for length in (9, 8):
        if len(digits) == length and is_siren(digits.zfill(9)):
            return digits.zfill(9)
    # A wrong establishment still names its company.
    return digits[:9] if len(digits) == 14 and is_siren(digits[:9]) else None


def amount_of(typed: object) -> tuple[Decimal | None, bool]:
    """Return a sum, and whether what stands there is none. 0, 1 cent and rows of 9 say nothing."""
    if typed is None or isinstance(typed, bool):
        return None, False
    if isinstance(typed, int | float | Decimal):
        value = Decimal(str(typed))
    else:
        text = str(typed).strip()
        if text.casefold() in NOT_STATED:
            return None, False
        try:
            value = Decimal(text)
        except InvalidOperation:
            try:
                value = parse_amount(text)
            except Refused:
                return None, True
    if not value.is_finite() or value < 0 or value >= LARGEST:
        return None, True
    if value <= Decimal("0.01") or re.fullmatch(r"9{7,}", str(value.quantize(Decimal(1)))):
        return None, False
    return value.quantize(Decimal("0.01")), False


def day_of(typed: object) -> Day:
    """Return the day of `2019-03-01+01:00`, `30/01/2019`; bad when there is no such day."""
    text = str(typed or "").strip()
    if text.casefold() in NOT_STATED:
        return Day()
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _FRENCH.match(text):
        day, month, year = map(int, found.groups())
    else:
        return Day(is_bad=True)
    try:
        value = date(year, month, day)
    except ValueError:
        return Day(is_bad=True)
    if not _EARLIEST <= year <= _LATEST:
        return Day(is_bad=True)
    return Day(value=value)


def months_of(typed: object) -> int | None:
    """Return a number of months, or None when none that can be is stated."""
    try:
        months = int(Decimal(str(typed).strip()))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return months if 0 < months < 999 else None


def cpv_of(typed: object) -> str | None:
    """Return the eight digits of a CPV code, with or without check digit or leading zero."""
    found = re.match(r"\s*(\d{7,9})(?:\s*-\s*\d)?", str(typed or ""))
    return found[1].zfill(8)[:8] if found else None


@cache
def _by_siren() -> dict[str, Commune]:
    return {each.siren: each for each in packaged_communes() if each.siren}


@cache
def _by_insee() -> dict[str, Commune]:
    return {each.insee: each for each in packaged_communes()}


@cache
def _by_postal_code() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, list[Commune]] = {}
    for each in packaged_communes():
        for code in each.postal_codes:
            found.setdefault(code, []).append(each)
    return {code: tuple(each) for code, each in found.items()}


def commune_of_siren(siren: str | None) -> Commune | None:
    """Return the commune that a SIREN is of, in the packaged gazetteer."""
    return _by_siren().get(siren or "")


def commune_of_insee(code: str | None) -> Commune | None:
    """Return the commune of an INSEE code, or None."""
    return _by_insee().get((code or "").upper())


def communes_of_postal_code(code: str | None) -> tuple[Commune, ...]:
    """Return the communes that share a postal code."""
    return _by_postal_code().get(code or "", ())

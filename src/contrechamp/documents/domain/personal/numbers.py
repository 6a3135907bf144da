"""Numbers that check themselves, or that a word beside them explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .kinds import Kind, Passage

_NIR = re.compile(
    r"(?<!\d)[1-478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2\s?[AB])\s?\d{3}\s?\d{3}"
    r"[\s/-]{0,3}\d{2}(?!\d)"
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}")
_CARD = re.compile(
    r"(?<![\d.,-])(?:\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|3[47]\d{2}[ -]?\d{6}[ -]?\d{5})(?![\d-])"
)
_CARD_FIRST = re.compile(r"4|5[1-5]|2[2-7]|3[47]")
_TELEPHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)33[ \u00a0.]?(?:\(0\))?[ \u00a0.]?|"
    r"0)[1-9](?:[ \u00a0.-]?\d{2}){4}(?![\d])(?!-\d)"
)
_SIV = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}([- ])\d{3}\1[A-HJ-NP-TV-Z]{2}(?![\w-])")
_SIV_TIGHT = re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}\d{3}[A-HJ-NP-TV-Z]{2}(?![\w-])")
_FNI = re.compile(r"(?<![\w-])\d{1,4}[ -]?[A-HJ-NP-TV-Z]{1,3}[ -]?(?:\d{2}|2[AB])(?![\w-])")
_VEHICLE = re.compile(r"(?i)immatricul|plaque|v[ée]hicule")
_SEVEN = re.compile(r"(?<![\d.,/-])\d{7}(?![\d.,/-])")
_AGENT = re.compile(r"\bR\.?I\.?O\b|(?i:matricule|référentiel des identités)")
_LENGTHS = {
    "FR": 27, "MC": 27, "BE": 16, "DE": 22, "ES": 24, "IT": 27, "LU": 20, "CH": 21, "GB": 22,
    "NL": 18, "PT": 25, "AT": 20, "IE": 22, "PL": 28, "MT": 31, "CY": 28, "EE": 20, "LV": 21,
    "LT": 20, "SK": 24, "SI": 19, "CZ": 24, "HU": 28, "RO": 24, "BG": 22, "HR": 21, "DK": 18,
    "SE": 24, "FI": 18, "NO": 15, "GR": 27, "TN": 24, "TR": 26, "AD": 24, "SM": 27, "LI": 21,
    "MR": 27, "MU": 30, "IS": 26,
}  # fmt: skip
"""Letters and digits of an IBAN by country. Of others nothing is taken: plot numbers look alike."""
_PUBLIC_LINE = re.compile(
    r"(?i)standard|t[ée]l[ée]copie|\bfax\b|www\.|\.gouv\.fr|cedex|accueil du public|horaires|"
    r"pr[ée]fecture|mairie|h[ôo]tel de (?:ville|police)|direction (?:g[ée]n|d[ée]part|r[ée]gion|"
    r"inter)"
)
NEAR = 45
"""Characters before a number in which a word explains it."""
AROUND = 160
"""Characters around a number in which a letterhead names itself."""


def is_social_security(text: str) -> bool:
    """Answer whether 13 digits and a key are a French social-security number.

    The key is 97 less the remainder of the number by 97; in Corsica 2A counts as 19, 2B as 18
    (decree 82-103 of 22 January 1982, articles 4 and 5).
    """
    plain = re.sub(r"[\s/-]", "", text)
    body, key = plain[:-2].replace("2A", "19").replace("2B", "18"), plain[-2:]
    return len(body) == 13 and body.isdecimal() and int(key) == 97 - int(body) % 97


def is_iban(text: str) -> bool:
    """Answer whether a text is an IBAN whose key is right (ISO 13616: the remainder by 97 is 1)."""
    plain = "".join(text.split())
    if not 15 <= len(plain) <= 34 or not plain.isalnum() or not plain.isascii():
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_card(text: str) -> bool:
    """Answer whether digits are a bank card's: its first ones, and Luhn's sum."""
    digits = [int(sign) for sign in text if sign.isdecimal()]
    if len(digits) not in {15, 16} or not _CARD_FIRST.match(re.sub(r"\D", "", text)):
        return False
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def find(text: str) -> Iterator[Passage]:
    """Yield every number of a kind that is a private person's."""
    for found in _NIR.finditer(text):
        if is_social_security(found.group()):
            yield Passage(*found.span(), Kind.SOCIAL_SECURITY)
    for found in _IBAN.finditer(text):
        if end := _iban_end(found.group()):
            yield Passage(found.start(), found.start() + end, Kind.IBAN)
    for found in _CARD.finditer(text):
        if is_card(found.group()):
            yield Passage(*found.span(), Kind.BANK_CARD)
    for found in _TELEPHONE.finditer(text):
        if not _is_public_telephone(text, found):
            yield Passage(*found.span(), Kind.TELEPHONE)
    yield from _plates(text)
    for found in _SEVEN.finditer(text):
        if _AGENT.search(text, max(found.start() - NEAR, 0), found.start()):
            yield Passage(*found.span(), Kind.RIO)


def _iban_end(text: str) -> int:
    """Return where the IBAN ends that a text begins with, or 0: what follows may look alike."""
    wanted = _LENGTHS.get(text[:2])
    count = 0
    for index, sign in enumerate(text):
        count += not sign.isspace()
        if not sign.isspace() and count == wanted:
            return index + 1 if is_iban(text[: index + 1]) else 0
    return 0


def _is_public_telephone(text: str, found: re.Match[str]) -> bool:
    """Answer whether a number is a switchboard's: one with special rates, or in a letterhead."""
    first = re.sub(r"\D", "", found.group())[-9]
    if first == "8":
        return True
    if first in "67":
        return False
    start, end = max(found.start() - AROUND, 0), found.end() + AROUND
    return bool(_PUBLIC_LINE.search(text, start, end))


def _plates(text: str) -> Iterator[Passage]:
    for found in _SIV.finditer(text):
        yield Passage(*found.span(), Kind.PLATE)
    if not _VEHICLE.search(text):
        return
    for pattern in (_SIV_TIGHT, _FNI):
        for found in pattern.finditer(text):
            if _VEHICLE.search(text, max(found.start() - NEAR, 0), found.start()):
                yield Passage(*found.span(), Kind.PLATE)

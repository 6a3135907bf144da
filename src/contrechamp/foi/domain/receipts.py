"""What an acknowledgement or a refusal says of dates and remedies, with the words that say it.

A period is opposable to the requester only if the letter named the CADA *and* its two months
(CRPA R112-11-1, L311-14, L412-3): the two are read apart and both are needed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .canonical import Canonical
from .patterns import tolerant

NEAR = 400
"""Signs between the CADA's name and the two months: one paragraph on remedies."""

CADA = re.compile(
    tolerant(r"commission d.acces aux documents administratifs|\bc\.? ?a\.? ?d\.? ?a\b")
)
TWO_MONTHS = re.compile(tolerant(r"(?:deux|2|\(2\)) ?(?:\(2\) )?mois"))
_REMEDIES = re.compile(
    tolerant(
        r"voies? et (des )?delais? de recours|voies? de recours|recours|contest\w+|saisi\w*|saisine"
        r"|saisie|defere\w*|former|dispos\w+ d.un delai"
    )
)
_TO_YOU = re.compile(tolerant(r"recours|contest\w+|vous (?:pouvez|pourrez|avez la|dispos\w+)"))
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet"),
    *("aout", "septembre", "octobre", "novembre", "decembre"),
)
_DAY = re.compile(
    r"(?P<d>\d{1,2})(?: ?er)? (?P<m>" + "|".join(_MONTHS) + r") (?P<y>20\d\d)"
    r"|(?P<d2>\d{1,2}) ?[/.-] ?(?P<m2>\d{1,2}) ?[/.-] ?(?P<y2>20\d\d)"
)
_RECEIVED = re.compile(
    tolerant(
        r"(?:recue?|receptionnee?|recu|enregistree?|parvenue?|reception|recevoir|accuse reception)"
        r"[^\n.;]{0,110}?(?:\ble|\bdu|date du|en date du|:|dans nos services le) (?=\d)"
    )
)
_IMPLIED = re.compile(
    tolerant(
        r"(?:implicite\w*|reputee? (?:rejetee?|refusee?)|vaudra|vaut|silence|a defaut de reponse"
        r"|sans reponse|absence de reponse)"
        r"[^\n.;]{0,140}?(?:\ble|\bau|\bdu|avant le|a compter du|date du) (?=\d)"
    )
)
_NUMBER = re.compile(
    tolerant(
        r"(?:enregistree?|reference|references|dossier|numero|demande|ref)[^\n.;]{0,40}?"
        r"(?:\bn ?° ?|numero ?:? ?|reference ?:? ?|\bref\.? ?:? ?)"
        r"(?P<number>[a-z0-9][a-z0-9/_.-]{2,30}\d)"
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the words that say it, as they stand in the original."""

    value: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is proposed of a receipt; days as `2026-01-15`. None: not said."""

    received_on: Said | None = None
    implied_on: Said | None = None
    number: Said | None = None


def remedies(letter: Canonical, text: str) -> Said | None:
    """Return the passage that names the CADA and its two months in a matter of remedies.

    Value `stated` when both are there; `missing` with the words on remedies when one of them is
    not; None when the letter says nothing of remedies.
    """
    names = list(CADA.finditer(letter.text))
    periods = list(TWO_MONTHS.finditer(letter.text))
    pairs = [
        (min(n.start(), p.start()), max(n.end(), p.end()))
        for n in names
        for p in periods
        if max(n.start(), p.start()) - min(n.end(), p.end()) <= NEAR
    ]
    for start, end in sorted(pairs, key=lambda pair: (pair[1] - pair[0], pair)):
        around = letter.text[max(0, start - 150) : end + 150]
        if _REMEDIES.search(around):
            return _said("stated", letter, text, start, end)
    found = re.search(
        tolerant(r"voies? et (des )?delais? de recours|\brecours\b(?! (?:que|forme|depose|a))"),
        letter.text,
    )
    if found and not names:
        return _said("missing", letter, text, *found.span())
    for name in names:
        if _TO_YOU.search(letter.text[max(0, name.start() - 150) : name.end() + 150]):
            return _said("missing", letter, text, *name.span())
    return None


def receipt(letter: Canonical, text: str) -> Receipt:
    """Return the dates and the number of an acknowledgement, each with its words."""
    return Receipt(
        received_on=_dated(_RECEIVED, letter, text),
        implied_on=_dated(_IMPLIED, letter, text),
        number=next(_numbers(letter, text), None),
    )


def _dated(pattern: re.Pattern[str], letter: Canonical, text: str) -> Said | None:
    for match in pattern.finditer(letter.text):
        found = _DAY.match(letter.text, match.end())
        if found and (day := _day(found)):
            return _said(day.isoformat(), letter, text, match.start(), found.end())
    return None


def _day(found: re.Match[str]) -> date | None:
    day, month, year = (found["d"], found["m"], found["y"])
    number = _MONTHS.index(month) + 1 if month else int(found["m2"])
    try:
        return date(int(year or found["y2"]), number, int(day or found["d2"]))
    except ValueError:
        return None


def _numbers(letter: Canonical, text: str) -> Iterator[Said]:
    for match in _NUMBER.finditer(letter.text):
        start, end = letter.original(*match.span("number"))
        yield Said(text[start:end], start, end, text[start:end])


def _said(value: str, letter: Canonical, text: str, start: int, end: int) -> Said:
    first, last = letter.original(start, end)
    return Said(value, first, last, text[first:last])

"""What an authority states about a request: received when, under which number, which remedies.

Only what the sender wrote counts: our own letter names the CADA too, and comes back quoted.
Source: CRPA L112-3, R112-5, R112-11-1 and following; `law` D4 and D17.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from itertools import islice

from .french import dates_in, plain
from .shapes import Acknowledgement

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý«(-])|\n\s*\n|\n(?=\s*[-•*–])")
_RECEIVED = re.compile(
    r"(?:recue?s?|reception(?:nee?s?)?|parvenue?s?|enregistree?s?|deposee?s?)\b[^.;]{0,80}$"
)
_BEFORE_DATE = re.compile(r"(?:\ble|\bau|:|\bdu jour,? le)\s*$")
_IMPLIED = re.compile(
    r"implicit|silence|reputee? (?:rejet|refus)|(?:defaut|absence) de reponse|vaudra (?:rejet"
    r"|refus)"
)
_FROM_DATE = re.compile(
    r"(?:a compter|a partir|depuis|recue?|reception|en date|demande)\b(?:(?!soit|nait"
    r"|intervien)[^.]){0,30}$"
)
_NUMBER = re.compile(
    r"(?:enregistree?s?\s+(?:par nos services\s+)?sous\s+(?:le\s+|la\s+)?(?:n[°ºo]\.?|numero"
    r"|reference|ref\.?)"
    r"(?:\s+de\s+\w{3,12})?|"
    r"(?:n[°ºo]\.?|numero|reference|ref\.?)\s+(?:de\s+(?:votre\s+|la\s+)?|du\s+)?(?:dossier|suivi"
    r"|demande|ticket|depot|courrier|enregistrement)"
    r"|nos\s+ref(?:erences?|\.)?|(?:dossier|ticket|suivi)\s+(?:n[°ºo]\.?|numero)|notre reference)"
    r"\s{0,3}[:.#]?\s{0,3}(?:n[°ºo]\.?\s{0,2})?(?P<number>[a-z0-9][a-z0-9/_.-]{2,40})"
)
_OURS = re.compile(r"^(?:cc-)?[a-z]{1,4}-[0-9a-z]{10}(?:-|$)")
_CADA = re.compile(r"\bcada\b|commission d'acces aux documents administratifs")
_TWO_MONTHS = re.compile(r"\b(?:deux|2|ii)(?:\s*\(\s*(?:2|deux)\s*\))?\s+mois\b")
_REMEDY = re.compile(r"sais(?:i|ir|ine|issez)|recours|contest|avis prealable|pour avis")
_ASKER = re.compile(
    r"\b(?:nous|je|j'|l'association)\s*(?:nous\s+|me\s+|m')?(?:saisi(?:rons|rai|ssons|s)|reserv\w+"
    r"|pourr(?:ons|ai)|sera(?:i|it)|serons|entend\w+|envisage\w+|demand\w+|souhait\w+)\b"
)
NEAR = 450
"""Characters on each side in which the CADA and its two months belong together."""
LOOK_BACK = 160
MOST_MENTIONS = 40


def acknowledgement(
    fresh: str, *, has_letter: bool = False, ours: Collection[str] = ()
) -> Acknowledgement | None:
    """Return the facts that a text states, with the words they were read in; None without any.

    `has_letter`: a document is attached, so that what the text leaves out may be there. `ours`:
    texts of our own (the letter, its follow-ups): their lines are left out wherever they stand.
    """
    told = without_ours(fresh, ours)
    folded = plain(told)
    quotes: list[str] = []
    received = _received_on(told, folded, quotes)
    number = _number(told, folded, quotes)
    implied = _implied_on(told, folded, quotes)
    remedies = _names_remedies(told, folded, quotes)
    if remedies is False and (has_letter or not told.strip()):
        remedies = None
    if not quotes and remedies is not False:
        return None
    return Acknowledgement(
        received_on=received,
        number=number,
        implied_on=implied,
        names_remedies=remedies,
        quotes=tuple(dict.fromkeys(quotes)),
    )


def without_ours(text: str, ours: Collection[str]) -> str:
    """Return the text without the lines that are ours, word for word."""
    known = {_key(line) for one in ours for line in one.splitlines()} - {""}
    return "\n".join(line for line in text.splitlines() if _key(line) not in known)


def _key(line: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(line))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence or paragraph starts and ends."""
    found, at = [], 0
    for cut in _SENTENCE.finditer(text):
        found.append((at, cut.start()))
        at = cut.end()
    return [*found, (at, len(text))]


def quote(text: str, start: int, end: int) -> str:
    """Return the words of a text on one line, at most so many."""
    return " ".join(text[start:end].split())[:400]


def _received_on(told: str, folded: str, quotes: list[str]) -> date | None:
    for start, end in sentences(told):
        for at, _, day in dates_in(folded[start:end]):
            before = folded[max(start, start + at - LOOK_BACK) : start + at]
            if _BEFORE_DATE.search(before) and _RECEIVED.search(before):
                quotes.append(quote(told, start, end))
                return day
    return None


def _implied_on(told: str, folded: str, quotes: list[str]) -> date | None:
    for start, end in sentences(told):
        sentence = folded[start:end]
        if _IMPLIED.search(sentence):
            days = [
                day
                for at, _, day in dates_in(sentence)
                if not _FROM_DATE.search(sentence[max(at - LOOK_BACK, 0) : at])
            ]
            if days:
                quotes.append(quote(told, start, end))
                return days[-1]
    return None


def _number(told: str, folded: str, quotes: list[str]) -> str:
    for found in _NUMBER.finditer(folded):
        start, end = found.span("number")
        number = told[start:end].rstrip("./-_")
        if any(sign.isdigit() for sign in number) and not _OURS.match(number.lower()):
            quotes.append(quote(told, found.start(), end))
            return number
    return ""


def _names_remedies(told: str, folded: str, quotes: list[str]) -> bool | None:
    """Answer whether the CADA and its two months are named; None when only one of them is."""
    spans = sentences(told)
    named = None
    for found in islice(_CADA.finditer(folded), MOST_MENTIONS):
        start, end = next((one for one in spans if one[0] <= found.start() < one[1]), (0, 0))
        if _ASKER.search(folded[start:end]):
            continue
        named = True
        low, high = max(found.start() - NEAR, 0), found.end() + NEAR
        months = _TWO_MONTHS.search(folded, low, high)
        if months and _REMEDY.search(folded, low, high):
            first, last = sorted([found.span(), months.span()])
            quotes.append(quote(told, min(start, first[0]), max(end, last[1])))
            return True
        quotes.append(quote(told, start, end))
    return None if named else False

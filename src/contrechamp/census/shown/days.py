"""Uncertain dates as one says them: `2024-03` is March 2024, and never an invented day."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WORD = re.compile(r"(avant|après|apres|vers|depuis|<|>|~)\s*(.+)", re.IGNORECASE)


def written(text: str) -> str:
    """Return a date as its source gives it, its figures turned into words."""
    text = text.strip()
    if found := _WORD.fullmatch(text):
        return _around(found[1].casefold(), _plain(found[2]))
    first, slash, last = text.partition("/")
    if slash and _plain(first) and _plain(last) and len(first) >= 4 and len(last) >= 4:
        return gettext("entre {first} et {last}").format(first=_plain(first), last=_plain(last))
    return _plain(text)


def is_day(text: str) -> bool:
    """Answer whether a text is one day, so that French puts an article before it."""
    return _DAY.fullmatch(text.strip()) is not None


def since(text: str) -> str:
    """Say from when."""
    if is_day(text):
        return gettext("depuis le {day}").format(day=written(text))
    if found := _WORD.fullmatch(text.strip()):
        return written(found[0])
    return gettext("depuis {day}").format(day=written(text))


def until(text: str) -> str:
    """Say until when."""
    if is_day(text):
        return gettext("jusqu'au {day}").format(day=written(text))
    return gettext("jusqu'à {day}").format(day=written(text))


def between(start: str, end: str) -> str:
    """Say from when until when."""
    if is_day(start) and is_day(end):
        return gettext("du {start} au {end}").format(start=written(start), end=written(end))
    return gettext("de {start} à {end}").format(start=written(start), end=written(end))


def _around(word: str, day: str) -> str:
    sentences = {
        "avant": gettext("avant {day}"),
        "<": gettext("avant {day}"),
        "après": gettext("après {day}"),
        "apres": gettext("après {day}"),
        ">": gettext("après {day}"),
        "vers": gettext("vers {day}"),
        "~": gettext("vers {day}"),
        "depuis": gettext("depuis {day}"),
    }
    return sentences[word].format(day=day)


def _plain(text: str) -> str:
    """Return a day or a month in words; anything else as it is."""
    try:
        if found := _DAY.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return date_format(day, "j F Y")
        if found := _MONTH.fullmatch(text):
            return date_format(date(int(found[1]), int(found[2]), 1), "F Y")
    except ValueError:
        return text
    return text

"""Django's own filter for dates, with the ordinal that French wants. A builtin of our templates."""

from __future__ import annotations

from datetime import date as day
from functools import lru_cache
from typing import Any

from django import template
from django.template.defaultfilters import date as plain
from django.utils.translation import get_language

from contrechamp.kernel.typography import first_of_month, french

register = template.Library()

FOR_PROGRAMS = {"c", "Y-m-d"}
"""Forms that hold no words."""


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Write a date: `1er mars 2026`, its day and month held together."""
    text = str(plain(value, arg))
    if arg in FOR_PROGRAMS or not isinstance(value, day) or (get_language() or "fr")[:2] != "fr":
        return text
    return _french(text)


@lru_cache(maxsize=2_000)
def _french(text: str) -> str:
    """Set a date as French is set: the same few are on every page."""
    return first_of_month(french(text))

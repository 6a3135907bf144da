"""Django's own filter for dates, with the ordinal that French wants. A builtin of our templates."""

from __future__ import annotations

from datetime import date as day
from typing import Any

from django import template
from django.template.defaultfilters import date as plain
from django.utils.translation import get_language

from contrechamp.kernel.typography import first_of_month, french

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Write a date: `1er mars 2026`, its day and month held together."""
    text = str(plain(value, arg))
    if not isinstance(value, day) or (get_language() or "fr")[:2] != "fr":
        return text
    return first_of_month(french(text))

"""What pictures and their legends are drawn with: shapes, dashes, bars of years."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contrechamp.ui.domain import years
from contrechamp.ui.domain.palette import KINDS

register = template.Library()


@register.simple_tag
def shape(number: int) -> SafeString:
    """Draw the shape of a kind, in its colour, as large as a letter."""
    return format_html(
        '<svg class="shape kind-{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        number,
        KINDS[number].path,
    )


@register.simple_tag
def stroke(number: int) -> SafeString:
    """Draw a piece of the line of a kind, in its colour and with its dash."""
    return format_html(
        '<svg class="stroke kind-{}" viewBox="0 0 44 8" aria-hidden="true" focusable="false">'
        '<path d="M0 4h44"/></svg>',
        number,
    )


@register.simple_tag
def year_bars(bars: Iterable[years.Count]) -> years.Bars:
    """Place the bars of years."""
    return years.lay_out(bars or ())

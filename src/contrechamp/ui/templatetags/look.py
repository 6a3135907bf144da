"""Small things that every page shows the same way: addresses, pages of a list, money, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from contrechamp.foundation.copying import Copy, current_copy
from contrechamp.foundation.words import written

register = template.Library()

STATES = {
    "draft": gettext_noop("brouillon"),
    "in_review": gettext_noop("en relecture"),
    "published": gettext_noop("publié"),
    "withdrawn": gettext_noop("retiré"),
}
THIN = "\u202f"


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """Return the address of this page, to come back to it.

    On a page that says "not found" it is the home page: otherwise the bytes of two such pages
    would differ, and one could tell a hidden thing from one that never was.
    """
    request = context.get("request")
    if not isinstance(request, HttpRequest) or "request_path" in context:
        return "/"
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


@register.simple_tag
def copy_made() -> Copy | None:
    """Return the copy in files that this page is made for; None on the site itself."""
    return current_copy()


@register.simple_tag
def state(code: str) -> SafeString:
    """Return the state of something under way, for those who work on it."""
    code = (code or "").lower()
    words = gettext(STATES[code]) if code in STATES else code
    return format_html('<span class="tag state-{}">{}</span>', code, words)


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a list, with the addresses of its neighbours."""

    number: int
    paginator: Paginator[Any]
    previous: str
    next: str


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """Return the whole address of this page, for paper; of the home page where `here` says so.

    Without its query: what a page does not know in it must change no byte of the page.
    """
    request = context.get("request")
    path = here(context).partition("?")[0]
    if copy := current_copy():
        return f"{copy.live}{path}" if copy.live else ""
    return request.build_absolute_uri(path) if isinstance(request, HttpRequest) else ""


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(
    context: Context, page: Page[Any], name: str = "page", part: str = ""
) -> dict[str, Pages]:
    """Draw the links to the page before and the page after, keeping the rest of the query.

    `part`: the id of the part of the page that they lead to, where it is not its beginning.
    """
    query = context["request"].GET
    before = _address(query, name, page.previous_page_number(), part) if page.has_previous() else ""
    after = _address(query, name, page.next_page_number(), part) if page.has_next() else ""
    return {"pages": Pages(page.number, page.paginator, before, after)}


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: object) -> str:
    """Return this page's query with some of its values changed; an empty value drops its name."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return "?" + query.urlencode()


def _address(query: QueryDict, name: str, number: int, part: str) -> str:
    kept = [(key, value) for key, values in query.lists() if key != name for value in values]
    return "?" + urlencode([*kept, (name, str(number))]) + (f"#{part}" if part else "")


@register.filter
def money(value: object, currency: str = "EUR") -> str:
    """Write an amount as one reads it: `12 345,67 €`, without cents when there are none."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    cents = 0 if amount == amount.to_integral_value() else 2
    written = number_format(amount, decimal_pos=cents, use_l10n=True, force_grouping=True)
    unit = "€" if currency in {"EUR", ""} else currency
    return f"{written.replace(chr(160), THIN)}\u00a0{unit}"


@register.filter
def number(value: object) -> str:
    """Write a number with its thousands apart."""
    return "" if value is None or value == "" else _number(str(value), get_language())


@lru_cache(maxsize=2_000)
def _number(value: str, _language: str | None) -> str:
    written = number_format(Decimal(value), use_l10n=True, force_grouping=True)
    return written.replace("\u00a0", THIN)


@register.filter
def nth(values: Sequence[object], place: int) -> object:
    """Return one of several, counted from 0: the head of a cell's column."""
    return values[place] if 0 <= place < len(values) else ""


@register.filter
def quoted(value: object) -> str:
    """Put guillemets around words, as the language of the page has them."""
    return gettext("« {words} »").format(words=value) if value else ""


@register.filter
def uncertain(value: Any) -> str:
    """Write a date as its source does; never an invented day.

    It takes an uncertain date, or the text of one.
    """
    text = str(getattr(value, "text", value) or "")
    if not text:
        return gettext("date inconnue")
    for sign, words in WORDS_OF_SIGNS.items():
        if text.startswith(sign):
            return gettext(words).format(date=_in_words(text.removeprefix(sign)))
    if text.count("/") == 1:
        first, last = map(_in_words, text.split("/"))
        return gettext("entre {first} et {last}").format(first=first, last=last)
    return _in_words(text)


def _in_words(text: str) -> str:
    """Write `2018-11` as `novembre 2018`, and what is no such date as it is."""
    found = ISO.fullmatch(text.strip())
    if not found:
        return text.strip()
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        moment = date(year, month, day)
    except ValueError:
        return text.strip()
    return written(moment, "j F Y" if found[3] else "F Y")


ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


WORDS_OF_SIGNS = {
    "<": gettext_noop("avant {date}"),
    ">": gettext_noop("après {date}"),
    "~": gettext_noop("vers {date}"),
}

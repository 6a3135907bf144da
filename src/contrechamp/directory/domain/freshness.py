"""How far an address can be trusted: when it last worked, was looked at, was seen in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from contrechamp.kernel.errors import gettext_noop

from .choosing import Way

STALE_AFTER = timedelta(days=730)
"""Municipal terms, mergers and web sites change: after two years a list is a first guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """A sentence with `{on}`, the day it speaks of, and whether to doubt."""

    sentence: str
    on: date | None = None
    is_stale: bool = False


def freshness_of(way: Way, today: date) -> Freshness:
    """Say the best that is known of an address."""
    if way.last_success_on and (
        not way.last_bounce_on or way.last_success_on >= way.last_bounce_on
    ):
        return _said(gettext_noop("a fonctionné le {on}"), way.last_success_on, today)
    if way.last_bounce_on:
        sentence = gettext_noop("un message en est revenu le {on}")
        return Freshness(sentence=sentence, on=way.last_bounce_on, is_stale=True)
    if way.verified_on:
        return _said(gettext_noop("vérifiée le {on}"), way.verified_on, today)
    if way.seen_on:
        return _said(gettext_noop("vue dans une liste le {on}, pas vérifiée"), way.seen_on, today)
    return Freshness(sentence=gettext_noop("date inconnue"), is_stale=True)


def _said(sentence: str, on: date, today: date) -> Freshness:
    return Freshness(sentence=sentence, on=on, is_stale=today - on > STALE_AFTER)

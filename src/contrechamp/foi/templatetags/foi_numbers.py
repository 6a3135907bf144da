"""What templates say of times and numbers of requests."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils import timezone
from django.utils.translation import ngettext

from contrechamp.foi.domain.asked import asked_of
from contrechamp.foi.domain.plots import Compared, compared
from contrechamp.foi.domain.states import State
from contrechamp.foi.domain.statistics import Asked
from contrechamp.foi.queries.page import Page
from contrechamp.foi.queries.tallies import as_of
from contrechamp.foi.shown import number_words

register = template.Library()


@dataclass(frozen=True, slots=True)
class Time:
    """The body's time for one request beside the law's."""

    asked: Asked
    picture: Compared


@register.simple_tag
def time_of(page: Page) -> Time | None:
    """Return the time that the body took, or takes; None before anything is known of it.

    A silence that is not verified shows no time: one cannot say that it still runs.
    """
    today = as_of(timezone.now())
    facts = [line.fact for line in page.facts if not line.is_gone]
    request = page.request
    asked = asked_of(request.body_id or "", facts, state=State(page.status.state), today=today)
    return Time(asked, compared(asked, today)) if asked else None


@register.filter
def days(count: int | None) -> str:
    """Return a number of days in words, a dash for none known."""
    return "—" if count is None else ngettext("{n} jour", "{n} jours", count).format(n=count)


register.filter("code_words", number_words.code_words)
register.filter("reason_words", number_words.reason_words)


@register.filter
def percent(share: float | None) -> str:
    """Return a share as a whole percent, a dash for none."""
    return "—" if share is None else f"{round(share * 100)} %"

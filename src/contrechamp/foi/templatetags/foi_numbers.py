"""What templates say of times and numbers of requests."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from contrechamp.foi.domain.asked import asked_of
from contrechamp.foi.domain.plots import Compared, compared
from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.domain.states import State
from contrechamp.foi.domain.statistics import Asked, Court, Outcome, Refusal
from contrechamp.foi.queries.page import Page
from contrechamp.foi.queries.tallies import as_of

register = template.Library()
OUTCOMES = {
    Outcome.DOCUMENTS: _("documents donnés"),
    Outcome.PARTIAL: _("documents donnés en partie"),
    Outcome.REFUSED: _("refus écrit"),
    Outcome.SILENT: _("silence au bout du mois"),
    Outcome.WITHDRAWN: _("demande retirée"),
    Outcome.OPEN: _("dans le mois, pas encore de réponse"),
}
REFUSALS = {
    Refusal.SILENT: _("par silence"),
    Refusal.EXPRESS: _("par écrit"),
    Refusal.PARTIAL: _("en partie"),
}
COURTS = {
    Court.PENDING: _("pas encore jugées"),
    Court.ANNULLED: _("refus annulé"),
    Court.PARTLY: _("refus annulé en partie"),
    Court.DISMISSED: _("requête rejetée"),
    Court.NO_NEED: _("documents donnés pendant le procès"),
}
SENSES = {
    "favourable": _("favorable"),
    "reserves": _("favorable avec réserves"),
    "mixed": _("en partie favorable"),
    "unfavourable": _("défavorable"),
    "no_object": _("sans objet"),
    "inadmissible": _("irrecevable"),
    "not_competent": _("incompétence"),
}
_WORDS = {**OUTCOMES, **REFUSALS, **COURTS, **SENSES}


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


@register.filter
def code_words(code: str) -> str:
    """Return what an outcome, a refusal, an opinion or a judgment is."""
    return gettext(_WORDS.get(code, code))


@register.filter
def reason_words(code: str) -> str:
    """Return the reason of a refusal by its code."""
    return gettext(REASONS.get(code, code))


@register.filter
def percent(share: float | None) -> str:
    """Return a share as a whole percent, a dash for none."""
    return "—" if share is None else f"{round(share * 100)} %"

"""The words of outcomes, refusals, opinions and judgments in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.domain.statistics import Court, Outcome, Refusal

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
_BY_KIND: tuple[tuple[type[StrEnum], Mapping[str, str]], ...] = (
    (Outcome, {str(code): words for code, words in OUTCOMES.items()}),
    (Refusal, {str(code): words for code, words in REFUSALS.items()}),
    (Court, {str(code): words for code, words in COURTS.items()}),
)
"""Some codes are the same word: the kind tells which is meant."""


def code_words(code: str) -> str:
    """Return what an outcome, a refusal, an opinion or a judgment is."""
    for kind, words in _BY_KIND:
        if isinstance(code, kind):
            return gettext(words[code])
    return gettext(SENSES.get(code, code))


def reason_words(code: str) -> str:
    """Return the reason of a refusal by its code."""
    return gettext(REASONS.get(code, code))

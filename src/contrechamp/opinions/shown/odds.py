"""Counts by outcome for people: a table with bars, and a sentence that promises nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from contrechamp.opinions.domain import Odds, Outcome
from contrechamp.opinions.domain.outcomes import LABELS
from contrechamp.opinions.forms import SLUGS


@dataclass(frozen=True, slots=True)
class Bar:
    """One outcome: how many opinions, and its share of the longest bar, from 0 to 100."""

    slug: str
    label: str
    count: int
    share: int


def odds_bars(counts: Mapping[str, int]) -> list[Bar]:
    """Return a bar for each outcome that there is."""
    most = max(counts.values(), default=0)
    return [
        Bar(slug, gettext(LABELS[outcome]), counts[outcome], round(100 * counts[outcome] / most))
        for slug, outcome in SLUGS.items()
        if counts.get(outcome)
    ]


def odds_sentence(odds: Odds) -> str:
    """Say what the counts teach; with few opinions only the numbers, never a share."""
    if not odds.count:
        return gettext("Aucun avis sur le fond : rien à en déduire.")
    said = ngettext(
        "{n} avis sur le fond : {good} en faveur de la communication, en tout ou partie.",
        "{n} avis sur le fond : {good} en faveur de la communication, en tout ou partie.",
        odds.count,
    ).format(n=odds.count, good=odds.favourable + odds.reserves)
    share = odds.share
    if share is None:
        return f"{said} {gettext('Trop peu pour donner une part.')}"
    return f"{said} {gettext('Soit {share} %.').format(share=share)}"


__all__ = ["Bar", "Outcome", "odds_bars", "odds_sentence"]

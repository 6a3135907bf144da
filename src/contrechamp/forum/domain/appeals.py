"""Contesting a decision: who may, until when, and who decides (`forum.md` §8; DSA art. 17(3)f)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime

from contrechamp.kernel.errors import Refused, TooLate, gettext_noop

MONTHS = 6
TEXT_MOST = 5000


class NotYours(Refused):
    """Who acted does not decide of the appeal against it, where somebody else can."""


def ends_on(acted_on: date) -> date:
    """Return the last day to contest: six months later, or the last day of a shorter month."""
    index = acted_on.month - 1 + MONTHS
    year, month = acted_on.year + index // 12, index % 12 + 1
    return date(year, month, min(acted_on.day, monthrange(year, month)[1]))


def check_appeal(*, acted_on: date, today: date, text: str) -> None:
    """Refuse an appeal that comes too late, or says nothing."""
    last = ends_on(acted_on)
    if today > last:
        raise TooLate(
            gettext_noop("Cette décision pouvait être contestée jusqu'au {last}."), last=last
        )
    if not text.strip():
        raise Refused(gettext_noop("Dites pourquoi la décision est à revoir."))
    if len(text) > TEXT_MOST:
        raise Refused(gettext_noop("Une contestation a au plus {most} signes."), most=TEXT_MOST)


def is_alone(*, acted: int, moderators: Collection[int]) -> bool:
    """Answer whether nobody else moderates: "relu par une seule personne"."""
    return not set(moderators) - {acted}


def check_decider(*, acted: int, decides: int, moderators: Collection[int]) -> bool:
    """Refuse that somebody decides of what they did; answer whether one person alone reads it."""
    alone = is_alone(acted=acted, moderators=moderators)
    if decides == acted and not alone:
        raise NotYours(
            gettext_noop("Vous avez pris cette décision : quelqu'un d'autre décide de l'appel.")
        )
    return alone and decides == acted


def is_open(acted_at: datetime, today: date) -> bool:
    """Answer whether a decision can still be contested."""
    return today <= ends_on(acted_at.date())

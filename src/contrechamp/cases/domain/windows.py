"""Windows of a territory: what can still be challenged, what silence opens, what is about to end.

A window is what one line of the public list says. Its status is never kept: it follows from its
days and the day in Paris on which it is read. Without a proof of its publication it has no day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from contrechamp.kernel.dates import add_days, add_months
from contrechamp.kernel.errors import gettext_noop
from contrechamp.law.domain.items import LAST_DAYS, Item

from .openings import Openness, window_of

AHEAD_MONTHS = 12
"""So long before its end an authorisation is called about to expire."""
KNOWN_MONTHS = 12
"""So long a contract without adequate publicity may be challenged from when it is known (T10)."""


class Sort(StrEnum):
    """What a window is about."""

    ACT = "act"
    """An act of the watch."""
    DECISION = "decision"
    """A decision that the census tells of."""
    CONTRACT = "contract"
    """A contract that was awarded."""
    REFUSAL = "refusal"
    """A public request whose refusal is confirmed."""
    SILENCE = "silence"
    """A public complaint to the CNIL, silent for three months."""
    EXPIRY = "expiry"
    """An authorisation that is about to end: no period to act, a renewal to watch."""


class Why(StrEnum):
    """Why a window has no last day."""

    NEVER_PUBLISHED = "never_published"
    REVEALED = "revealed"
    NO_PROOF = "no_proof"
    NOT_A_DAY = "not_a_day"
    PUBLICITY = "publicity"


UNLIMITED = frozenset({Why.NEVER_PUBLISHED, Why.REVEALED})
WHY = {
    Why.NEVER_PUBLISHED: gettext_noop(
        "Jamais publié : le délai n'a pas commencé. Vérifiez de nouveau, avant d'agir, que rien "
        "n'a été publié depuis."
    ),
    Why.REVEALED: gettext_noop(
        "Décision révélée par des documents : tenue secrète, elle n'a pas été publiée et peut être "
        "attaquée (TA Grenoble, 24 janvier 2025, n° 2105328). Vérifiez qu'aucune publication n'a "
        "eu lieu."
    ),
    Why.NO_PROOF: gettext_noop(
        "Rien ne prouve le jour de la publication. À chercher : le recueil des actes ou le site de "
        "l'autorité, son jour de mise en ligne, le certificat d'affichage."
    ),
    Why.NOT_A_DAY: gettext_noop(
        "La source ne donne pas le jour exact de la publication. À chercher : le jour de mise en "
        "ligne du recueil ou de l'acte."
    ),
    Why.PUBLICITY: gettext_noop(
        "À chercher : un avis d'attribution qui dit l'objet, les parties et où lire le contrat. "
        "Deux mois courent de cet avis ; sans lui, un an environ depuis que vous connaissez le "
        "contrat. Un avocat est nécessaire."
    ),
}
"""What to check, or what to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One line of the list, as the public rows of a room give it."""

    key: str
    """For ever the same: `act-…`, `end-…`, `clm-…`, `ctr-…`, `req-…`, `cse-…`."""
    sort: Sort
    title: str
    url: str
    shown_at: datetime
    """When visitors could first read of it."""
    title_en: str = ""
    number: str = ""
    dated_on: date | None = None
    """A day to know it by (award, first day of an authorisation); it starts no period."""
    published_on: date | None = None
    act_by_safe: date | None = None
    last_day: date | None = None
    why: str = ""
    court: str = ""
    authority: str = ""
    technology: str = ""
    """A code of the vocabulary `watched`."""
    departement: str = ""
    record: str = ""
    """The record of the census that it is about."""
    territories: tuple[str, ...] = ()
    """Keys, those that hold them too."""

    @property
    def rank(self) -> int:
        """Return its place in the list: dated, without a last day, not known."""
        return rank(self.act_by_safe, self.why)


def rank(act_by_safe: date | None, why: str) -> int:
    """Return 0 for what has its days, 1 for what has no last day, 2 for what is not known."""
    if act_by_safe is not None:
        return 0
    return 1 if why in UNLIMITED else 2


@lru_cache(maxsize=4096)
def act_window(published_on: date) -> Item:
    """Return the window of an act that was published on a day, as on that day."""
    return window_of(published_on, today=published_on)


def status_of(
    act_by_safe: date | None, last_day: date | None, why: str, *, today: date
) -> Openness:
    """Return where a day stands in a window; a day is one of Paris."""
    if act_by_safe is None or last_day is None:
        return Openness.UNLIMITED if why in UNLIMITED else Openness.UNKNOWN
    if today > last_day:
        return Openness.CLOSED
    left = (act_by_safe - today).days
    if left < 0:
        return Openness.USUAL_ONLY
    return Openness.LAST_DAYS if left <= LAST_DAYS else Openness.OPEN


def turns(act_by_safe: date | None, last_day: date | None) -> Iterator[date]:
    """Yield the days at whose start in Paris the status of a window changes."""
    if act_by_safe is not None:
        yield add_days(act_by_safe, -LAST_DAYS)
        if last_day is not None and last_day > act_by_safe:
            yield add_days(act_by_safe, 1)
    if last_day is not None:
        yield add_days(last_day, 1)


def last_turn(act_by_safe: date | None, last_day: date | None, *, today: date) -> date | None:
    """Return the day on which the status last changed, None while it never did."""
    return max((day for day in turns(act_by_safe, last_day) if day <= today), default=None)


def is_near_its_end(act_by_safe: date | None, *, told_on: date, today: date) -> bool:
    """Answer whether seven days or fewer are left since the last mail, and the day is not past."""
    if act_by_safe is None or act_by_safe < today:
        return False
    return told_on < add_days(act_by_safe, -LAST_DAYS) <= today


def ends_until(today: date) -> date:
    """Return the last day on which an authorisation that ends is called near."""
    return add_months(today, AHEAD_MONTHS)


def awarded_since(today: date) -> date:
    """Return the first day of an award that may still be challenged without publicity."""
    return add_months(today, -KNOWN_MONTHS)

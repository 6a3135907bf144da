"""The legal clock of a dated act, as far as a date can be stated without knowing the case.

Two rules only, and each says how it was counted and what has to be checked:

- a video-protection system is authorised for five years, renewable: code de la sécurité
  intérieure, L252-4 (read in the version of September 2020; the chapter was renumbered by
  décret 2023-1102, so both numbers are to be checked). A change keeps the old end, which is not
  known here: a modifying act ends nothing;
- a published act can be challenged before the administrative court for two months from its
  *publication*: code de justice administrative, R421-1 (read in the version of September 2020).
  The day shown is the careful one, the same day two months later; the usual count is later by a
  day or some. When the publication is not known, no period is drawn: for us it has not begun.

The whole engine of dates will replace this module; what it must keep is `terms_of`. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import gettext_noop

VALIDITY_MONTHS = 60
CHALLENGE_MONTHS = 2
LIMITED = "authorising_act"
CHALLENGED = frozenset({"authorising_act", "modifying_act"})
"""A refusal is challenged by who was refused, from its notification: nobody else is told here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is known of an act."""

    fact: str
    property: str
    number: str
    decided_first: date | None = None
    decided_last: date | None = None
    """Between which days it was signed."""
    ends_on: date | None = None
    """The end that the fact itself gives: then nothing is derived."""
    published_on: date | None = None
    is_video_protection: bool = False
    """Whether it authorises video protection, which alone has five years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A period that follows from an act: between which days it ends, and how that is found."""

    fact: str
    kind: str
    """validity or challenge."""
    starts_on: date
    ends_first: date
    ends_last: date
    sentence: str
    derivation: str
    basis: str
    to_check: str
    values: tuple[tuple[str, str], ...] = ()
    """What the sentence and the derivation name."""


def terms_of(acts: Iterable[Act]) -> list[Term]:
    """Return the periods that can be stated, in the order in which they end."""
    found = [term for act in acts for term in (_validity(act), _challenge(act)) if term]
    return sorted(found, key=lambda term: (term.ends_first, term.kind, term.fact))


def _validity(act: Act) -> Term | None:
    first, last = act.decided_first, act.decided_last
    if act.property != LIMITED or not act.is_video_protection or act.ends_on:
        return None
    if first is None or last is None:
        return None
    return Term(
        fact=act.fact,
        kind="validity",
        starts_on=last,
        ends_first=add_months(first, VALIDITY_MONTHS),
        ends_last=add_months(last, VALIDITY_MONTHS),
        sentence=gettext_noop(
            "Fin des cinq ans de l'autorisation {number}, si rien ne l'a changée"
        ),
        derivation=gettext_noop(
            "Signature de l'acte + 60 mois, de quantième à quantième. Une autorisation vaut cinq "
            "ans et peut être renouvelée."
        ),
        basis="CSI L252-4",
        to_check=gettext_noop(
            "À vérifier : le numéro de l'article depuis le décret 2023-1102, la durée que l'acte "
            "donne lui-même, et s'il a été renouvelé, changé ou abrogé."
        ),
        values=(("number", act.number),),
    )


def _challenge(act: Act) -> Term | None:
    day = act.published_on
    if act.property not in CHALLENGED or day is None:
        return None
    end = add_months(day, CHALLENGE_MONTHS)
    return Term(
        fact=act.fact,
        kind="challenge",
        starts_on=day,
        ends_first=end,
        ends_last=end,
        sentence=gettext_noop("Deux mois pour contester l'acte {number} devant le juge"),
        derivation=gettext_noop(
            "Publication au recueil + 2 mois, de quantième à quantième : le compte prudent. Le "
            "compte habituel donne au moins un jour de plus."
        ),
        basis="CJA R421-1",
        to_check=gettext_noop(
            "À vérifier : le jour de la publication, et si une autre règle s'applique. Ce n'est "
            "pas un conseil juridique."
        ),
        values=(("number", act.number),),
    )

"""The compliance sheet of a project: what the law asks, and whether it is found, missing, unknown.

Missing is said only where a fact says so. What nobody found is unknown: we read some acts of some
places, and an act may exist all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop

from .authorisation import state_of, still_holds
from .questionnaire import RULES, Answer
from .said import Said, What, codes_in, of

UNTIL = gettext_noop("D'après l'acte connu, elle vaut jusqu'au {day}.")
SINCE = gettext_noop("D'après l'acte connu, elle a fini le {day}.")


class Found(StrEnum):
    """Whether a duty is done, from what is known."""

    FOUND = "found"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What the law asks of a project."""

    code: str
    label: str
    """In French, marked for translation."""
    sources: tuple[str, ...]
    proved_by: tuple[str, ...]
    technologies: frozenset[str] = frozenset()
    """Families that it concerns; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One duty of one project."""

    duty: Duty
    found: Found
    evidence: tuple[Said, ...]
    note: str = ""
    """A sentence with {day}, or empty."""
    day: date | None = None


VIDEO = frozenset({"video_surveillance"})
AIR = frozenset({"drones", "onboard_cameras"})
DUTIES = (
    Duty(
        code="authorisation",
        label=gettext_noop("Autorisation du préfet"),
        sources=("csi-l252-1",),
        proved_by=("video-authorisations",),
        technologies=VIDEO,
    ),
    Duty(
        code="renewal",
        label=gettext_noop("Renouvellement tous les cinq ans"),
        sources=("csi-l252-4",),
        proved_by=("video-authorisations",),
        technologies=VIDEO,
    ),
    Duty(
        code="flight",
        label=gettext_noop("Autorisation de chaque vol, de trois mois au plus"),
        sources=("csi-l242-5",),
        proved_by=("drones",),
        technologies=AIR,
    ),
    Duty(
        code="experiment",
        label=gettext_noop("Autorisation dans l'expérience de vidéo algorithmique"),
        sources=("vsa-2023",),
        proved_by=("video-experiment",),
        technologies=frozenset({"video_analytics"}),
    ),
    Duty(
        code="legal-basis",
        label=gettext_noop("Texte qui prévoit le traitement"),
        sources=("cedh-8", "rgpd-6"),
        proved_by=("founding-act",),
    ),
    Duty(
        code="retention",
        label=gettext_noop("Durée de conservation fixée, dans les limites de la loi"),
        sources=("csi-l252-5", "rgpd-5"),
        proved_by=("retention-and-logs",),
    ),
    Duty(
        code="impact-assessment",
        label=gettext_noop("Analyse d'impact"),
        sources=("rgpd-35", "lil-90"),
        proved_by=("impact-assessment",),
    ),
    Duty(
        code="regulator",
        label=gettext_noop("Avis de la CNIL, où il est dû"),
        sources=("lil-31",),
        proved_by=("cnil-exchanges",),
    ),
    Duty(
        code="information",
        label=gettext_noop("Information du public"),
        sources=("rgpd-13", "csi-l251-3"),
        proved_by=("signs",),
    ),
    Duty(
        code="publication",
        label=gettext_noop("Publication de la décision"),
        sources=("csi-r252-16", "cgct-l2131-1"),
        proved_by=("deliberations",),
    ),
)


def sheet(facts: Sequence[Said], families: frozenset[str], *, today: date) -> tuple[Line, ...]:
    """Return the duties that concern a project, each found, missing or unknown on a day."""
    return tuple(
        CHECKS[duty.code](duty, facts, today)
        for duty in DUTIES
        if not duty.technologies or not families or duty.technologies & families
    )


def _line(duty: Duty, found: Found, evidence: Sequence[Said]) -> Line:
    return Line(duty=duty, found=found, evidence=tuple(evidence))


def _answered(question: str) -> Callable[[Duty, Sequence[Said], date], Line]:
    """Return the check that follows the answer of facts to a question: yes found, no missing."""

    def check(duty: Duty, facts: Sequence[Said], today: date) -> Line:
        answer: Answer = RULES[question](facts, today)
        found = {"yes": Found.FOUND, "no": Found.MISSING}.get(answer.value, Found.UNKNOWN)
        return _line(duty, found, answer.facts)

    return check


def _renewal(duty: Duty, facts: Sequence[Said], today: date) -> Line:
    held = state_of(facts)
    if held is None:
        return _line(duty, Found.UNKNOWN, ())
    holds = still_holds(held, today)
    return Line(
        duty=duty,
        found=Found.FOUND if holds else Found.MISSING,
        evidence=(held.act,),
        note=UNTIL if holds else SINCE,
        day=held.until,
    )


def _retention(duty: Duty, facts: Sequence[Said], today: date) -> Line:
    """Find a time that is set; missing where it passes the month for cameras on the street."""
    said = of(facts, What.RETENTION)
    if not said:
        return _line(duty, Found.UNKNOWN, ())
    is_video = bool(codes_in(facts, What.TECHNOLOGY) & VIDEO)
    too_long = is_video and RULES["plus-d-un-mois"](facts, today).value == "yes"
    return _line(duty, Found.MISSING if too_long else Found.FOUND, said)


def _flight(duty: Duty, facts: Sequence[Said], today: date) -> Line:
    orders, long = of(facts, What.DRONE_ORDER), RULES["vol-plus-de-trois-mois"](facts, today)
    if long.value == "yes":
        return _line(duty, Found.MISSING, long.facts)
    return _line(duty, Found.FOUND if orders else Found.UNKNOWN, orders)


def _regulator(duty: Duty, facts: Sequence[Said], today: date) -> Line:
    said = of(facts, What.REGULATOR)
    return _line(duty, Found.FOUND if said else Found.UNKNOWN, said)


CHECKS: Mapping[str, Callable[[Duty, Sequence[Said], date], Line]] = {
    "authorisation": _answered("autorisation"),
    "renewal": _renewal,
    "flight": _flight,
    "experiment": _answered("experience"),
    "legal-basis": _answered("texte"),
    "retention": _retention,
    "impact-assessment": _answered("aipd"),
    "regulator": _regulator,
    "information": _answered("information"),
    "publication": _answered("publication"),
}

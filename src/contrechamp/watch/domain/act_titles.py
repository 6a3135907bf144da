"""What the title of an act says by itself, for lists that publish titles before or without texts.

"Arrêté n° 2025-00042 autorisant la captation … le samedi 11 janvier 2025". A title says which
technology, whether it is allowed, changed or forbidden, and when; seldom more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .finding import Aircraft, Interval, Operator
from .french_dates import When, read_dates, read_times
from .operators import read_operator
from .order_parts import NUMBER, number
from .text import folded

LONGEST = 250
"""Signs at which lists are known to cut titles."""
LONG_PAST = timedelta(days=300)
"""An event that ended so long before the publication is one that the title recalls."""
LATE = timedelta(days=45)
"""How late a title may be published; an older day beside a newer one is a thing of the past."""

_AIRCRAFT = r"(?:aeronefs?|aeroneufs?|drones?|helicopteres?|avions?|ulm|ballons?)"
_AERIAL = re.compile(
    rf"\bcaptations?\b.{{0,200}}?\b{_AIRCRAFT}\b"
    r"|\bcaptations?\b.{0,60}?\bimages?\b(?:\s+au\s+moyen\s+d(?:e|')\s?(?:une\s+)?cameras?)?"
    rf"|\binstallees?\s+sur\s+(?:des\s+|les\s+|un\s+|une\s+)?{_AIRCRAFT}\b"
    r"|\bvols?\s+d(?:e|')\s?(?:\w+\s+){0,2}?(?:helicopteres?|aeronefs?|drones?)\s+de\s+la\s+"
    r"(?:gendarmerie|police)"
    rf"|\b(?:survol|recours|emploi|usage)\b(?:\s+\S+){{0,2}}?\s+(?:de|des|a\s+des)\s+drones?\b"
)
_ALGORITHM = re.compile(
    r"\btraitements?\s+algorithmiques?\b.{0,60}\bimages?\b|\btraitements?\s+algorithmiques?\b"
)
_PERIMETER = re.compile(
    r"\bperimetres?\s+(?:de\s+securite\s+et\s+)?(?:de\s+)?protection\b"
    r"(?!\s+(?:immediate|rapprochee?|eloignee?|d[ue]s?\s+(?:captage|forage|monument|source)))"
    r"|\bperimetres?\s+silt\b|\bd'un\s+silt\b"
)
_GATHERING = re.compile(
    r"\binterdi(?:t|ction|ctions|sant)\b.{0,60}?\b(?P<what>rassemblements?\s+festifs?"
    r"|rassemblements?\s+.{0,30}?caractere\s+musical|rave[\s-]?part(?:y|ies)|teknivals?|free[\s-]?part(?:y|ies))"
)
_DEMONSTRATION = re.compile(
    r"\binterdi(?:t|ction|ctions|cton|ection|sant)\b(?P<between>(?:\s+\S+){0,7}?)\s+(?:d'|l')?"
    r"(?P<what>manifestations?|rassemblements?|corteges?)\b"
    r"(?!\s+(?:sportives?|festifs?|nautiques?|commerciales?|culturelles?|de\s+vehicules))"
)
_BODY = re.compile(
    r"\bcameras?\s+(?:individuelles?|pietons?)|\benregistrements?\s+audiovisuels?\s+des\s+interventions"
)
_COUNTER = re.compile(
    r"\bprotection\s+contre\s+les\s+menaces\s+resultant\s+d'aeronefs|\bbrouillage\b|\banti\s?-?\s?drones?\b"
)
_PLATES = re.compile(
    r"\blapi\b|\blecture\s+automati(?:see|que)\s+de\s+plaques|\bdonnees\s+signaletiques"
)
_VIDEO = re.compile(r"\b(?:dispositif|systeme)s?\s+de\s+video\s?-?\s?(?:protection|surveillance)\b")
_BUNDLE = re.compile(
    r"\b(?:communication|publication)\s+des\s+arretes\s+de\s+video\s?-?\s?(?:protection|surveillance)"
)
_SHOW = re.compile(r"\bspectacles?\s+aeriens?|\bfeux?\s+d'artifice\s+de\s+drones")
_NOT_THESE = re.compile(
    r"\b(?:palpations|stationnement|circulation\s+des\s+vehicules|delegations?\s+de\s+signature)\b"
)
_FLIGHT_BAN = re.compile(rf"\binterdi(?:t|ction|sant)\b.{{0,80}}?\b(?:survol|{_AIRCRAFT})\b")
_VERB = re.compile(
    r"\b(?:portant|modifiant|completant|abrogeant|retirant|prorogeant|prolongeant|renouvelant|autorisant"
    r"|autorise|instituant|instaurant|interdisant|annulant|rectifiant|rectificatif)\b"
)
_DECISIONS = (
    (
        "modification",
        re.compile(r"modifiant|completant|rectifi|portant\s+modification|modificatif"),
    ),
    ("abrogation", re.compile(r"abrogeant|retirant|annulant|portant\s+(?:abrogation|retrait)")),
    ("extension", re.compile(r"prorogeant|prolongeant|portant\s+(?:prorogation|prolongation)")),
    ("renewal", re.compile(r"renouvelant|portant\s+renouvellement")),
    ("refusal", re.compile(r"portant\s+refus")),
)
_TODAY = re.compile(
    r"\b(?P<hour>(?:[01]?[0-9]|2[0-3])\s?h(?:\s?[0-5][0-9])?\s+)?ce\s+(?:soir|matin|jour)\b(?!\s+modifi)"
)
_NUMBER = re.compile(
    r"\b(?:n\s?[°ºo]|numero)\s*(?P<number>[a-z0-9][a-z0-9/_-]*(?:\s?-\s?[0-9]+)?)|\b(?P<bare>20[0-9]{2}-[0-9]{3,6})\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRead:
    """What a title says; offsets are those of the title."""

    technology: str
    decision: str
    at: tuple[int, int]
    """Where the words stand that name the technology."""
    confidence: float
    is_lead: bool = False
    intervals: tuple[Interval, ...] = ()
    intervals_at: tuple[int, int] | None = None
    signed_on: date | None = None
    aircraft: Aircraft | None = None
    operator: Operator | None = None
    warnings: tuple[str, ...] = ()


def read_title(title: str, published_on: date | None) -> TitleRead | None:
    """Return what the title of an act decides about surveillance, or None when it does not."""
    text = folded(title)
    named = _technology(text)
    if named is None:
        return None
    technology, start, end, confidence, is_lead = named
    intervals, at, told = _event(text, published_on)
    warnings = list(told)
    if _is_cut(title):
        warnings.append("title_cut")
    aircraft = operator = None
    if technology == "aerial_camera":
        aircraft = _aircraft(text)
        found = read_operator(text, title)
        operator = found.operator if found and found.operator.class_ == "gendarmerie" else None
    return TitleRead(
        technology=technology,
        decision=_decision(text),
        at=(start, end),
        confidence=confidence,
        is_lead=is_lead,
        intervals=intervals,
        intervals_at=at,
        signed_on=_signed(text),
        aircraft=aircraft,
        operator=operator,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def first_day(intervals: Iterable[Interval]) -> date | None:
    """Return the first day of some intervals, or None."""
    return min((date.fromisoformat(each.start[:10]) for each in intervals), default=None)


def _technology(text: str) -> tuple[str, int, int, float, bool] | None:
    """Return code, place, confidence, and whether it is a lead only."""
    if found := _BUNDLE.search(text):
        return "video_protection", *found.span(), 0.9, True
    if _SHOW.search(text) or _NOT_THESE.search(text):
        return None
    if found := _COUNTER.search(text):
        return "counter_drone", *found.span(), 0.97, False
    if found := _ALGORITHM.search(text):
        return "algorithmic_video", *found.span(), 0.98, False
    if (found := _AERIAL.search(text)) and not _FLIGHT_BAN.search(text):
        sure = re.search(rf"\bcaptation.*\b{_AIRCRAFT}\b", found[0]) is not None
        return "aerial_camera", *found.span(), 0.99 if sure else 0.9, False
    if found := _PERIMETER.search(text):
        return "protection_perimeter", *found.span(), 0.98, False
    if found := _GATHERING.search(text):
        return "gathering_ban", *found.span(), 0.95, False
    if found := _demonstration(text):
        return "demonstration_ban", *found.span(), 0.97, False
    if found := _BODY.search(text):
        return "body_camera", *found.span(), 0.95, False
    if found := _PLATES.search(text):
        return "plate_reader", *found.span(), 0.9, False
    if (found := _VIDEO.search(text)) and re.search(r"\bautoris|\brenouvel|\bmodifi", text):
        return "video_protection", *found.span(), 0.95, False
    return None


def _demonstration(text: str) -> re.Match[str] | None:
    found = _DEMONSTRATION.search(text)
    if not found:
        return None
    # "mesures de police à l'occasion de l'interdiction d'une manifestation" forbids something else.
    before = text[max(0, found.start() - 30) : found.start()]
    if re.search(r"\ba\s+l'occasion\s+de\s+(?:l')?$", before):
        return None
    if re.search(
        r"\b(?:occasion|vente|port|circulation|consommation|deplacement|usage|transport|lors|supporters"
        r"|concert|spectacles?)\b",
        found["between"],
    ):
        return None
    return found


def _decision(text: str) -> str:
    verb = _VERB.search(text)
    stretch = text[verb.start() : verb.start() + 40] if verb else text[:80]
    for decision, pattern in _DECISIONS:
        if pattern.match(stretch):
            return decision
    return "authorisation"


def _event(
    text: str, published_on: date | None
) -> tuple[tuple[Interval, ...], tuple[int, int] | None, tuple[str, ...]]:
    """Return when it takes place: days that date neither an act nor a thing of the past."""
    shown = re.sub(r"[.\s\u2026]+\Z", "", text)
    all_times = read_times(shown, published_on)
    found = [each for each in all_times if not each.is_cited and not _is_past(each, published_on)]
    if not found:
        today = _TODAY.search(text)
        if today and published_on and not re.search(r"\bdate\s+(?:de\s+)?$", text[: today.start()]):
            day = published_on.isoformat()
            return (Interval(start=day, end=day),), today.span(), ()
        if mistyped := _mistyped_year(all_times, published_on):
            return (mistyped[0],), mistyped[1], ("year_differs",)
        return (), None, ()
    if published_on:
        coming = [each for each in found if not _is_past(each, published_on, LATE)]
        found = coming or found
    hours = [each for each in found if each.has_hours]
    chosen = hours or found
    intervals = tuple(dict.fromkeys(i for each in chosen for i in each.intervals))
    if published_on:
        # "attentats du 13 novembre 2015, le 7 juin 2025" is one expression, and one event.
        limit = (published_on - LATE).isoformat()
        intervals = tuple(i for i in intervals if i.end[:10] >= limit) or intervals
    return (
        intervals,
        (chosen[0].start, chosen[0].end),
        tuple(warning for each in chosen for warning in each.warnings),
    )


def _is_past(when: When, published_on: date | None, by: timedelta = LONG_PAST) -> bool:
    if published_on is None:
        return False
    return all(date.fromisoformat(each.end[:10]) < published_on - by for each in when.intervals)


def _mistyped_year(
    all_times: Iterable[When], published_on: date | None
) -> tuple[Interval, tuple[int, int]] | None:
    """Return a day that would follow the publication a year later: "03.11.22" in 2023."""
    for each in all_times:
        for interval in each.intervals:
            first = date.fromisoformat(interval.start[:10])
            if published_on is None or each.is_cited or interval.start != interval.end:
                continue
            if (first.month, first.day) == (2, 29):
                continue
            later = first.replace(year=first.year + 1)
            if timedelta(0) <= later - published_on <= timedelta(days=14):
                day = later.isoformat()
                return Interval(start=day, end=day), (each.start, each.end)
    return None


def _signed(text: str) -> date | None:
    """Return the day that follows the act's number: "Arrêté n° 12 du 14 octobre 2025 portant"."""
    verb = _VERB.search(text)
    limit = min(verb.start() if verb else 90, 90)
    for each in read_dates(text[:limit]):
        if each.is_cited:
            return each.day
    return None


def _aircraft(text: str) -> Aircraft | None:
    craft = re.search(rf"\b(?:(?P<n>{NUMBER})\s+)?(?P<what>{_AIRCRAFT})\b", text)
    if not craft:
        return None
    what = craft["what"]
    manned = True if what[:4] in ("heli", "avio", "ulm") else False if what[:4] == "dron" else None
    return Aircraft(count=number(craft["n"]) if craft["n"] else None, manned=manned)


def _is_cut(title: str) -> bool:
    return len(title) >= LONGEST or title.rstrip().endswith(("...", "\u2026"))


def number_in_title(title: str) -> str | None:
    """Return the act's number as its title prints it, "2025-00042", or None."""
    found = _NUMBER.search(folded(title))
    if not found:
        return None
    group = "number" if found["number"] else "bare"
    printed = re.sub(r"\s", "", title[slice(*found.span(group))])
    return printed if re.search(r"[0-9]", printed) else None

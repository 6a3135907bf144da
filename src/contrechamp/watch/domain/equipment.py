"""Orders that equip or allow other means: body cameras, vehicle cameras, plate readers, software.

One rule for all: an article must decide it (allow, extend, change, refuse, repeal), and the order
must be about it, by its heading or by the articles of law that it rests on. Where an order about
something else only states that cameras exist or are used, a lead is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .act import Act, Context, Draft, Span, Turned
from .finding import Beneficiary, Cameras, FoundPlace, Interval, Operator
from .french_dates import read_times
from .operators import read_operator
from .order_parts import NUMBER, Order, number
from .territory import read_places


@dataclass(frozen=True, kw_only=True)
class Means:
    """How one technology is recognised in a folded text."""

    technology: str
    cheap: tuple[str, ...]
    named: re.Pattern[str]
    basis: str | None = None
    """Pattern of the articles of the code of internal security that allow it."""
    statute: re.Pattern[str] | None = None
    """Another text that allows it, by name and number."""
    never: re.Pattern[str] | None = None


MEANS = (
    Means(
        technology="body_camera",
        cheap=("individuelle", "pieton", "enregistrement audiovisuel", "241-"),
        named=re.compile(
            r"\bcameras?\s+(?:mobiles\s+)?(?:individuelles?|pietons?|portatives?|mobiles\s+portees)"
            r"|\benregistrements?\s+audiovisuels?\s+d(?:es|e\s+leurs)\s+interventions?"
        ),
        basis=r"241-[1-3]",
    ),
    Means(
        technology="embedded_camera",
        cheap=("embarquee", "243-"),
        named=re.compile(r"\bcameras?\s+embarquees?"),
        basis=r"243-[1-5]",
        never=re.compile(r"\bpoids\s+lourds?|\bengins?\s+de\s+chantier|\btransport\s+scolaire"),
    ),
    Means(
        technology="plate_reader",
        cheap=("lapi", "plaques d'immatriculation", "signaletiques des vehicules", "233-"),
        named=re.compile(
            r"\bdispositifs?\s+(?:(?:fixes?|mobiles?|ou|de|technique)\s+){0,5}controle\s+automatise"
            r"|\blecture\s+automati(?:see|que)\s+(?:de|des)\s+plaques|\blecteurs?\s+de\s+plaques"
            r"|\blapi\b|\bdonnees\s+signaletiques\s+des\s+vehicules"
        ),
        basis=r"233-[12]",
    ),
    Means(
        technology="video_ticketing",
        cheap=("verbalis",),
        named=re.compile(r"\bvideo\s?-?\s?verbalis(?:ation|er|ee?s?|ant)"),
    ),
    Means(
        technology="algorithmic_video",
        cheap=("algorithmique", "2023-380"),
        named=re.compile(r"\btraitements?\s+algorithmiques?"),
        statute=re.compile(r"\b2023-380\b|\bvideo\s?-?\s?(?:protection|surveillance|projection)"),
    ),
    Means(
        technology="counter_drone",
        cheap=("brouill", "neutralis", "protection contre les menaces", "anti-drone", "anti drone"),
        named=re.compile(
            r"\bbrouill(?:age|eurs?)\b|\bmoyens?\s+de\s+protection\s+contre\s+les\s+menaces"
            r"|\blutte\s+anti\s?-?\s?drones?|\bneutralis(?:ation|er)\b[^.]{0,60}\b(?:aeronef|drone)"
        ),
        basis=r"213-2",
        never=re.compile(r"\bambroisie|\bsanglier|\bnuisible|\bexplosi|\bengin\s+de\s+guerre"),
    ),
)

_ALLOWED = re.compile(
    r"\bautoris(?:e|ee|es|ees|ant|ation)\b|\bautorisation\b|\best\s+equipee?|\bsont\s+equipe|\binstituee?s?\b"
    r"|\bmis(?:e|es)?\s+en\s+(?:oeuvre|place|service)|\bdote[es]?\b|\brenouvele|\bprorogee?|\bhabilitee?s?\s+a"
)
_OTHERWISE = (
    ("refusal", re.compile(r"\b(?:est|sont)\s+(?:refusee?s?|rejetee?s?)\b|\bportant\s+refus\b")),
    ("modification", re.compile(r"\bmodifi(?:ant|catif|cation)\b")),
    ("renewal", re.compile(r"\brenouvel(?:lement|ant)\b")),
    ("extension", re.compile(r"\bprorog(?:ation|eant)\b|\bprolongation\b")),
    ("abrogation", re.compile(r"\babrogeant\b|\bportant\s+(?:abrogation|retrait)\b")),
)
_FORBIDS = re.compile(r"\binterdi(?:t|te|ts|tes|ction|sant)\b")
_STAFF = re.compile(
    r"\bhabilitation\b|\bcommissions?\b|\bcomposition\b|\bdesignation\b|\bnomination\b|\bagrement\b"
    r"|\bliste\s+des\b|\bconvention\b|\bsubvention"
)
_CAMERAS = re.compile(
    rf"\b(?P<n>{NUMBER})\s*(?:\([^)\n]{{1,12}}\)\s*)?(?:dispositifs?\s+(?:de\s+)?)?cameras?\b"
    rf"|\b(?:nombre\s+(?:total\s+)?de\s+cameras?|cameras?)\b[^.;]{{0,80}}?\b(?:est|fixee?|a|de|:)\s+(?:de\s+|a\s+)?"
    rf"(?P<n2>{NUMBER})\b"
)
_KEPT = re.compile(
    rf"\b(?:conserv\w+|duree)\b[^.;]{{0,120}}?\b(?P<n>{NUMBER})\s*(?:\([^)\n]{{1,12}}\)\s*)?(?P<unit>jours?|mois)\b"
)
_LASTS = re.compile(
    rf"\b(?:duree|delai|validite|valable)\b[^.;]{{0,60}}?\b(?P<n>{NUMBER})\s*(?:\([^)\n]{{1,12}}\)\s*)?ans\b"
)
_MUNICIPAL = re.compile(
    r"\bpolices?\s+municipales?|\bpoliciers?\s+municipaux|\bgardes?\s+champetres?"
)

_LEAD = re.compile(
    r"\b(?:video\s?-?\s?(?:protection|surveillance)|cameras?)\b"
    r"(?!\s+(?:thermiques?|infrarouges?|de\s+recul|d'inspection|endoscopi))"
)
_STATES = re.compile(
    r"\b(?:equip|dispos|exist|surveill|exploit|visionn|relie|raccord|enregistr|install|filme|operateur)"
)
_NOT_PEOPLE = re.compile(
    r"\bfaune\b|\bespeces?\b|\bpieges?\b|\bassainissement|\bcanalisation|\breseaux?\s+d'eaux|\bpiscicole"
    r"|\boiseaux?\b|\bchiropteres?|\binspection\s+(?:video|camera|televisee)|\bvisioconference"
)


def read(act: Act, context: Context) -> Iterable[Draft]:
    """Yield a draft for each means that the act decides about, else a lead where it states one."""
    raw = act.pages.folded
    wanted = [means for means in MEANS if any(word in raw for word in means.cheap)]
    speaks = "camera" in raw or "video" in raw
    if not wanted and not speaks:
        return
    order = Order(act)
    if not order.articles or order.is_delegation:
        return
    found = False
    for means in wanted:
        for draft in _decided(order, context, means):
            found = True
            yield draft
    if not found and speaks:
        yield from _leads(order, context)


def turned(act: Act, context: Context) -> list[Turned]:
    """Return why an act decides of none of the means of which it speaks; nothing when it does."""
    raw = act.pages.folded
    wanted = [means for means in MEANS if any(word in raw for word in means.cheap)]
    order = Order(act)
    if not order.articles:
        return [Turned("no_articles")]
    if order.is_delegation:
        return [Turned("delegation")]
    why = []
    for means in wanted:
        if any(True for _ in _decided(order, context, means)):
            return []
        why.append(_why_not(order, means) or Turned("equipment.nothing_decided"))
    return why or [Turned("equipment.no_means")]


def _why_not(order: Order, means: Means) -> Turned | None:
    """Return why an order is not about these means, whatever its articles say."""
    basis = order.legal_basis(means.basis)[0] if means.basis else ()
    titled = means.named.search(order.name)
    has_statute = means.statute is not None and bool(means.statute.search(order.text))
    if (not titled and not basis and not has_statute) or (means.statute and not has_statute):
        return Turned("equipment.no_basis")
    if means.never and (friend := means.never.search(order.text)):
        return Turned("equipment.friend", *friend.span())
    if not titled and (staff := _STAFF.search(order.name) or _FORBIDS.search(order.name)):
        return Turned("equipment.staff", *staff.span())
    return None


def _decided(order: Order, context: Context, means: Means) -> Iterator[Draft]:
    if _why_not(order, means):
        return
    basis, basis_span = order.legal_basis(means.basis) if means.basis else ((), None)
    titled = means.named.search(order.name)
    for article in order.articles[:6]:
        if article.start >= order.end:
            break
        end = min(article.end, order.end)
        text = order.text[article.start : end]
        named = means.named.search(text)
        allowed = _ALLOWED.search(text)
        decision = _decision(order, text)
        if not named or (not allowed and decision == "authorisation"):
            continue
        start = article.start + named.start()
        spans = {
            "technology": Span(start, article.start + named.end(), 0.95 if titled else 0.85),
            "decision": Span(
                article.start + (allowed or named).start(),
                article.start + (allowed or named).end(),
                0.95,
            ),
        }
        if basis_span:
            spans["legal_basis"] = basis_span
        elif means.statute and (law := re.search(r"\b2023-380\b", order.text)):
            basis = ("loi 2023-380 art. 10",)
            spans["legal_basis"] = Span(law.start(), law.end(), 0.95)
        yield _draft(order, context, means.technology, decision, basis, spans)
        return


def _decision(order: Order, article: str) -> str:
    for kind, pattern in _OTHERWISE:
        if kind == "refusal" and pattern.search(article):
            return kind
        if pattern.search(order.name):
            return kind
    return "authorisation"


def _draft(
    order: Order,
    context: Context,
    technology: str,
    decision: str,
    basis: tuple[str, ...],
    spans: dict[str, Span],
) -> Draft:
    signed, own, court = order.signed, order.order, order.court
    for field, value in (("signed_on", signed), ("order", own), ("court", court)):
        if value:
            spans[field] = value[1]
    near = signed[0] if signed else context.published_on
    limit = order.told
    intervals: tuple[Interval, ...] = ()
    if technology not in ("body_camera", "embedded_camera", "video_ticketing"):
        times = [
            each for each in read_times(order.text[order.start : limit], near) if not each.is_cited
        ]
        chosen = [each for each in times if each.has_hours] or times[:1]
        if chosen:
            at = order.start
            spans["intervals"] = Span(at + chosen[0].start, at + chosen[0].end, 0.9)
        intervals = tuple(dict.fromkeys(i for each in chosen for i in each.intervals))
    places = _places(order, context, limit, spans)
    return Draft(
        technology=technology,
        decision=decision,
        technologies=(technology,),
        decisions=(decision,),
        order=own[0] if own else None,
        signed_on=signed[0] if signed else None,
        places=places,
        beneficiary=_beneficiary(order, places, technology),
        cameras=_cameras(order, limit, spans) if technology.endswith("camera") else None,
        retention_days=_retention(order, limit, spans) if technology.endswith("camera") else None,
        duration_years=_years(order, limit, spans),
        operator=_operator(order, limit, spans),
        intervals=intervals,
        legal_basis=basis,
        court=court[0] if court else None,
        spans=spans,
        warnings=("order_year_differs",) if order.order_year_differs() else (),
    )


def _places(
    order: Order, context: Context, limit: int, spans: dict[str, Span]
) -> tuple[FoundPlace, ...]:
    printed = order.act.pages.text
    heading = min(order.recitals[0], order.start)
    for start, end, confidence in ((order.start, limit, 0.95), (0, heading, 0.9)):
        found = read_places(order.text, printed, start, end, context.departement)
        known = [each for each in found if each.place.how]
        if known:
            spans["places"] = Span(known[0].start, known[0].end, confidence)
            unique: dict[str, FoundPlace] = {}
            for each in known:
                unique.setdefault(each.place.insee or each.place.printed, each.place)
            return tuple(unique.values())
    return ()


def _beneficiary(
    order: Order, places: tuple[FoundPlace, ...], technology: str
) -> Beneficiary | None:
    if technology != "body_camera" or not places or not _MUNICIPAL.search(order.text):
        return None
    first = places[0]
    name = first.name or first.printed
    return Beneficiary(printed=f"Commune de {name}", class_="commune", public=True, publish=True)


def _cameras(order: Order, limit: int, spans: dict[str, Span]) -> Cameras | None:
    found = _CAMERAS.search(order.text, order.start, limit)
    if not found:
        return None
    group = "n" if found["n"] else "n2"
    count = number(found[group])
    # "une caméra individuelle" speaks of any, unless it is a number of them that is given.
    if count is None or (found[group] in ("un", "une") and "nombre" not in found[0]):
        return None
    spans["cameras"] = Span(found.start(), found.end(), 0.95)
    return Cameras(total=count, mobile=count)


def _retention(order: Order, limit: int, spans: dict[str, Span]) -> int | None:
    found = _KEPT.search(order.text, order.start, limit)
    count = number(found["n"]) if found else None
    if not found or count is None:
        return None
    spans["retention_days"] = Span(found.start(), found.end(), 0.95)
    return count * (30 if found["unit"] == "mois" else 1)


def _years(order: Order, limit: int, spans: dict[str, Span]) -> int | None:
    found = _LASTS.search(order.text, order.start, limit)
    count = number(found["n"]) if found else None
    if not found or count is None:
        return None
    spans["duration_years"] = Span(found.start(), found.end(), 0.95)
    return count


def _operator(order: Order, limit: int, spans: dict[str, Span]) -> Operator | None:
    found = read_operator(order.text, order.act.pages.text, order.start, limit)
    if not found:
        return None
    spans["operator"] = Span(found.start, found.end, 0.9)
    return found.operator


def _leads(order: Order, context: Context) -> Iterator[Draft]:
    """Yield a lead where the articles of an order about something else state cameras in use."""
    if _LEAD.search(order.name) or _STAFF.search(order.name) or _NOT_PEOPLE.search(order.name):
        return
    for named in _LEAD.finditer(order.text, order.start, order.end):
        around = order.text[max(order.start, named.start() - 160) : named.end() + 160]
        if not _STATES.search(around) or _NOT_PEOPLE.search(around):
            continue
        spans = {"technology": Span(named.start(), named.end(), 0.7)}
        signed, own = order.signed, order.order
        if signed:
            spans["signed_on"] = signed[1]
        if own:
            spans["order"] = own[1]
        yield Draft(
            technology="video_protection",
            decision="authorisation",
            technologies=("video_protection",),
            decisions=(),
            order=own[0] if own else None,
            signed_on=signed[0] if signed else None,
            places=_places(order, context, order.end, spans),
            spans=spans,
            is_lead=True,
        )
        return

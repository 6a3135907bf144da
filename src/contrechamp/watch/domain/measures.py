"""Police measures that go with surveillance: protection perimeters, bans on gathering.

Protection perimeters are those of the code de la sécurité intérieure, article L226-1 (searches and
pat-downs by order of the prefect), never those of springs, boreholes or monuments. Bans on
demonstrations: articles L211-4 ff.; on festive gatherings with music: L211-5 ff., R211-2 ff.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .act import Act, Context, Draft, Span, Turned
from .finding import FoundPlace, Interval
from .french_dates import read_dates, read_times
from .order_parts import Order
from .territory import read_places

_CHEAP = ("226-1", "211-", "perimetre", "manifest", "rassemblement", "rave", "teknival")
_PERIMETER = re.compile(
    r"\bperimetres?\s+(?:de\s+securite\s+et\s+)?de\s+(?:protection|securite)\b"
    r"(?!\s+(?:immediate|rapprochee?|eloignee?|du\s+captage|des?\s+captages?|des?\s+monuments?|du\s+forage))"
)
_ANY_PERIMETER = re.compile(
    r"\bperimetres?\s+(?:de\s+securite\s+et\s+)?de\s+(?:protection|securite)\b"
    r"(?:\s+(?:immediate|rapprochee?|eloignee?|du\s+captage|des?\s+captages?|des?\s+monuments?|du\s+forage))?"
)
_INSTITUTES = re.compile(
    r"\b(?:institu(?:e|es|ee|ees|ant|tion)|instaur(?:e|es|ee|ees|ant|ation)|cree(?:e?s?)|creant|creation"
    r"|etabli(?:e?s?)|mise?s?\s+en\s+place)\b"
)
_FORBIDS = re.compile(r"\binterdi(?:t|te|ts|tes|ction|ctions|sant)\b")
_DEMONSTRATION = re.compile(
    r"\b(?:manifestations?|manifester|cortege|attroupements?|defiles?|rassemblements?(?!\s+festifs?)"
    r"(?!\s+(?:\w+\s+){0,2}?a\s+caractere)|appels?\s+a\s+manifester)\b"
)
_NOT_POLITICAL = re.compile(
    r"\b(?:manifestations?|rassemblements?)\s+(?:\w+\s+){0,2}?(?:sportives?|nautiques?|aeriennes?|aerostatiques?"
    r"|cyclistes?|commerciales?|festives?|publiques?\s+d'animaux|d'animaux|d'oiseaux|avicoles?|automobiles?"
    r"|taurines?|culturelles?|pyrotechniques?|motorisees?|foraines?|de\s+vehicules|de\s+volailles)"
)
_FESTIVE = re.compile(
    r"\brassemblements?\s+festifs?(?:\s+a\s+caractere\s+musical)?|\brave[\s-]*part(?:y|ies)|\bteknivals?"
    r"|\bfree[\s-]*part(?:y|ies)|\brassemblements?\s+(?:\w+\s+){0,3}?a\s+caractere\s+musical"
)
_REPEALED = re.compile(r"\babroge(?:e?s?|ant)?\b|\bretir(?:e|ee|ant)\b")


class Measure(NamedTuple):
    """A kind of measure: its code, the articles of law by which it is taken."""

    technology: str
    basis: str


PERIMETER = Measure("protection_perimeter", r"226-1")
DEMONSTRATION = Measure("demonstration_ban", r"211-[1-4]")
GATHERING = Measure("gathering_ban", r"211-(?:1[0-5]|2[0-9]|[25-9])")


def read(act: Act, context: Context) -> Iterable[Draft]:
    """Yield the protection perimeter and the bans that the articles of an order decide."""
    raw = act.pages.folded
    if not any(word in raw for word in _CHEAP):
        return
    order = Order(act)
    if not order.articles or order.is_delegation:
        return
    for measure, start, end in _decided(order):
        yield _draft(order, context, measure, start, end)


def turned(act: Act, context: Context) -> list[Turned]:
    """Return why an act takes none of the measures of which it speaks; nothing when it does."""
    order = Order(act)
    if not order.articles:
        return [Turned("no_articles")]
    if order.is_delegation:
        return [Turned("delegation")]
    if any(True for _ in _decided(order)):
        return []
    return list(_why_not(order)) or [Turned("measures.no_measure")]


def _why_not(order: Order) -> Iterator[Turned]:
    if found := _ANY_PERIMETER.search(order.text):
        has_basis = order.legal_basis(PERIMETER.basis)[0]
        rule = "perimeter_not_instituted" if has_basis else "perimeter_without_basis"
        yield Turned(f"measures.{rule}", *found.span())
    if found := _FESTIVE.search(order.text):
        yield Turned("measures.gathering_not_banned", *found.span())
    if found := _DEMONSTRATION.search(order.text):
        titled = _FORBIDS.search(order.name)
        if not titled or not _DEMONSTRATION.search(order.name, titled.start()):
            yield Turned("measures.demonstration_not_banned", *found.span())
        elif not order.legal_basis(DEMONSTRATION.basis)[0]:
            yield Turned("measures.demonstration_without_basis", *found.span())
        else:
            yield Turned("measures.demonstration_not_in_articles", *found.span())


def _decided(order: Order) -> Iterator[tuple[Measure, int, int]]:
    """Yield the measures, each with where it is decided, in a sentence of the articles."""
    if found := _perimeter(order):
        yield PERIMETER, *found
    if found := _festive(order):
        yield GATHERING, *found
    elif found := _demonstration(order):
        yield DEMONSTRATION, *found


def _perimeter(order: Order) -> tuple[int, int] | None:
    if not order.legal_basis(r"226-1")[0]:
        return None
    for article in order.articles[:4]:
        text = order.text[article.start : article.end]
        found = _PERIMETER.search(text)
        if found and (
            _INSTITUTES.search(text, max(0, found.start() - 250), found.end() + 250)
            or _PERIMETER.search(order.name)
        ):
            return article.start + found.start(), article.start + found.end()
    return None


def _festive(order: Order) -> tuple[int, int] | None:
    for article in order.articles[:3]:
        text = order.text[article.start : article.end]
        named, forbidden = _FESTIVE.search(text), _FORBIDS.search(text)
        if named and forbidden and abs(named.start() - forbidden.start()) < 500:
            return article.start + named.start(), article.start + named.end()
    return None


def _demonstration(order: Order) -> tuple[int, int] | None:
    """Find a ban on demonstrations: by its heading, or by the articles L211-4 and those near."""
    name = order.name
    titled = _FORBIDS.search(name)
    if not titled or not _DEMONSTRATION.search(name, titled.start(), titled.start() + 200):
        return None
    if not order.legal_basis(DEMONSTRATION.basis)[0]:
        return None
    for article in order.articles[:4]:
        text = order.text[article.start : article.end]
        named, forbidden = _DEMONSTRATION.search(text), _FORBIDS.search(text)
        if named and forbidden and not _NOT_POLITICAL.match(text, named.start()):
            return article.start + named.start(), article.start + named.end()
    return None


def _draft(order: Order, context: Context, measure: Measure, start: int, end: int) -> Draft:
    spans = {"technology": Span(start, end, 0.98), "decision": Span(start, end, 0.97)}
    basis, where = order.legal_basis(measure.basis)
    if where:
        spans["legal_basis"] = where
    signed, own, court = order.signed, order.order, order.court
    if signed:
        spans["signed_on"] = signed[1]
    if own:
        spans["order"] = own[1]
    if court:
        spans["court"] = court[1]
    near = signed[0] if signed else context.published_on
    intervals, warnings = _intervals(order, near, spans)
    if order.order_year_differs():
        warnings = (*warnings, "order_year_differs")
    decision = _decision(order)
    return Draft(
        technology=measure.technology,
        decision=decision,
        technologies=(measure.technology,),
        decisions=(decision,),
        order=own[0] if own else None,
        signed_on=signed[0] if signed else None,
        repeals=_repeals(order, spans),
        places=_places(order, context, spans),
        intervals=intervals,
        legal_basis=basis,
        court=court[0] if court else None,
        spans=spans,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _decision(order: Order) -> str:
    if re.search(r"\bmodifi(?:ant|catif)\b|portant\s+modification", order.name):
        return "modification"
    if re.search(r"\bprorog|\bprolong", order.name):
        return "extension"
    if re.search(r"\babrogeant\b|portant\s+(?:abrogation|retrait)", order.name):
        return "abrogation"
    return "authorisation"


def _intervals(
    order: Order, near: date | None, spans: dict[str, Span]
) -> tuple[tuple[Interval, ...], tuple[str, ...]]:
    """Return when the measure applies: from the first article that names days with hours."""
    dated: list[tuple[int, int, tuple[Interval, ...], tuple[str, ...]]] = []
    for article in order.articles[:6]:
        text = order.text[article.start : min(article.end, order.end)]
        for each in read_times(text, near):
            if each.is_cited:
                continue
            start, end = article.start + each.start, article.start + each.end
            if each.has_hours:
                dated.append((start, end, each.intervals, each.warnings))
            elif not dated:
                spans.setdefault("intervals", Span(start, end, 0.7))
        if dated:
            break
    if dated:
        spans["intervals"] = Span(dated[0][0], dated[0][1], 0.98)
        intervals = dict.fromkeys(interval for each in dated for interval in each[2])
        return tuple(intervals), tuple(w for each in dated for w in each[3])
    if "intervals" in spans:
        at = spans["intervals"]
        whole = read_times(order.text[at.start : at.end], near)
        return (whole[0].intervals, whole[0].warnings) if whole else ((), ())
    return (), ()


def _places(order: Order, context: Context, spans: dict[str, Span]) -> tuple[FoundPlace, ...]:
    """Return where it applies: by the articles, else by the heading."""
    printed = order.act.pages.text
    name_end = min(order.recitals[0], order.start)
    for start, end, confidence in ((order.start, order.told, 0.95), (0, name_end, 0.95)):
        found = read_places(order.text, printed, start, end, context.departement)
        known = [each for each in found if each.place.how]
        if known:
            spans["places"] = Span(known[0].start, known[0].end, confidence)
            unique: dict[str, FoundPlace] = {}
            for each in known:
                unique.setdefault(each.place.insee or each.place.printed, each.place)
            return tuple(unique.values())
    return ()


def _repeals(order: Order, spans: dict[str, Span]) -> tuple[date, ...]:
    for article in order.articles:
        text = order.text[article.start : article.end]
        if article.start < order.end and _REPEALED.search(text) and (dates := read_dates(text)):
            first = dates[0]
            spans["repeals"] = Span(article.start + first.start, article.start + first.end, 0.9)
            return (first.day,)
    return ()

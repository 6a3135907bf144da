"""How sure a record is about surveillance: object, CPV, buyer and supplier, each with its weight.

The weights are independent chances of being right, joined as one minus the product of the chances
of being wrong: words of the object 0.55 to 0.95, a CPV of cameras 0.75 beside words and 0.75 alone
when the object is neutral (0.3 when it speaks of something else), a CPV of the neighbourhood 0.3, a
supplier of the trade 0.25. A supplier never decides: without words or a CPV of cameras there is
nothing. A finding is 0.5 and more. Half of the contracts under the neighbouring CPVs are alarms,
guards or fire, measured on the shared registers: hence 0.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cpv import STRONG_CPV, WEAK_CPV
from .damage import cleaned, comparable, exactly
from .signs import LOW, NET, OFF_TOPIC, ORDER, Sign, bare, sought_in, without_friends

LEAST = 0.5
_STRONG, _WEAK, _OFF, _SUPPLIER = 0.75, 0.3, 0.3, 0.25
_TRADE = exactly(
    "\\beryma\\b",
    "citeos",
    "vidéo~?(?:protection|surveillance)",
    "foxstream",
    "wintics",
    "videtics",
    "two~i\\b",
    "\\bxxii\\b",
    "evitech",
    "briefcam",
    "genetec",
    "casd\\b",
    "hikvision",
    "\\baxis\\b",
    "milestone",
    "snef\\b",
    "sogetrel",
    "city ?networks",
    "serfim t",
    "\\bineo\\b",
    "sdel\\b",
    "deveryware",
    "tevah",
    "neo2i",
    "eryma",
    "logitud",
    "survision",
    "afs2r",
    "flowbird",
    "\\bsvd\\b",
)
_ORDER = {code: index for index, code in enumerate(ORDER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a record is about: leading technology, all of them, where the words stand, how sure."""

    technology: str
    technologies: tuple[str, ...]
    start: int | None
    end: int | None
    words: float
    """How far the words alone are to be believed; 0 when only the CPV speaks."""
    confidence: float
    is_by_cpv: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """What spoke for a record with what chance of being right (above 0), or against it (below)."""

    rule: str
    words: str
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class _Met:
    sign: Sign
    start: int
    end: int


def weigh(text: str, cpv: str | None, *, buyer: str = "", suppliers: str = "") -> Weighed | None:
    """Return what a cleaned object and eight digits of CPV speak of, or None.

    `buyer` and `suppliers` are names, used as context only.
    """
    met = _signs(text, buyer)
    if not met:
        return _by_cpv(text, cpv)
    lead = _leading(met)
    confidence = joined([each.chance for each in _chances(lead, cpv, suppliers)])
    if confidence < LEAST:
        return None
    return Weighed(
        technology=lead.sign.technology,
        technologies=_all(met, lead),
        start=lead.start,
        end=lead.end,
        words=lead.sign.strength,
        confidence=confidence,
    )


def votes(text: str, cpv: str | None, *, buyer: str = "", suppliers: str = "") -> list[Vote]:
    """Return what spoke for and against a record, as `weigh` heard it."""
    blocked: list[Vote] = []
    met = _signs(text, buyer, blocked)
    if met:
        lead = _leading(met)
        others = [
            Vote("contracts.other_sign", text[each.start : each.end])
            for each in met
            if each is not lead
        ]
        words = Vote("contracts.words", text[lead.start : lead.end], lead.sign.strength)
        return [words, *_chances(lead, cpv, suppliers)[1:], *others, *blocked]
    if cpv in STRONG_CPV:
        off = OFF_TOPIC.search(comparable(text))
        spoke = Vote("contracts.cpv_alone", cpv or "", _OFF if off else _STRONG)
        return [spoke, *([Vote("contracts.off_topic", off[0], -1.0)] if off else ()), *blocked]
    return blocked or [Vote("contracts.no_sign", "", -1.0)]


def _chances(lead: _Met, cpv: str | None, suppliers: str) -> list[Vote]:
    """Return the independent chances of being right, the leading words first."""
    chances = [Vote("contracts.words", "", lead.sign.strength)]
    strong = cpv in STRONG_CPV
    if cpv and (strong or cpv in WEAK_CPV):
        rule = "contracts.cpv" if strong else "contracts.cpv_near"
        chances.append(Vote(rule, cpv, _STRONG if strong else _WEAK))
    if suppliers and (trade := _TRADE.search(comparable(suppliers))):
        chances.append(Vote("contracts.supplier", trade[0], _SUPPLIER))
    return chances


def may_concern(text: str, cpv: str | None) -> bool:
    """Answer quickly whether an object as typed can be about surveillance at all.

    Said of each of a million rows, so plain substrings; `weigh` decides.
    """
    if cpv and cpv[:8] in STRONG_CPV:
        return True
    if "&" in text:
        text = cleaned(text)
    plain = bare(text)
    for stem in NET:  # noqa: SIM110 - a loop is half the time of `any` here
        if stem in plain:
            return True
    return False


def _signs(text: str, buyer: str, blocked: list[Vote] | None = None) -> list[_Met]:
    """Find the signs; words that a more special sign has taken speak of nothing else.

    What kept a sign from counting is added to `blocked`.
    """
    signs, plain = sought_in(text), comparable(text)
    if not any(sign.words.search(plain) for sign in signs):
        return []
    rest = without_friends(plain)
    blocked = [] if blocked is None else blocked
    if rest != plain:
        blocked += [Vote("contracts.friend", words, -1.0) for words in _taken(plain, rest)]
    around = f"{rest} | {comparable(buyer)}" if buyer else rest
    met = []
    for sign in signs:
        found = sign.words.search(rest)
        if found is None or found.start() == found.end():
            continue
        if sign.unless and (friend := sign.unless.search(rest)):
            blocked.append(Vote("contracts.unless", f"{found[0]} / {friend[0]}", -1.0))
            continue
        if sign.needs and not _needed(sign.needs, around, found.start(), found.end()):
            blocked.append(Vote("contracts.needs", found[0], -1.0))
            continue
        met.append(_Met(sign, found.start(), found.end()))
        rest = sign.words.sub(_blank, rest)
    return met


def _taken(plain: str, rest: str) -> list[str]:
    """Return the words that were blanked out of a text of the same length."""
    kept = "".join(a if a != b else "\n" for a, b in zip(plain, rest, strict=False))
    return list(dict.fromkeys(" ".join(part.split()) for part in kept.split("\n") if part.strip()))


def _needed(needs: re.Pattern[str], around: str, start: int, end: int) -> bool:
    return needs.search(around[:start]) is not None or needs.search(around[end:]) is not None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _leading(met: list[_Met]) -> _Met:
    """Return the sign that leads: no low one when there is another, a strong one, by vocabulary."""
    high = [each for each in met if each.sign.technology not in LOW] or met
    best = max(each.sign.strength for each in high)
    near = [each for each in high if each.sign.strength >= best - 0.2]
    return min(near, key=lambda each: (_ORDER[each.sign.technology], each.start))


def _all(met: list[_Met], lead: _Met) -> tuple[str, ...]:
    others = {each.sign.technology for each in met} - {lead.sign.technology}
    return (lead.sign.technology, *sorted(others, key=_ORDER.__getitem__))


def _by_cpv(text: str, cpv: str | None) -> Weighed | None:
    if cpv is None or cpv not in STRONG_CPV:
        return None
    confidence = _OFF if OFF_TOPIC.search(comparable(text)) else _STRONG
    if confidence < LEAST:
        return None
    technology = STRONG_CPV[cpv]
    return Weighed(
        technology=technology,
        technologies=(technology,),
        start=None,
        end=None,
        words=0.0,
        confidence=confidence,
        is_by_cpv=True,
    )


def joined(chances: list[float]) -> float:
    """Return the chance that one of several independent signs at least is right."""
    wrong = 1.0
    for chance in chances:
        wrong *= 1 - chance
    return round(1 - wrong, 3)

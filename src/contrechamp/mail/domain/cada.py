"""What the CADA writes: pieces that miss, a referral registered, a series, an opinion."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from .french import dates_in, plain
from .receipts import quote, sentences
from .shapes import Cada, Sense, Step

_NUMBER = re.compile(r"(?<!\d)(20\d{6})(?!\d)")
_OPINION = re.compile(
    r"(?:emis|emet|rendu|notifi\w+|transm\w+|adress\w+|trouver\w*|ci-joint)[^.\n]{0,80}\bavis\b"
    r"|\bavis (?:n[°o]|favorable|defavorable)"
)
_REGISTERED = re.compile(r"enregistree?s?\b")
_SERIES = re.compile(r"\bserie\b|r\.? ?343-3-1")
_MISSING = re.compile(
    r"incomplete?s?\b|complet(?:er|ee)|pieces? manquantes?|faire parvenir"
    r"|n'est pas en mesure d'enregistrer"
)
_SENSES = (
    (re.compile(r"\bavis favorable\b|\bfavorable\b"), Sense.FAVOURABLE),
    (re.compile(r"\bdefavorable\b"), Sense.UNFAVOURABLE),
    (re.compile(r"sans objet|perdu son objet"), Sense.WITHOUT_OBJECT),
    (re.compile(r"irrecevable"), Sense.INADMISSIBLE),
    (re.compile(r"incompeten|n'est pas competente"), Sense.NOT_COMPETENT),
)
_RESERVES = re.compile(
    r"sous (?:les )?reserves?|partiellement favorable|favorable (?:en|pour) partie"
)
_SESSION = re.compile(r"seance du\s*$|reunie le\s*$|avis du\s*$")
_ITEM = re.compile(r"^\s*(?:[-•–*]|\d{1,3}[.)])\s+(\S.{2,200})$", re.MULTILINE)


def is_from(domain: str, cada_domains: Collection[str]) -> bool:
    """Answer whether a sender's domain is one of the CADA's, or below it."""
    return any(domain == one or domain.endswith(f".{one}") for one in cada_domains)


def notice(fresh: str, subject: str) -> Cada:
    """Read what the CADA writes; the step is OTHER when it is none of those known."""
    text = f"{subject}.\n\n{fresh}"
    folded = plain(text)
    number = _NUMBER.search(folded)
    step = _step(folded)
    registered = _day_beside(text, folded, _REGISTERED) if step in _REGISTRATIONS else None
    senses = [sense for form, sense in _SENSES if form.search(folded)]
    is_opinion = step is Step.OPINION
    return Cada(
        step=step,
        number=number[1] if number else "",
        registered_on=registered,
        sense=_sense(senses, folded) if is_opinion else None,
        session_on=_session(folded) if is_opinion else None,
        members=tuple(_members(fresh)) if step is Step.SERIES_REGISTERED else (),
        quotes=tuple(_quotes(text, folded, step)),
    )


_REGISTRATIONS = frozenset({Step.REGISTERED, Step.SERIES_REGISTERED})
_SIGNS = {
    Step.OPINION: _OPINION,
    Step.COMPLETION_ASKED: _MISSING,
    Step.SERIES_REGISTERED: _SERIES,
    Step.REGISTERED: _REGISTERED,
}


def _step(folded: str) -> Step:
    """Return the step; a registration may announce the opinion, an opinion says its sense."""
    has_sense = any(form.search(folded) for form, _ in _SENSES)
    if _OPINION.search(folded) and has_sense:
        return Step.OPINION
    if _MISSING.search(folded):
        return Step.COMPLETION_ASKED
    if _REGISTERED.search(folded):
        return Step.SERIES_REGISTERED if _SERIES.search(folded) else Step.REGISTERED
    return Step.OTHER


def _sense(senses: list[Sense], folded: str) -> Sense | None:
    if Sense.FAVOURABLE in senses and (len(senses) > 1 or _RESERVES.search(folded)):
        return Sense.PARTIAL
    return senses[0] if senses else None


def _day_beside(text: str, folded: str, form: re.Pattern[str]) -> date | None:
    """Return the day in a sentence that says it was registered: the one behind the word."""
    for start, end in sentences(text):
        sentence = folded[start:end]
        if found := form.search(sentence):
            days = [(at, day) for at, _, day in dates_in(sentence)]
            behind = [day for at, day in days if at > found.start()]
            if behind:
                return behind[0]
    return None


def _session(folded: str) -> date | None:
    found = (
        day for at, _, day in dates_in(folded) if _SESSION.search(folded[max(at - 30, 0) : at])
    )
    return next(found, None)


def _members(fresh: str) -> list[str]:
    return [" ".join(item.split()).rstrip(" ;.,") for item in _ITEM.findall(fresh)][:500]


def _quotes(text: str, folded: str, step: Step) -> list[str]:
    form = _SIGNS.get(step)
    if form is None:
        return []
    cuts = sentences(text)
    return [quote(text, *cut) for cut in cuts if form.search(folded[cut[0] : cut[1]])][:4]

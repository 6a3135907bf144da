"""Letters of the CADA: what they are and the sense of an opinion, with the words that say so.

Senses are those of the commission's own publication. An opinion that says one thing of some
points and another of others has a sense for each; `sense` is the one to record. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .canonical import Canonical, canonical, plain
from .ignored import ignored
from .patterns import tolerant


class Letter(StrEnum):
    """What a letter of the CADA is."""

    REGISTERED = "REGISTERED"
    TO_COMPLETE = "TO_COMPLETE"
    SERIES = "SERIES"
    OPINION = "OPINION"
    OTHER = "OTHER"


class Sense(StrEnum):
    """The sense of an opinion."""

    FAVOURABLE = "FAVOURABLE"
    RESERVES = "RESERVES"
    UNFAVOURABLE = "UNFAVOURABLE"
    NO_OBJECT = "NO_OBJECT"
    INADMISSIBLE = "INADMISSIBLE"
    NOT_COMPETENT = "NOT_COMPETENT"
    MIXED = "MIXED"


@dataclass(frozen=True, slots=True)
class Read:
    """One sense with its words in the letter."""

    sense: Sense
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CadaLetter:
    """A letter of the CADA as read; all of it is a proposal."""

    letter: Letter
    number: str = ""
    senses: tuple[Read, ...] = ()
    quote: str = ""

    @property
    def sense(self) -> Sense | None:
        """Return the sense to record, None when none was read.

        Reserves and refused points beside a favourable opinion make it one with reserves, as the
        commission itself publishes it; a point without object does not change the others'.
        """
        found = {read.sense for read in self.senses}
        if not found:
            return None
        if len(found) == 1:
            return found.pop()
        if found & {Sense.FAVOURABLE, Sense.RESERVES}:
            weighty = found & {Sense.RESERVES, Sense.UNFAVOURABLE}
            return Sense.RESERVES if weighty else Sense.FAVOURABLE
        return Sense.MIXED


_FROM = re.compile(
    tolerant(
        r"la commission (?:a |, )?(?:emet|emis|rendu|estime|considere|declare|rappelle|constate"
        r"|s.est|ne peut|est incompetente|se declare)"
        r"|(?:secretariat|president\w*|secretaire|rapporteur\w*)[^\n.;]{0,30} (?:general\w* )?"
        r"de la (?:commission d.acces|cada)"
        r"|(?:saisi|saisie) la (?:commission|cada)[^\n]{0,200}(?:enregistree?|dossier)"
        r"|accuse reception de votre (?:demande d.avis|saisine)|invite ce jour l.administration"
        r"|vos? saisines? [^\n]{0,120}la commission"
    )
)
_TITLE = re.compile(r"^[ \t]*avis n ?° ?20\d{6}", re.IGNORECASE | re.MULTILINE)
"""The title of an opinion stands on a line; a body that mentions one writes it in a sentence."""
_HEAD = re.compile(tolerant(r"commission d.acces aux documents administratifs|\bcada\b"))
_LETTERHEAD = re.compile(
    tolerant(r"\s*(?:commission d.acces aux documents administratifs|cada)\W*$")
)
"""The first line of a letter that names the commission alone is its letterhead."""
_NUMBER = re.compile(r"\b(20\d{6})\b")
_TO_COMPLETE = re.compile(
    tolerant(
        r"(?:completer|incomplet\w*|ne pourra etre enregistree|pieces? manquantes?"
        r"|(?:transmettre|adresser|fournir|joindre)[^\n.;]{0,60}"
        r"copie (?:de|du) (?:votre|la) (?:demande|refus|decision))"
    )
)
_SERIES = re.compile(
    tolerant(
        r"serie de (?:demandes|refus|saisines)|(?:comme|en) une (?:meme )?serie"
        r"|r ?\.? ?343 ?- ?3 ?- ?1"
    )
)
_REGISTERED = re.compile(
    tolerant(r"(?:enregistree?|enregistrement|accuse reception)[^\n]{0,200}|est instruite?")
)
_SENSES: tuple[tuple[Sense, re.Pattern[str]], ...] = tuple(
    (sense, re.compile(tolerant(pattern)))
    for sense, pattern in (
        (
            Sense.RESERVES,
            r"avis (?:partiellement )?favorable[^\n.;]{0,140}"
            r"(?:sous (?:les? |cette |ces |la |leurs )?(?:memes? |double )?reserves?"
            r"|apres (?:l.)?(?:occultation|disjonction))"
            r"|sous (?:les? |cette |ces )?reserves?[^\n;]{0,160}avis favorable"
            r"|avis partiellement favorable",
        ),
        (Sense.UNFAVOURABLE, r"avis defavorable|emet[^\n.;]{0,40}\bdefavorable"),
        (Sense.FAVOURABLE, r"avis favorable"),
        (
            Sense.NO_OBJECT,
            r"(?:sans|depourvue? d.|prive\w* d.) ?objet",
        ),
        (
            Sense.INADMISSIBLE,
            r"\birrecevables?\b|irrecevabilite de",
        ),
        (
            Sense.NOT_COMPETENT,
            r"\bincompetente?\b|(?:n.est|n.etant) pas competente?|decline[^\n.;]{0,20}competence",
        ),
    )
)
_HYPOTHETICAL = re.compile(
    tolerant(
        r"\b(?:si|lorsque|lorsqu.|en cas d.|avait (?:deja )?emis|precedent|rappelle avoir)"
        r"[^\n.;]{0,80}$"
    )
)


def read_cada(text: str) -> CadaLetter | None:
    """Return what a letter of the CADA is, None when the text is not one of its letters."""
    letter = canonical(text, ignored(text))
    head = _HEAD.search(letter.text)
    if head is None or not _is_from_cada(letter, text):
        return None
    found = _NUMBER.search(letter.text)
    number = found[1] if found else ""
    senses = _senses(letter, text)
    if senses:
        return CadaLetter(
            letter=Letter.OPINION, number=number, senses=senses, quote=senses[0].quote
        )
    for kind, pattern in (
        (Letter.TO_COMPLETE, _TO_COMPLETE),
        (Letter.SERIES, _SERIES),
        (Letter.REGISTERED, _REGISTERED),
    ):
        if match := pattern.search(letter.text):
            start, end = letter.original(*match.span())
            return CadaLetter(letter=kind, number=number, quote=text[start:end])
    return CadaLetter(letter=Letter.OTHER, number=number)


def _is_from_cada(letter: Canonical, text: str) -> bool:
    """Answer whether the commission itself writes: it signs, heads the letter, or speaks."""
    begins = _HEAD.search(letter.text, 0, 220)
    ends = _HEAD.search(letter.text, max(0, len(letter.text) - 220))
    first = text.strip().partition("\n")[0]
    if _LETTERHEAD.fullmatch("".join(plain(sign) for sign in first)):
        return True
    is_own = _FROM.search(letter.text) or _TITLE.search(text)
    return bool(is_own and (begins or ends))


def _senses(letter: Canonical, text: str) -> tuple[Read, ...]:
    taken: list[tuple[int, int]] = []
    found: list[Read] = []
    for sense, pattern in _SENSES:
        for match in pattern.finditer(letter.text):
            span = match.span()
            if any(start < span[1] and span[0] < end for start, end in taken):
                continue
            if _HYPOTHETICAL.search(letter.text[max(0, span[0] - 120) : span[0]]):
                continue
            taken.append(span)
            start, end = letter.original(*span)
            found.append(Read(sense, start, end, text[start:end]))
    return tuple(sorted(found, key=lambda read: read.start))

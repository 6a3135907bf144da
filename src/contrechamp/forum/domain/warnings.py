"""What should not stand in a public post, seen before it is sent: a warning, never a ban.

An e-mail address, a telephone number, a number plate, an IBAN, the name of somebody who is probably
a private person. The form is shown again with what was found; one more click sends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop


class Found(StrEnum):
    """What a text seems to hold."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    PLATE = "PLATE"
    IBAN = "IBAN"
    NAME = "NAME"


WORDS: dict[Found, str] = {
    Found.EMAIL: gettext_noop("une adresse électronique"),
    Found.PHONE: gettext_noop("un numéro de téléphone"),
    Found.PLATE: gettext_noop("une plaque d'immatriculation"),
    Found.IBAN: gettext_noop("un numéro de compte bancaire"),
    Found.NAME: gettext_noop("peut-être le nom d'une personne privée"),
}
_PATTERNS = {
    Found.EMAIL: re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    Found.IBAN: re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b"),
    Found.PHONE: re.compile(r"(?<![\d.])(?:\+33[ .]?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)"),
    Found.PLATE: re.compile(r"\b(?!SS)[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}\b"),
}
_NAME = re.compile(
    r"\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+"
    r"(?!le\b|la\b|l'|les\b)((?:[A-ZÀ-Ý][\w'’-]+\s?){1,3})"
)
_PUBLIC = re.compile(
    r"\b(?:maire|préfet|préfète|ministre|adjoint|adjointe|député|députée|sénateur|sénatrice|"
    r"président|présidente|conseiller|conseillère|élu|élue|procureur|procureure|directeur|"
    r"directrice|commissaire|recteur|rectrice)\b",
    re.IGNORECASE,
)
NEAR = 60


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that was found, and the words that look like it."""

    found: Found
    words: str

    @property
    def label(self) -> str:
        return WORDS[self.found]


def warnings_of(text: str) -> list[Warned]:
    """Return what a text seems to hold that is somebody's own, each thing once."""
    seen: dict[Warned, None] = {}
    rest = text
    for found, pattern in _PATTERNS.items():
        for match in pattern.finditer(rest):
            seen[Warned(found, match[0].strip())] = None
        rest = pattern.sub(" ", rest)
    for match in _NAME.finditer(text):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if not _PUBLIC.search(around):
            seen[Warned(Found.NAME, match[0].strip())] = None
    return list(seen)[:10]

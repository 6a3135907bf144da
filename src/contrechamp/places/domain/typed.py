"""What somebody typed in the box "Votre commune ?": a postal code, an INSEE code or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contrechamp.kernel.names import fold, words

from .resolve import SAINTS

CODE = re.compile(r"(?:\d{5}|2[ABab]\d{3})")
DISTRICT = re.compile(
    r"(paris|lyon|marseille) (\d{1,2})(?: ?(?:er|e|eme|ème|ième|nd|nde))?"
    r"(?: ?(?:arr|arrdt|ardt|arrondissement)\.?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, read."""

    code: str = ""
    """Five characters: a postal code, an INSEE code, or both."""
    folded: str = ""
    """The name, folded, "St" written out."""
    departement: str = ""
    """After the name, in brackets or not: "Saint-Denis (93)", "Valence 26"."""


def read_typed(text: str) -> Typed:
    """Read what was typed in the box."""
    bare = " ".join(text.split())
    compact = bare.replace(" ", "")
    if CODE.fullmatch(compact):
        return Typed(code=compact.upper())
    lower = bare.lower()
    if district := DISTRICT.fullmatch(lower):
        number = int(district[2])
        return Typed(folded=f"{district[1]}{number}{'er' if number == 1 else 'e'}arrondissement")
    if with_code := re.fullmatch(r"(.*?\D)\s*\(?\b(\d{5}|2[ABab]\d{3})\)?", bare):
        return Typed(code=with_code[2].upper(), folded=_fold(with_code[1]))
    if with_place := re.fullmatch(r"(.*?\D)\s*[\s(](\d{2}|2[ABab]|97\d)\)?", bare):
        return Typed(folded=_fold(with_place[1]), departement=with_place[2].upper())
    return Typed(folded=_fold(bare))


def _fold(text: str) -> str:
    return fold(" ".join(SAINTS.get(word, word) for word in words(text)))

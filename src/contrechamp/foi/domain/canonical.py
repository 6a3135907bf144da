"""A letter as patterns read it: plain letters, single blanks, and where each sign came from.

Accents, ligatures, kinds of dashes and apostrophes, capitals, line ends and words cut at the end
of a line are made alike, so that a pattern is written once. A blank line, a bullet and what is to
be ignored become a line's end, over which no pattern runs. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end in the original text, the end not in it."""

_SIGNS = {"œ": "oe", "æ": "ae", "ß": "ss", "\u00ad": "", "\u200b": "", "\ufeff": "", "º": "°"}
_SIGNS |= dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("«»“”„", '"')
_CUT = re.compile(r"(?<=[^\W\d_])[-\u00ad‐]\r?\n[ \t]*(?=[a-zà-ÿ])")
_MISREAD = re.compile(r"(?<=[a-zà-ÿ])I(?=[^\W\d_A-Z]|\b)|\bI(?=(?:a|e|es)\b)")
"""A capital i in or after small letters, or for "la", "le", "les": a scan's l."""
_BREAK = re.compile(
    r"[ \t\u00a0]*\r?\n(?:[ \t\u00a0]*\r?\n)+(?!\s*[a-zà-ÿ(])"
    r"|\r?\n(?=[ \t]*(?:[-–•*▪·]|\d{1,2}[°.)]|[a-z]\))[ \t\u00a0])"
)
_END = re.compile(r"\n|(?<![ .'(\n][a-z])(?<!\bart)(?<!\bmme)(?<!\bcf)(?<!\bref)[.!?;](?=[ \n]|$)")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The text that patterns read; `places[n]` is where sign n stands in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return where a match stands in the original."""
        return self.places[start], self.places[end - 1] + 1

    def sentences(self) -> list[Span]:
        """Return the sentences in order, as places in the canonical text; they cover it all."""
        cuts = [match.end() for match in _END.finditer(self.text)]
        if not cuts or cuts[-1] != len(self.text):
            cuts.append(len(self.text))
        starts = [0, *cuts[:-1]]
        return [(a, b) for a, b in zip(starts, cuts, strict=True) if self.text[a:b].strip()]


def canonical(text: str, ignored: Sequence[Span] = ()) -> Canonical:
    """Return the text as patterns read it; ignored places are breaks."""
    breaks = {at: end for start, end in ignored if start < end for at in [start]}
    breaks |= {m.start(): m.end() for m in _BREAK.finditer(text) if m.start() not in breaks}
    cuts = {m.start(): m.end() for m in _CUT.finditer(text)}
    misread = {m.start() for m in _MISREAD.finditer(text)}
    signs: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        if at in breaks:
            written, after = "\n", breaks[at]
        elif at in cuts:
            written, after = "", cuts[at]
        else:
            written, after = "l" if at in misread else plain(text[at]), at + 1
        for sign in written:
            if sign in " \n" and signs and signs[-1] in " \n":
                signs[-1] = "\n" if "\n" in (sign, signs[-1]) else " "
            else:
                signs.append(sign)
                places.append(at)
        at = after
    return Canonical("".join(signs), tuple(places))


def plain(sign: str) -> str:
    """Return one sign in lower case without its accent; blanks and signs of their kind alike."""
    if sign.isspace():
        return " "
    if sign in _SIGNS:
        return _SIGNS[sign]
    letters = unicodedata.normalize("NFKD", sign.lower())
    kept = "".join(_SIGNS.get(letter, letter) for letter in letters)
    return "".join(letter for letter in kept if not unicodedata.combining(letter))

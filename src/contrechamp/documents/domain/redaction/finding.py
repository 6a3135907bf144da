"""Where words stand in a text, however they are written there.

Case, accents and ligatures are folded; a word may be cut at the end of a line, spaced out letter
by letter, or misread by a machine (0 for o, rn for m); spaces and signs between words may be
missing. What is searched here is hidden, so that one find too many is better than one too few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from contrechamp.documents.domain.french import is_known

Span = tuple[int, int]

PART = 6
"""Letters of a part of a word that tell the whole."""
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"}
_ALIKE = {
    "o": "[o0]",
    "0": "[0o]",
    "l": "[l1i|!]",
    "i": "[il1|!]",
    "1": "[1li|!]",
    "s": "[s5$]",
    "5": "[5s]",
    "b": "[b8]",
    "8": "[8b]",
    "z": "[z2]",
    "2": "[2z]",
    "g": "[g9q]",
    "q": "[qg9]",
    "9": "[9g]",
    "m": "(?:m|rn)",
    "w": "(?:w|vv)",
    "d": "(?:d|cl)",
    "e": "[ec]",
    "@": "[@©]",
}
_PAIRS = {"rn": "(?:rn|m)", "cl": "(?:cl|d)", "vv": "(?:vv|w)"}
_HYPHENS = "-\u00ad\u2010\u2011"
_CUT = rf"(?:[{_HYPHENS}]\s*|\s*\n\s*|\u200b)?"
"""What may stand inside a word: a hyphen at the end of a line, or the end of the line."""
_BETWEEN = r"[\W_]{0,6}"
"""What may stand between two words: spaces, signs, nothing."""


class Sought(Protocol):
    """What is looked for: words, or a kind of words."""

    @property
    def text(self) -> str: ...
    @property
    def whole_word(self) -> bool: ...
    @property
    def kind(self) -> str: ...


@lru_cache(maxsize=1 << 16)
def _sign(sign: str) -> str:
    small = sign.lower()
    if small in _LIGATURES:
        return _LIGATURES[small]
    plain = unicodedata.normalize("NFKD", small)
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold(text: str) -> tuple[str, list[int] | None]:
    """Return the text in small letters without accents, and where each sign came from.

    The places are None when they are the same as in the text.
    """
    signs = [_sign(sign) for sign in text]
    flat = "".join(signs)
    if len(flat) == len(text) and all(len(sign) == 1 for sign in signs):
        return flat, None
    return flat, [index for index, sign in enumerate(signs) for _ in sign]


def letters(text: str) -> str:
    """Return the letters and digits of a text, folded."""
    return "".join(sign for sign in fold(text)[0] if sign.isalnum())


def find(text: str, sought: Sought, *, misread: bool = False) -> list[Span]:
    """Return where the words stand, as offsets, in order and apart.

    `misread` says that a machine read the text: then one letter may be another.
    """
    flat, origins = fold(text)
    return find_folded(text, flat, origins, sought, misread=misread)


def find_folded(
    text: str, flat: str, origins: list[int] | None, sought: Sought, *, misread: bool = False
) -> list[Span]:
    """Do what `find` does, on a text that was folded before."""
    if sought.kind:
        spans = KINDS[sought.kind](flat)
    else:
        pattern, free = _pattern(sought.text, sought.whole_word)
        spans = [found.span() for found in pattern.finditer(flat)]
        if misread:
            spans += _nearly(flat, sought.text)
    if origins is not None:
        spans = [(origins[start], origins[end - 1] + 1) for start, end in spans]
    if not sought.kind and not free:
        spans = [span for span in spans if _stands_alone(text, *span)]
    return apart(spans)


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap made one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def parts(text: str, sought: Sought) -> list[Span]:
    """Return where a part of six letters or more of a word stands by itself.

    Such a residue tells the whole. Usual French words tell nothing.
    """
    if sought.kind:
        return []
    wholes = _telling(sought.text)
    if not wholes:
        return []
    flat, origins = fold(text)
    joined = "\n".join(wholes)
    spans: list[Span] = []
    for found in re.finditer(r"[^\W_]{6,}", flat):
        word = found.group()
        if word in joined and not (word.isalpha() and is_known(word)):
            spans.append(found.span())
    for found in _SPACED.finditer(flat):
        word = re.sub(r"\s", "", found.group())
        if word in joined or any(whole in word for whole in wholes):
            spans.append(found.span())
    if origins is not None:
        spans = [(origins[start], origins[end - 1] + 1) for start, end in spans]
    return apart(spans)


_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:\s{1,2}[^\W_]){5,}(?![^\W_])")
"""A word spaced out letter by letter."""


@lru_cache(maxsize=4_096)
def _telling(text: str) -> tuple[str, ...]:
    """Return the words of a term whose parts tell it; of an e-mail, those before the sign."""
    flat = fold(text.partition("@")[0])[0]
    words = re.findall(r"[^\W_]+", flat)
    wholes = [word for word in words if len(word) >= PART]
    whole = "".join(words)
    return tuple(dict.fromkeys([*wholes, whole])) if len(whole) >= PART else ()


@lru_cache(maxsize=4_096)
def _pattern(text: str, whole_word: bool) -> tuple[re.Pattern[str], bool]:
    """Return the pattern of a term, and whether it may stand inside other words."""
    words = re.findall(r"[^\W_]+", fold(text)[0])
    squeezed = "".join(words)
    if squeezed.isdigit() and len(squeezed) >= 6:
        return _digits(squeezed), False
    cut = _BETWEEN.join(_CUT.join(_units(word)) for word in words)
    spaced = r"[ \u00a0]".join(_units(squeezed)) if len(squeezed) > 3 else cut
    # Words of two or more are found without their spaces too, inside whatever stands there.
    free = not whole_word or (len(words) > 1 and len(squeezed) >= 8)
    return re.compile(f"{cut}|{spaced}"), free


def _units(word: str) -> list[str]:
    """Return the pattern of each letter, or of two that a machine reads as one."""
    found: list[str] = []
    at = 0
    while at < len(word):
        if pair := _PAIRS.get(word[at : at + 2]):
            found.append(pair)
            at += 2
        else:
            found.append(_ALIKE.get(word[at], re.escape(word[at])))
            at += 1
    return found


def _digits(digits: str) -> re.Pattern[str]:
    """Return the pattern of a number, however its digits are grouped; of a French telephone
    number with or without its country."""
    gap = r"[\s.,\-/()]{0,3}"
    body = digits
    before = ""
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        body, before = digits[1:], rf"(?:(?:\+|00)?33{gap}(?:[0o]{gap})?|[0o]{gap})"
    elif re.fullmatch(r"(?:00)?33[1-9]\d{8}", digits):
        body, before = digits[-9:], rf"(?:(?:\+|00)?33{gap}(?:[0o]{gap})?|[0o]{gap})"
    return re.compile(before + gap.join(_ALIKE.get(digit, digit) for digit in body))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Answer whether no word goes on before or after; a capital after a small letter begins one."""
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    return not _goes_on(before, first) and not _goes_on(last, after)


def _goes_on(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one.isdigit() and other.isdigit()
    return one.isalpha() and other.isalpha() and not (one.islower() and other.isupper())


def _nearly(flat: str, text: str) -> list[Span]:
    """Find words that differ by a letter in six or more, by two in twelve."""
    words = re.findall(r"[^\W_]+", fold(text)[0])
    wanted = "".join(words)
    if len(wanted) < PART or wanted.isdigit():
        return []
    most = 2 if len(wanted) >= 12 else 1
    tokens = [found.span() for found in re.finditer(r"[^\W_]+", flat)]
    spans: list[Span] = []
    for index in range(len(tokens)):
        stretch = tokens[index : index + len(words)]
        seen = "".join(flat[start:end] for start, end in stretch)
        if abs(len(seen) - len(wanted)) <= most and (
            Levenshtein.distance(seen, wanted, score_cutoff=most) <= most
        ):
            spans.append((stretch[0][0], stretch[-1][1]))
    return spans


# Kinds


def _emails(flat: str) -> list[Span]:
    pattern = r"[\w.+'-]+\s?[@©]\s?[\w-]+(?:\s?\.\s?[\w-]+)+"
    return [found.span() for found in re.finditer(pattern, flat)]


def _telephones(flat: str) -> list[Span]:
    pattern = (
        r"(?<![\d.,])(?:(?:\+|00)\s?33[\s.]?(?:\(?[0o]\)?\s?)?|[0o])[\s.]?[1-9]"
        r"(?:[\s.\-/]{0,2}[\do]{2}){4}(?!\d)"
    )
    return [found.span() for found in re.finditer(pattern, flat)]


def _ibans(flat: str) -> list[Span]:
    pattern = r"(?<![a-z\d])[a-z]{2}\d{2}(?:\s?[a-z\d]{4}){2,7}(?:\s?[a-z\d]{1,3})?(?![a-z\d])"
    return [found.span() for found in re.finditer(pattern, flat) if _is_iban(found.group())]


def _is_iban(text: str) -> bool:
    """ISO 13616: the first four signs go last, letters become numbers, the rest by 97 is 1."""
    plain = re.sub(r"\s", "", text)
    turned = plain[4:] + plain[:4]
    return len(plain) >= 15 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _plates(flat: str) -> list[Span]:
    letter = "[a-hj-np-tv-z]"
    pattern = rf"(?<![a-z\d]){letter}{{2}}[\s-]?\d{{3}}[\s-]?{letter}{{2}}(?![a-z\d])"
    return [found.span() for found in re.finditer(pattern, flat)]


KINDS = {"email": _emails, "telephone": _telephones, "iban": _ibans, "plate": _plates}
"""Kinds of words that can be hidden without listing them."""


def sentence_around(text: str, start: int, end: int, most: int = 160) -> str:
    """Return the sentence in which a passage stands, at most so many signs on each side."""
    low, high = max(start - most, 0), min(end + most, len(text))
    before = re.split(r"(?<=[.!?;:])\s|\n\s*\n", text[low:start])[-1]
    after = re.split(r"(?<=[.!?;])\s|\n\s*\n", text[end:high])[0]
    return before + text[start:end] + after

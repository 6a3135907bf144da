"""How French is set: which spaces hold two things together, and which are thin.

Only spaces change, never a letter: a sentence stays searchable, translatable and quotable. What is
not a sentence (addresses, code, tags, the places of values) is left alone. For our own words only:
the words of a document are given as they are.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale: no-break space before
the colon and inside guillemets, thin no-break space before ; ! ? and between groups of digits.
"""

from __future__ import annotations

import re

NBSP, THIN = "\u00a0", "\u202f"

_KEPT = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+"  # addresses
    r"|`[^`]*`|<[^<>]*>|&\#?\w+;"  # code, tags, entities
    r"|%\(\w+\)[sd]|\{[^{}]*\}"  # the places of values
)
_SPACE = rf"[ {NBSP}{THIN}]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = "€|%|‰|°C|km²|km|cm|mm|m²|m|ha|ko|Mo|Go|To|h|min|s|kW|W|habitants?|pages?|ans?|fois"
_DIGIT = r"(?<![\d.,])\d{1,3}"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (rf"«{_SPACE}*(?=\S|\Z)", f"«{NBSP}"),
        (rf"(?:\A|(?<=\S)){_SPACE}*»", f"{NBSP}»"),
        (rf"{_SPACE}:(?!\S)", f"{NBSP}:"),
        (rf"{_SPACE}([;!?])(?![\w=])", rf"{THIN}\1"),
        (rf"{_DIGIT}(?:{_SPACE}\d{{3}})+(?!\d)", ""),
        (rf"(?<=\d){_SPACE}(?=(?:{_UNITS})(?!\w))", NBSP),
        (rf"(?<=€){_SPACE}(?=(?:HT|TTC)\b)", NBSP),
        (rf"\b(\d{{1,2}}|1er){_SPACE}(?=(?:{_MONTHS})\b)", rf"\1{NBSP}"),
        (rf"(?<=[nN]°){_SPACE}(?=\S)", NBSP),
        (rf"\b(p\.|art\.|[LRD]\.|M\.|Mme){_SPACE}(?=[\dA-ZÀ-Ý])", rf"\1{NBSP}"),
    )
)

_FIRST = re.compile(rf"\b0?1{_SPACE}(?=(?:{_MONTHS})\b)")

_WRONG = (
    (re.compile(r"\b1 ?(?:ère|ière|iere)s?\b"), "1re"),
    (re.compile(r"\b\d+ ?(?:ème|eme|ième|ieme|è)s?\b"), "2e"),
    (re.compile(r"\b1 er\b|\b1ier\b"), "1er"),
    (re.compile(r"\b(?:0?1) (?=(?:" + _MONTHS + r")\b)"), "1er"),
    (re.compile(r"\bN ?(?:o|º)\b|\bn ?º"), "n°"),
    (re.compile(r"“|”|(?<![\w=\"])\"(?=\w)[^\"<>=]*\"(?![\w=])"), "« »"),
    (re.compile(r"\w[;!?](?= |$)"), "an espace before ; ! ?"),
    (re.compile(r"[^\W\d]:(?= |$)"), "an espace before :"),
    (re.compile(r"\.\.\."), "…"),
)


def french(text: str) -> str:
    """Return the same sentence with its spaces set."""
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_set(text[at : kept.start()]), kept.group()]
        at = kept.end()
    return "".join([*parts, _set(text[at:])])


def first_of_month(text: str) -> str:
    """Return a written date with its ordinal: `1er mars 2026`; no other day of a month has one."""
    return _FIRST.sub(f"1er{NBSP}", text)


def faults(text: str) -> list[str]:
    """Return what no space mends: ordinals, quotation marks, points, missing spaces."""
    bare = _KEPT.sub("", text)
    return [
        f"{found.group()!r}: {right}" for wrong, right in _WRONG for found in wrong.finditer(bare)
    ]


def _set(part: str) -> str:
    for pattern, instead in _RULES:
        part = pattern.sub(instead or _grouped, part)
    return part


def _grouped(found: re.Match[str]) -> str:
    return re.sub(_SPACE, THIN, found.group())

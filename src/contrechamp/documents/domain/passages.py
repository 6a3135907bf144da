"""Words that a reader looks for in a document: found whatever the accents, case and plural."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .layout import Piece, pieces

MOST_TERMS = 12
AROUND = 90
"""Characters shown on each side of a hit."""

_FROM = "àáâãäåāçćčďèéêëēęěìíîïīłñńňòóôõöøōřśšťùúûüūůýÿžźż’ʼ\u00a0\u202f"
_TO = "aaaaaaacccdeeeeeeeiiiiilnnnooooooorsstuuuuuuyyzzz''  "
TABLE: dict[int, str] = dict(zip(map(ord, _FROM), _TO, strict=True)) | {
    ord("œ"): "oe",
    ord("æ"): "ae",
    ord("ﬁ"): "fi",
    ord("ﬂ"): "fl",
    ord("ﬀ"): "ff",
    ord("ß"): "ss",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What stands around a hit, the words found apart."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def terms(query: str) -> tuple[str, ...]:
    """Return the patterns of a query: words, "phrases", prefixes*; refusals and fields left out."""
    found: list[str] = []
    for phrase, word in re.findall(r"\"([^\"]+)\"|(\S+)", query):
        if phrase:
            parts = re.findall(r"\w+", _folded(phrase)[0])
            found.append(r"\W+".join(parts))
        elif not word.startswith("-") and not re.match(r"\w+:\w", word):
            is_prefix = word.endswith("*")
            parts = re.findall(r"\w+", _folded(word)[0])
            found += [_word_pattern(part, is_prefix and part == parts[-1]) for part in parts]
    return tuple(dict.fromkeys(pattern for pattern in found if pattern))[:MOST_TERMS]


def occurrences(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the patterns stand in the text, in order, as offsets."""
    patterns = tuple(wanted)
    if not patterns:
        return []
    flat, origins = _folded(text)
    hits = [found.span() for found in _compiled(patterns).finditer(flat)]
    if origins is None:
        return hits
    return [(origins[start], origins[end - 1] + 1) for start, end in hits if end > start]


def has_all(text: str, wanted: Iterable[str]) -> bool:
    """Answer whether every pattern stands in the text."""
    flat, _ = _folded(text)
    patterns = tuple(wanted)
    return bool(patterns) and all(_compiled((pattern,)).search(flat) for pattern in patterns)


def extracts(text: str, hits: list[tuple[int, int]], most: int = 3) -> list[Extract]:
    """Return what stands around the first hits, hits that are near each other together."""
    found: list[Extract] = []
    reached = -1
    for start, end in hits:
        if start < reached:
            continue
        low, high = _at_word(text, start - AROUND, -1), _at_word(text, end + AROUND, 1)
        inside = [(s - low, e - low, "hit") for s, e in hits if low <= s and e <= high]
        found.append(
            Extract(
                pieces=tuple(pieces(text[low:high], inside)),
                cut_before=low > 0,
                cut_after=high < len(text),
            )
        )
        reached = high
        if len(found) == most:
            break
    return found


def _word_pattern(word: str, is_prefix: bool) -> str:
    """Match a word in the singular, plural and feminine; or all that begins so."""
    if is_prefix:
        return re.escape(word) + r"\w*"
    stem = re.sub(r"(?:es|s|x|e)$", "", word) if len(word) >= 5 else word
    return re.escape(stem) + (r"(?:es|s|x|e)?" if len(word) >= 5 else "s?")


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


def _folded(text: str) -> tuple[str, list[int] | None]:
    """Fold case and accents; say where each character came from when their number changed."""
    lower = text.lower()
    flat = lower.translate(TABLE)
    if len(flat) == len(text):
        return flat, None
    signs = [sign.lower().translate(TABLE) for sign in text]
    origins = [index for index, sign in enumerate(signs) for _ in sign]
    return "".join(signs), origins


def _at_word(text: str, at: int, step: int) -> int:
    """Move an offset outwards or inwards to the next white space, not to cut a word."""
    at = min(max(at, 0), len(text))
    for _ in range(24):
        if at in {0, len(text)} or text[at - 1 if step < 0 else at].isspace():
            break
        at += step
    return at

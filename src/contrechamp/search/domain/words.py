"""Words as search compares them: without accents, and by their French stem.

The stem is taken from the folded word, so that "cameras" and "caméras" are one word by
construction. Snowball's French stemmer, which tantivy has, reads accents: what is typed
without them misses a third of its words (measured in `bench/search.py`). The rules are those
of Jacques Savoy's light stemmer (A stemming procedure and stopword list for general French
corpora, JASIS 50(10), 1999), with the endings in -oiement added.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from contrechamp.kernel import names

LONGEST = 60
"""Longer runs of letters are not words but rubbish of a broken file: they are cut."""

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
WORD = re.compile(rf"(?:[^\W_][\u0300-\u036f{_INVISIBLE}]*)+")
"""Letters and digits, with the accents that stand apart and the signs that nobody sees."""
_APART = re.compile(f"[\u0300-\u036f{_INVISIBLE}]")
_PLAIN_WORD = re.compile(r"[^\W_]+")

STOPWORDS = frozenset(
    word
    for line in (
        "a ai as au aux avec ce ces cet cette d dans de des du elle en est et eu il ils j je l la",
        "le les leur leurs lui m ma mais me mes n ne nos notre nous on ou par pas pour qu que qui",
        "s sa sans se ses si son sont sur t ta te tes ton tu un une vos votre vous y c the of and",
    )
    for word in line.split()
)


class _Memory(dict[str, str]):
    """What was computed for each word. A text is mapped through it many times as fast as through
    a function with a cache; it begins anew before it grows without end."""

    LARGEST = 300_000

    def __init__(self, compute: Callable[[str], str]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, word: str) -> str:
        if len(self) >= self.LARGEST:
            self.clear()
        found = self[word] = self._compute(word)
        return found


def _fold(word: str) -> str:
    return word.lower()[:LONGEST] if word.isascii() else names.fold(word)[:LONGEST]


def _stem(word: str) -> str:
    return _norm(_ending(_singular(word))) if word.isalpha() and word.isascii() else word


_FOLDED, _STEMMED = _Memory(_fold), _Memory(_stem)
_BOTH = _Memory(lambda word: _STEMMED[_FOLDED[word]])


def fold(word: str) -> str:
    """Return a word in lower case, without accents and invisible signs, œ and æ in two letters."""
    return _FOLDED[word]


def stem(word: str) -> str:
    """Return the stem of a folded word; the word itself when it holds a digit."""
    return _STEMMED[word]


def word_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of the words of a text.

    Nearly all texts have no signs that stand apart, and the short pattern is three times as fast.
    """
    return WORD if _APART.search(text) else _PLAIN_WORD


def tokens(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [word for word in map(_FOLDED.__getitem__, word_pattern(text).findall(text)) if word]


def folded(words: list[str]) -> list[str]:
    """Return each word folded; one that is nothing but signs is an empty text."""
    return list(map(_FOLDED.__getitem__, words))


def stems(words: list[str]) -> list[str]:
    """Return the stem of each folded word."""
    return list(map(_STEMMED.__getitem__, words))


def indexed(text: str) -> tuple[str, str]:
    """Return the stems of a text and its folded words, each with spaces between: for an index."""
    words = word_pattern(text).findall(text)
    return " ".join(map(_BOTH.__getitem__, words)), " ".join(map(_FOLDED.__getitem__, words))


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("x"):
        word = word[:-2] + "l" if word.endswith("aux") and word[-4] != "e" else word[:-1]
    elif len(word) > 3 and word.endswith("x"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


# Ending, shortest word that it is taken from, what stands in its place. First match wins.
_ENDINGS = (
    ("oiement", 7, "oy"),
    ("issement", 9, "ir"),
    ("issant", 8, "ir"),
    ("ivement", 8, "if"),
    ("ement", 6, "e"),
    ("ficatrice", 11, "fier"),
    ("ficateur", 10, "fier"),
    ("catrice", 9, "quer"),
    ("cateur", 8, "quer"),
    ("isateur", 9, "is"),
    ("atrice", 8, "er"),
    ("ateur", 7, "er"),
    ("teuse", 7, "ter"),
    ("teur", 6, "ter"),
    ("trice", 6, "teur"),
    ("ieme", 5, ""),
    ("euse", 5, "eu"),
    ("ere", 8, "er"),
    ("ive", 7, "if"),
    ("nnelle", 9, "n"),
    ("nnel", 9, "n"),
    ("ique", 8, ""),
    ("esse", 8, "e"),
    ("inage", 7, "in"),
    ("isation", 9, "is"),
    ("ation", 8, ""),
    ("ition", 8, ""),
)


def _ending(word: str) -> str:
    for ending, longer_than, instead in _ENDINGS:
        if len(word) > longer_than and word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


def _norm(word: str) -> str:
    if len(word) <= 4:
        return word
    word = re.sub(r"(.)\1+", r"\1", word)
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2]
    for letter in "ree":
        if len(word) > 4 and word.endswith(letter):
            word = word[:-1]
    return word

"""Words as search compares them: without accents, and by their French stem.

The stem is taken from the folded word, so that "cameras" and "caméras" are one word by
construction. Snowball's French stemmer, which tantivy has, reads accents: what is typed
without them misses a third of its words (measured in `bench/search.py`). The rules are those
of Jacques Savoy's light stemmer (A stemming procedure and stopword list for general French
corpora, JASIS 50(10), 1999), with the endings in -oiement added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from .letters import LONGEST, WORD, Memory, fold, tokens

__all__ = [
    "LONGEST",
    "STOPWORDS",
    "WORD",
    "fold",
    "frequent_words",
    "indexed",
    "pair",
    "slips",
    "stem",
    "stems",
    "tokens",
]

FREQUENT, MOST_FREQUENT = 1 / 3, 100
"""A word is frequent that so great a part of the texts have; so many are at most."""
SHORTEST_FORGIVEN, SHORTEST_TWICE_FORGIVEN = 4, 6

STOPWORDS = frozenset(
    word
    for line in (
        "a ai as au aux avec ce ces cet cette d dans de des du elle en est et eu il ils j je l la",
        "le les leur leurs lui m ma mais me mes n ne nos notre nous on ou par pas pour qu que qui",
        "s sa sans se ses si son sont sur t ta te tes ton tu un une vos votre vous y c the of and",
    )
    for word in line.split()
)


def _stem(word: str) -> str:
    return _norm(_ending(_singular(word))) if word.isalpha() and word.isascii() else word


_STEMMED = Memory(_stem)


def stem(word: str) -> str:
    """Return the stem of a folded word; the word itself when it holds a digit."""
    return _STEMMED[word]


def stems(words: list[str]) -> list[str]:
    """Return the stem of each folded word."""
    return list(map(_STEMMED.__getitem__, words))


def indexed(text: str, frequent: frozenset[str] = frozenset()) -> tuple[str, str, str]:
    """Return the stems of a text, its folded words, and its pairs of frequent words side by side,
    each with spaces between: for an index."""
    words = tokens(text)
    beside = [
        f"{one}_{other}" for one, other in pairwise(words) if one in frequent and other in frequent
    ]
    return " ".join(map(_STEMMED.__getitem__, words)), " ".join(words), " ".join(beside)


def pair(one: str, other: str) -> str:
    """Return what stands for two folded words side by side."""
    return f"{one}_{other}"  # No word has this sign.


def frequent_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that a good part of these texts have."""
    number, counts = 0, Counter[str]()
    for text in texts:
        number += 1
        counts.update(set(tokens(text)))
    often = counts.most_common(MOST_FREQUENT)
    return frozenset(word for word, n in often if n >= number * FREQUENT)


def slips(word: str) -> int:
    """Return how many letters of a folded word may differ when slips are forgiven.

    None of a number's, nor of a word so short that everything is like it.
    """
    if len(word) < SHORTEST_FORGIVEN or not word.isalpha():
        return 0
    return 1 if len(word) < SHORTEST_TWICE_FORGIVEN else 2


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

"""Names, as two sources may write the same one: folded letters, words, and French sound.

Names never identify: they only suggest that two records may be one (`census.md` §6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})

_VOWELS = "aeiouy"


def _plain(text: str) -> str:
    """Return the text in lower case, without accents and without what the eye does not see."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKD", seen.casefold()).translate(_LIGATURES)
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    plain = _plain(text)
    if plain.isascii():
        return tuple(re.findall(r"[a-z0-9]+", plain))
    return tuple("".join(c if c.isalnum() else " " for c in plain).split())


def words(text: str) -> list[str]:
    """Return the folded words of a name: `L'Haÿ-les-Roses` is l, hay, les, roses."""
    return list(_words(text))


def fold(text: str) -> str:
    """Return the letters and digits of a name, folded and without separators.

    NFKD, no accents, no case, œ and æ opened, invisible signs such as U+00AD removed.
    """
    return "".join(_words(text))


def invisible(text: str) -> list[str]:
    """Return the signs of a text that no eye sees, as `U+00AD`."""
    return [f"U+{ord(c):04X}" for c in text if unicodedata.category(c) == "Cf"]


def visible(text: str) -> str:
    """Return a name as one reads it: invisible signs removed, spaces single."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def sound(text: str) -> str:
    """Return how a French reader would say a name, roughly: `Nime` and `Nîmes` are one sound.

    Mute endings go (e, es, s, t, d, x, z), `c` before e, i, y is s, `ph` is f, `qu` and `k` are c,
    `ey` and `ay` are e, doubled letters are one. A word without vowels is an initialism,
    spelled letter by letter: it sounds only like itself.
    """
    return sound_of(_words(text))


def sound_of(folded: Iterable[str]) -> str:
    """Return the sound of words that are folded already."""
    return " ".join(_sound(word) for word in folded)


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    if not word.isalpha() or len(word) < 3 or not any(c in _VOWELS for c in word):
        return word
    said = word.replace("ph", "f").replace("qu", "k").replace("ck", "k")
    said = re.sub(r"c(?=[eiy])", "s", said)
    said = re.sub(r"sc(?=[eiy])|ç", "s", said)
    said = re.sub(r"g(?=[eiy])", "j", said)
    said = said.replace("c", "k") if "ch" not in said else re.sub(r"c(?!h)", "k", said)
    said = re.sub(r"eau|au", "o", said)
    said = re.sub(r"(?:ai|ei|ay|ey)", "e", said)
    said = said.replace("y", "i")
    said = re.sub(r"(?<!^)(?<!c)h", "", said)
    said = re.sub(r"(.)\1+", r"\1", said)
    shorter = re.sub(r"(?:es|e|s|x|z|t|d)$", "", said)
    return shorter if any(c in _VOWELS for c in shorter) else said

"""Is this French, or the noise of a scan?

The words known are those of Tesseract's own model, listed by `assets/ocr.py`: a 32-bit sum of each
of 36,000 folded words, sorted. A look-up takes a microsecond, and one word in a hundred thousand
that is none passes: that tells a language from gibberish.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

SHORTEST = 4
"""Letters of a word that counts."""
LEAST_SHARE = 0.4
"""A text with fewer known words than this is gibberish."""
SAMPLE = 4_000
"""Characters that are looked at."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def fold(word: str) -> str:
    """Return the word in small letters without accents."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_LIGATURES))
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))


def code(word: str) -> int:
    """Return the sum under which a word is listed."""
    return crc32(fold(word).encode())


@cache
def known_words() -> array[int]:
    """Return the list; empty where `assets/build.py` has not run."""
    path = files("contrechamp.documents").joinpath("data", "words.fra.bin")
    found = array("I")
    if path.is_file():
        found.frombytes(path.read_bytes())
        if sys.byteorder == "big":
            found.byteswap()
    return found


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Answer whether this is a French word (or, seldom, by chance)."""
    listed, wanted = known_words(), code(word)
    place = bisect_left(listed, wanted)
    return place < len(listed) and listed[place] == wanted


def words(text: str) -> list[str]:
    """Return the words that count, from the beginning of the text."""
    return _WORD.findall(text[:SAMPLE])


def known_count(text: str) -> int:
    """Return how many known words a text has."""
    return sum(map(is_known, words(text)))


def share(text: str) -> float:
    """Return the part of the words of a text that are known. A text without words has none."""
    return share_of(words(text))


def share_of(found: list[str]) -> float:
    """Return the part of some words that are known."""
    if not found:
        return 0.0
    known = is_known if known_words() else _looks_like_a_word
    return sum(map(known, found)) / len(found)


def _looks_like_a_word(word: str) -> bool:
    """Judge by letters alone, without the list: vowels among consonants, no wild capitals."""
    plain = fold(word)
    vowels = sum(char in "aeiouy" for char in plain)
    return 0.2 <= vowels / len(plain) <= 0.75 and not re.search(r"[a-z][A-Z]|[^aeiouy]{5}", word)

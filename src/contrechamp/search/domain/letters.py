"""Words cut out of a text and folded: lower case, no accents, œ and æ in two letters.

Most texts are made of the letters of western Europe. They are folded as bytes of one code page,
all words of a page at once: word by word it takes ten times as long (decision 13). A text with
letters that have no plain form (Greek, Cyrillic …) is folded word by word. Both ways give the
same words, see `tests/search/test_letters.py`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from contrechamp.kernel import names

LONGEST = 60
"""Longer runs of letters are not words but rubbish of a broken file: they are cut."""

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
WORD = re.compile(rf"(?:[^\W_][\u0300-\u036f{_INVISIBLE}]*)+")
"""Letters and digits, with the accents that stand apart and the signs that nobody sees."""
_NOTHING = re.compile(f"[\u0300-\u036f{_INVISIBLE}]")
_LETTER = re.compile(r"[^\W_]")


class Memory(dict[str, str]):
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


_FOLDED = Memory(lambda word: _folded(word)[:LONGEST])


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else names.fold(word)


def fold(word: str) -> str:
    """Return a word in lower case, without accents and invisible signs, œ and æ in two letters."""
    return _FOLDED[word]


def tokens(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    plain = _at_once(text)
    if plain is None:
        return [word for _, _, word in spans(text)]
    words = plain.split()
    if words and max(map(len, words)) > LONGEST:
        return [word[:LONGEST] for word in words]
    return words


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each word of a text: where it begins, where it ends, and itself folded."""
    for match in WORD.finditer(text):
        if word := _FOLDED[match[0]]:
            yield match.start(), match.end(), word


_CODEC, _ANYWHERE, _IN_PLACE = "cp1252", "contrechamp-fold", "contrechamp-fold-in-place"
_SOFT_HYPHEN = "\u00ad"
_HIDDEN = _SOFT_HYPHEN.encode(_CODEC)


def _code_page() -> tuple[bytes, dict[str, str], frozenset[int]]:
    """Return what each byte of the code page becomes; those that become two letters, and which;
    those of letters that have no plain form. The last two stay as they are in the first."""
    table, two, foreign = bytearray(b" " * 256), {}, set()
    for number in range(256):
        sign = bytes([number]).decode(_CODEC, "ignore")
        if not _LETTER.fullmatch(sign):
            continue
        plain = _folded(sign)
        if not plain.isascii():
            foreign.add(number)
        elif len(plain) > 1:
            two[chr(number)] = plain
        table[number] = ord(plain) if len(plain) == 1 and plain.isascii() else number
    return bytes(table), two, frozenset(foreign)


_TABLE, TWO, _FOREIGN = _code_page()
"""TWO: signs of a text folded in place, and the letters that each stands for."""


def _instead(error: UnicodeError) -> tuple[list[str], int]:
    """Return what stands for each sign that the code page has not, and where to go on; raise for
    letters without plain form.

    An accent that stands apart, and what nobody sees, is nothing; any other sign is a space.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = []
    for sign in error.object[error.start : error.end]:
        if _LETTER.fullmatch(sign):
            plain.append(_folded(sign))
        else:
            plain.append("" if _NOTHING.fullmatch(sign) else " ")
    if not all(map(str.isascii, plain)):
        raise error
    return plain, error.end


def _anywhere(error: UnicodeError) -> tuple[str, int]:
    plain, end = _instead(error)
    return "".join(plain), end


def _in_place(error: UnicodeError) -> tuple[str, int]:
    plain, end = _instead(error)
    if any(len(each) != 1 for each in plain):
        raise error
    return "".join(plain), end


codecs.register_error(_ANYWHERE, _anywhere)
codecs.register_error(_IN_PLACE, _in_place)


def _at_once(text: str) -> str | None:
    """Return a text folded, with spaces where no word is; None if it has foreign letters."""
    try:
        plain = text.encode(_CODEC, _ANYWHERE).translate(_TABLE, _HIDDEN)
    except UnicodeEncodeError:
        return None
    if not plain.isascii():
        for sign, letters in TWO.items():
            plain = plain.replace(sign.encode("latin-1"), letters.encode())
    return plain.decode() if plain.isascii() else None


def in_place(text: str) -> str | None:
    """Return a text folded letter for letter, so that each word stands where it stood.

    A letter that is two when folded stays as it is, see `in_two`. None if the text has foreign
    letters or signs that nobody sees: there, words are to be looked for one by one (`spans`).
    """
    try:
        plain = text.encode(_CODEC, _IN_PLACE).translate(_TABLE)
    except UnicodeEncodeError:
        return None
    if _SOFT_HYPHEN in text or not (plain.isascii() or _FOREIGN.isdisjoint(plain)):
        return None
    return plain.decode("latin-1")


def in_two(word: str) -> str:
    """Return a word of a text that was folded in place as it is when folded for good."""
    if not word.isascii():
        for sign, letters in TWO.items():
            word = word.replace(sign, letters)
    return word[:LONGEST]


def spelt(word: str) -> str:
    """Return a pattern for a folded word, or its beginning, in a text that was folded in place."""
    pattern = re.escape(word)
    for letters in dict.fromkeys(TWO.values()):
        signs = "".join(sign for sign, two in TWO.items() if two == letters)
        pattern = pattern.replace(letters, f"(?:{letters}|[{signs}])")
    return pattern


def initials(letter: str) -> str:
    """Return what a word may begin with that begins with a letter when folded."""
    return letter + "".join(sign for sign, two in TWO.items() if two.startswith(letter))

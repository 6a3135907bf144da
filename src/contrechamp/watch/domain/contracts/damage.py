"""Text of registers as it comes: tags, entities, letters lost on the way, and patterns for it.

A letter that a wrong encoding destroyed is U+FFFD, a question mark or a control sign; it may stand
for one letter, for a part of one (a two-byte letter leaves two), or for none; and a ligature may
have vanished without a trace ("mise en uvre").
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from contrechamp.watch.domain.text import folded

LOST = "\ufffd"
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]{0,200}>")
_INSIDE = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])|(?<![^\s(\"'])\?(?=uvre)")
_CONTROLS = dict.fromkeys((*range(128, 160), 191), LOST)
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf\u0152\u0153\u0178\u2018-\u2030\u20ac]|â€")
_BLANK = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """Return an object as one reads it: tags and entities gone, accents composed, blanks single.

    UTF-8 that was read as Windows-1252 ("vidÃ©o") is read again.
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    if _MOJIBAKE.search(text):
        text = _read_again(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return _BLANK.sub(" ", text).strip()


def _read_again(text: str) -> str:
    for codec in ("cp1252", "latin-1"):
        try:
            return text.encode(codec).decode()
        except UnicodeError:
            continue
    return text


@lru_cache(maxsize=1024)
def comparable(text: str) -> str:
    """Return the text folded, every sign that may be a lost letter as U+FFFD; same length."""
    if "?" in text:
        text = _INSIDE.sub(LOST, text)
    if not text.isascii():
        text = text.translate(_CONTROLS)
    return folded(text)


def is_damaged(text: str) -> bool:
    """Answer whether letters of it are lost."""
    return LOST in comparable(text)


_ACCENTED = "àâäçéèêëîïôöùûüœæ"
_GAP = f"[ \\-'./_{LOST}]{{0,3}}"


_LETTER = f"[\\w{LOST}]"
_CLASSES = {
    "\\w": _LETTER,
    "\\b": f"(?:(?<!{_LETTER})(?={_LETTER})|(?<={_LETTER})(?!{_LETTER}))",
}
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT = re.compile(r"[^\W\d_]{1,4}(?![^\W\d_])")
"""Words so short that a lost letter of the alphabet would make them another word."""


def pattern(words: str, *, is_strict: bool = False) -> str:
    """Return a regular expression, for `comparable` text, of words that may be damaged.

    Each letter of a word of five and more may be a lost one; a letter written here with its accent
    may also be two or three lost ones, or missing, in any word. `~` is a gap of blanks and hyphens
    or nothing, a blank is at least one sign between words. What else regular expressions know
    (`(?: | )`, `?`, `\\w`) is kept. A strict pattern lets only accented letters be lost.
    """
    made, index = [], 0
    while index < len(words):
        sign = words[index]
        if sign == "\\":
            made.append(_CLASSES.get(words[index : index + 2], words[index : index + 2]))
            index += 1
        elif sign in "[{":
            end = words.index("]" if sign == "[" else "}", index)
            made.append(words[index : end + 1])
            index = end
        elif short := (_LETTERS if is_strict else _SHORT).match(words, index):
            made.append("".join(_one(each) if each in _ACCENTED else each for each in short[0]))
            index = short.end() - 1
        elif whole := _LETTERS.match(words, index):
            made.append("".join(map(_one, whole[0])))
            index = whole.end() - 1
        else:
            made.append(_one(sign))
        index += 1
    return "".join(made)


def _one(sign: str) -> str:
    if sign == "~":
        return _GAP
    if sign == " ":
        return f"[ \\-'/_,;:.({LOST}]{{1,3}}"
    if sign in "œæ":
        first, second = ("o", "e") if sign == "œ" else ("a", "e")
        # Folding keeps the length: the ligature is its first letter alone.
        return f"(?:{first}{second}?|{LOST}{{1,3}})?"
    if sign in _ACCENTED:
        return f"(?:{folded(sign)}|{LOST}{{1,3}})?"
    if sign.isalpha():
        return f"[{sign}{LOST}]"
    return sign


def compiled(*alternatives: str) -> re.Pattern[str]:
    """Return one pattern for all these words (see `pattern`)."""
    return re.compile("|".join(f"(?:{pattern(each)})" for each in alternatives))


def exactly(*alternatives: str) -> re.Pattern[str]:
    """Return one strict pattern: for words that speak against, which damage must not make up."""
    return re.compile("|".join(f"(?:{pattern(each, is_strict=True)})" for each in alternatives))

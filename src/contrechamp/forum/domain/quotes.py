"""Who quotes whom: found in what was typed, by the words that two posts share.

When somebody leaves with their words, quotes by others stay in posts that are not theirs to erase:
a moderator decides of each (`forum.md` §9). A copy without any sign of a quote is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST = 15
"""Shorter lines ("Oui.", "Merci à tous") are everybody's."""
MARKED = re.compile(r"^[ \t]*>[> \t]*(.*)$", re.MULTILINE)
IN_MARKS = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"\n]+)\"")
SIGNS = re.compile(r"[\s*_`>#\u00a0\u202f]+")


def words_of(text: str) -> str:
    """Return a text as it is compared: one space between words, no signs, no capitals."""
    return SIGNS.sub(" ", text).strip(" .…").casefold()


def passages(source: str) -> list[str]:
    """Return what a post quotes: lines after `>` and what stands between quotation marks."""
    found = [words_of(line) for line in MARKED.findall(source)]
    found += [words_of("".join(parts)) for parts in IN_MARKS.findall(source)]
    return [passage for passage in found if len(passage) >= LEAST]


def names(source: str, name: str) -> bool:
    """Answer whether a quote says in its first line whose it is, as the link "Citer" writes it."""
    return bool(name) and f"> **{name}** (#" in source


def quotes(source: str, *, name: str, texts: Iterable[str]) -> bool:
    """Answer whether a post quotes somebody: by name, or in words of one of these texts.

    `texts` are compared as `words_of` returns them.
    """
    if names(source, name):
        return True
    found = passages(source)
    return bool(found) and any(passage in text for text in texts for passage in found)

"""A search index cut into small files, of which a query loads a few.

Words are kept by their French stem (`search.domain.words`), in shards by their first letters;
what is shown of a result lies in blocks. Each file is a script that hands over its content, since
a page that was opened from a disk may load scripts and nothing else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LARGEST = 24_000
"""Signs of a shard beyond which it is cut by one more letter."""
DEEPEST = 12
BLOCK = 20
"""Results in one block."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One result: where it is and what one reads of it."""

    title: str
    file: str
    kind: str
    text: str


@dataclass(slots=True)
class Postings:
    """In which results a word stands, by their numbers: in titles, and in texts alone."""

    titles: list[int]
    texts: list[int]

    def written(self) -> str:
        """Return the numbers as differences in base 36: `1.3.2|a`."""
        return f"{_steps(self.titles)}|{_steps(self.texts)}"


def _steps(numbers: Sequence[int]) -> str:
    steps = (one - before for before, one in zip([0, *numbers], numbers, strict=False))
    return ".".join(map(base36, steps))


def base36(number: int) -> str:
    """Write a whole number from 0 as JavaScript's `toString(36)` does."""
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
        if not number:
            return text


def posted(entries: Iterable[tuple[set[str], set[str]]]) -> dict[str, Postings]:
    """Return the postings of each stem. `entries`: the stems of titles and texts, in order."""
    found: dict[str, Postings] = defaultdict(lambda: Postings([], []))
    for number, (titles, texts) in enumerate(entries):
        for word in titles:
            found[word].titles.append(number)
        for word in texts - titles:
            found[word].texts.append(number)
    return found


def cut(words: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the words in shards, by the first letters that all words of a shard have.

    A word is in the shard with the longest such letters; where a shard was too large for its
    letters, it holds only the word that is no longer than these.
    """
    shards: dict[str, dict[str, str]] = {}
    _cut("", sorted(words.items()), shards)
    shards.pop("", None)
    return shards


def _cut(prefix: str, words: list[tuple[str, str]], shards: dict[str, dict[str, str]]) -> None:
    size = sum(len(word) + len(where) + 6 for word, where in words)
    if prefix and (size <= LARGEST or len(prefix) >= DEEPEST or len(words) == 1):
        shards[prefix] = dict(words)
        return
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, where in words:
        parts[word[: len(prefix) + 1]].append((word, where))
    for longer, part in parts.items():
        if longer == prefix:
            shards[prefix] = dict(part)
        else:
            _cut(longer, part, shards)


def shard_name(prefix: str) -> str:
    """Return the name of a shard's file; letters beyond a-z are written by their numbers."""
    return "w-" + "".join(c if c in DIGITS else f"_{ord(c):x}_" for c in prefix) + ".js"


def files(
    shown: Sequence[Shown], words: Mapping[str, Postings], kinds: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the index: its plan, its shards and its blocks."""
    shards = cut({word: each.written() for word, each in words.items()})
    plan = {"count": len(shown), "block": BLOCK, "kinds": dict(kinds), "shards": sorted(shards)}
    yield "plan.js", _script("plan", plan)
    for prefix, held in shards.items():
        yield shard_name(prefix), _script("shard", prefix, held)
    for start in range(0, len(shown), BLOCK):
        lines = [[one.title, one.file, one.kind, one.text] for one in shown[start : start + BLOCK]]
        yield f"d-{start // BLOCK}.js", _script("block", start // BLOCK, lines)


def _script(what: str, *values: object) -> bytes:
    said = ",".join(
        json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for value in values
    )
    # U+2028 and U+2029 ended a line inside a text before ES2019.
    said = said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"contrechampSearch.{what}({said})\n".encode()

"""The small language in which opinions are asked for: words, phrases, or, not. It never fails.

    vidéoprotection "étude d'impact"        both
    drone OU aéronef                        one of them
    (contrat OU marché) vidéo* -cinéma      and, beginning with, without

Accents, case, plural and the little words do not count. A closing sign that is missing is supplied.
`match` is the same for the full-text index of SQLite (FTS5); nothing that a person typed is ever
put in it but letters and digits between quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from contrechamp.kernel.names import words

LONGEST, MOST = 1_000, 60
"""Signs and words of a query that are read."""
LITTLE = frozenset(
    {
        *("a", "au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "en", "et", "l"),
        *("la", "le", "les", "leur", "leurs", "ou", "par", "pour", "qu", "que", "sa", "ses"),
        *("son", "sur", "un", "une"),
    }
)
OR, AND, NOT = {"OU", "ou", "OR", "|"}, {"ET", "AND", "&"}, {"SAUF", "NOT", "NON"}
PIECE = re.compile(r'"([^"]*)"?|«\s*([^»]*)»?|([()])|([^\s"()«»]+)')
VARIANTS = 8


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words that follow each other; one alone is a word. `is_begun`: the last goes on."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part, and none of `without`."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part."""

    parts: tuple[Node, ...]


Node: TypeAlias = "Words | All | Either"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was understood; `node` is None when nothing was asked."""

    node: Node | None

    @property
    def match(self) -> str:
        """Return the expression for the full-text index; empty when nothing was asked."""
        return _match(self.node) if self.node else ""

    @property
    def single_words(self) -> tuple[str, ...]:
        """Return the words outside phrases and what is to be without, each once."""
        return tuple(dict.fromkeys(_singles(self.node))) if self.node else ()

    def respelt(self, better: Callable[[str], str]) -> Asked:
        """Return the same query with each single word as `better` writes it."""
        return Asked(_respelt(self.node, better)) if self.node else self


def read_query(text: str) -> Asked:
    """Return what a person asked for."""
    signs = list(_signs(text[:LONGEST]))[:MOST]
    return Asked(_read_or(signs, [0]))


def _signs(text: str) -> Iterator[Words | str]:
    """Yield operators as `(`, `)`, `|`, `-`, and words."""
    for match in PIECE.finditer(text):
        quoted = match[1] if match[1] is not None else match[2]
        if quoted is not None:
            if said := tuple(words(quoted)):
                yield Words(said, is_phrase=True)
        elif match[3]:
            yield match[3]
        elif match[4] in OR:
            yield "|"
        elif match[4] in NOT:
            yield "-"
        elif match[4] not in AND:
            yield from _word(match[4])


def _word(piece: str) -> Iterator[Words | str]:
    if len(piece) > 1 and piece[0] in "-−!":
        yield "-"
    elif piece == "-":
        return
    said = [word for word in words(piece) if word not in LITTLE]
    is_joined = "-" in piece.strip("-") and len(said) > 1
    if is_joined:
        yield Words(tuple(words(piece)), is_phrase=True, is_begun=piece.endswith("*"))
        return
    for number, word in enumerate(said, 1):
        yield Words((word,), is_begun=piece.endswith("*") and number == len(said))


def _read_or(signs: Sequence[Words | str], at: list[int]) -> Node | None:
    parts = []
    while True:
        if part := _read_and(signs, at):
            parts.append(part)
        if at[0] >= len(signs) or signs[at[0]] != "|":
            break
        at[0] += 1
    return parts[0] if len(parts) == 1 else Either(tuple(parts)) if parts else None


def _read_and(signs: Sequence[Words | str], at: list[int]) -> Node | None:
    parts: list[Node] = []
    without: list[Node] = []
    is_not, depth = False, at[1] if len(at) > 1 else 0
    while at[0] < len(signs):
        sign = signs[at[0]]
        if sign == "|" or (sign == ")" and depth):
            break
        at[0] += 1
        found: Node | None
        if sign == "-":
            is_not = True
            continue
        if sign == ")":
            continue
        if sign == "(":
            inside = [at[0], depth + 1]
            found = _read_or(signs, inside)
            at[0] = inside[0] + (inside[0] < len(signs) and signs[inside[0]] == ")")
        else:
            found = sign if isinstance(sign, Words) else None
        if found:
            (without if is_not else parts).append(found)
        is_not = False
    if not parts:
        return None  # Only what is to be absent: nothing was asked for.
    return parts[0] if len(parts) == 1 and not without else All(tuple(parts), tuple(without))


def _match(node: Node) -> str:
    if isinstance(node, Words):
        return _match_words(node)
    if isinstance(node, Either):
        return "(" + " OR ".join(map(_match, node.parts)) + ")"
    said = " AND ".join(map(_match, node.parts))
    if node.without:
        return f"(({said}) NOT (" + " OR ".join(map(_match, node.without)) + "))"
    return f"({said})" if len(node.parts) > 1 else said


def _match_words(node: Words) -> str:
    """Return a phrase in the singular and in the plural of each of its words."""
    last = len(node.words) - 1
    spelt = [
        [stem(word)] if number == last else sorted({word, stem(word), _plural(word)})
        for number, word in enumerate(node.words)
    ]
    goes_on = " *" if node.is_begun or goes_on_freely(node.words[-1]) else ""
    some = list(product(*spelt))
    if len(some) > VARIANTS:
        some = [(*node.words[:-1], stem(node.words[-1]))]
    said = [f'"{" ".join(each)}"{goes_on}' for each in some]
    return said[0] if len(said) == 1 else "(" + " OR ".join(said) + ")"


def stem(word: str) -> str:
    """Return a word without the ending of its plural; numbers and short words stay."""
    if not goes_on_freely(word):
        return word
    return word[:-1] if word[-1] in "sx" else word


def goes_on_freely(word: str) -> bool:
    """Answer whether longer words that begin like this one are meant as well."""
    return len(word) >= 4 and word.isalpha()


def _plural(word: str) -> str:
    return word if not goes_on_freely(word) or word[-1] in "sx" else f"{word}s"


def _singles(node: Node) -> Iterator[str]:
    if isinstance(node, Words):
        if len(node.words) == 1:
            yield node.words[0]
        return
    for part in node.parts:
        yield from _singles(part)


def _respelt(node: Node, better: Callable[[str], str]) -> Node:
    if isinstance(node, Words):
        return replace(node, words=(better(node.words[0]),)) if len(node.words) == 1 else node
    if isinstance(node, Either):
        return Either(tuple(_respelt(part, better) for part in node.parts))
    return All(tuple(_respelt(part, better) for part in node.parts), node.without)


def is_near(one: str, other: str) -> bool:
    """Answer whether two words differ by one slip: a letter more, less, other, or two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
    return one[1:] == other if len(one) > len(other) else one == other[1:]

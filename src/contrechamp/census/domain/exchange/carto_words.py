"""What a relation written by hand in a carto file means.

Each verbatim value is read one of five ways: *known* (in the table, letter for letter),
*variant* (the same words with other accents, capitals, number or gender, or without "de"),
*misspelt* (a letter or two wrong), *qualified* (a known value and a word on it, "non
fonctionnelle"), *held* (anything else: nothing is guessed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from contrechamp.kernel.names import words

KNOWN = {
    "est membre": "member_of",
    "a pour client": "supplies",
    "fonctionnalité": "has_capability",
    "fonctionne avec": "interoperates_with",
    "est fourni par": "distributed_by",
    "fait du lobbying": "lobbying_register",
    "a pour actionnaire": "owned_by",
    "est fabriquant de": "manufactures",
    "a candidaté": "bid_for",
    "est utilisé par": "used_by",
    "est sous-traitant de": "subcontractor_of",
    "est intégrateur de": "integrates",
}
"""Verbatim value → code of `vocabulary/relations.yaml`, read from the first name to the second.

"est fourni par UGAP" says that the vendor is in the catalogue of a purchasing body, not that the
body made it: `distributed_by`.
"""

VARIANTS = {
    "est membre de": "est membre",
    "membre de": "est membre",
    "est adhérent de": "est membre",
    "a pour cliente": "a pour client",
    "a comme client": "a pour client",
    "est fabricant de": "est fabriquant de",
    "fabrique": "est fabriquant de",
    "a candidaté à": "a candidaté",
    "est sous traitant de": "est sous-traitant de",
    "est vendu par": "est fourni par",
    "a comme actionnaire": "a pour actionnaire",
    "a pour fonctionnalité": "fonctionnalité",
    "est compatible avec": "fonctionne avec",
    "fait du lobby": "fait du lobbying",
}
"""Other words for the same thing in the same direction."""

QUALIFIERS: dict[str, dict[str, Any]] = {
    "non fonctionnelle": {"works": "no"},
    "non fonctionnel": {"works": "no"},
    "ne fonctionne pas": {"works": "no"},
    "qui ne fonctionne pas": {"works": "no"},
    "en panne": {"works": "no"},
    "fonctionnelle": {"works": "yes"},
    "partiellement fonctionnelle": {"works": "partly"},
    "partielle": {"works": "partly"},
    "annoncée": {"works": "claimed"},
    "revendiquée": {"works": "claimed"},
    "supposée": {"works": "claimed"},
}
"""Words after "fonctionnalité" that say whether it works."""

_AGAINST = "ne n pas plus non jamais sans ex ancien ancienne anciennement aucun aucune contre"
AGAINST = frozenset(_AGAINST.split())
"""Words that turn a meaning round: with one of them nothing is a mere misspelling."""

_DATED = re.compile(
    r"^(?P<head>.+?)\s+\(?(?P<when>depuis|jusqu'en|jusqu'à|en)\s+(?P<date>\d{4}(-\d\d){0,2})\)?$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a verbatim value was read. `code` is empty when it is held."""

    code: str
    reading: str
    read_as: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    from_text: str = ""
    to_text: str = ""
    distance: int = 0


@cache
def read_relation(value: str) -> Reading:
    """Read one verbatim value of the relation column."""
    if value in KNOWN:
        return Reading(KNOWN[value], "known", value)
    if not value.strip() or "://" in value or len(value) > 80:
        return Reading("", "held")
    return _variant(value) or _qualified(value) or _misspelt(value) or Reading("", "held")


def _variant(value: str) -> Reading | None:
    told = _told(value)
    known = _by_words().get(told)
    return Reading(KNOWN[known], "variant", known) if known else None


@cache
def _by_words() -> dict[tuple[str, ...], str]:
    table = {_told(known): known for known in KNOWN}
    for other, known in VARIANTS.items():
        table.setdefault(_told(other), known)
    return table


def _told(value: str) -> tuple[str, ...]:
    """Return the folded words, without a plural's last letter."""
    return tuple(
        word[:-1] if len(word) > 4 and word.endswith("s") else word for word in words(value)
    )


def _qualified(value: str) -> Reading | None:
    told = _told(value)
    for qualifier, attributes in QUALIFIERS.items():
        tail = _told(qualifier)
        head = _by_words().get(told[: -len(tail)])
        if told[-len(tail) :] == tail and head and KNOWN[head] == "has_capability":
            return Reading(KNOWN[head], "qualified", head, dict(attributes))
    if dated := _DATED.match(value.strip()):
        head = _by_words().get(_told(dated["head"]))
        if head and dated["when"] == "depuis":
            return Reading(KNOWN[head], "qualified", head, from_text=dated["date"])
        if head and dated["when"].startswith("jusqu"):
            return Reading(KNOWN[head], "qualified", head, to_text=dated["date"])
    return None


def _misspelt(value: str) -> Reading | None:
    """Return the one known value that differs by a slip of the pen, if there is exactly one.

    Threshold: the same number of words, none of them a negation; at most one wrong letter in a
    word of up to seven letters, two in a longer one, none in a word of up to two; two in all. So
    "lobbbying" is read, "a pour agent" for "a pour client" (three letters) is not.
    """
    told = _told(value)
    if AGAINST & set(told):
        return None
    near: dict[str, int] = {}
    for known_words, known in _by_words().items():
        distance = _slips(told, known_words)
        if distance is not None:
            near[known] = min(distance, near.get(known, distance))
    if not near:
        return None
    best = min(near.values())
    chosen = [known for known, distance in near.items() if distance == best]
    if len(chosen) != 1:
        return None
    return Reading(KNOWN[chosen[0]], "misspelt", chosen[0], distance=best)


def _slips(written: tuple[str, ...], known: tuple[str, ...]) -> int | None:
    if len(written) != len(known):
        return _slips_in_spacing(written, known)
    total = 0
    for one, other in zip(written, known, strict=True):
        allowed = 0 if len(other) <= 2 else 1 if len(other) <= 7 else 2
        distance = edits(one, other, limit=allowed)
        if distance > allowed:
            return None
        total += distance
    return total if total <= 2 else None


def _slips_in_spacing(written: tuple[str, ...], known: tuple[str, ...]) -> int | None:
    """Answer 1 when only a space is missing or one too many ("estmembre", "four ni")."""
    return 1 if "".join(written) == "".join(known) else None


def edits(one: str, other: str, *, limit: int) -> int:
    """Return the number of letters added, dropped, changed or swapped; `limit` + 1 if more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        now = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]

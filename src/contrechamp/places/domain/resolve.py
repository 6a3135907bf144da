"""Which commune a name such as "ville du Havre" means, or why that cannot be said.

Rules, in this order:

1. Words that announce a town ("ville de", "mairie de", "commune de") are taken off, and a
   contracted article is written out: "ville du Havre" is Le Havre, "ville des Ulis" Les Ulis.
2. A name that is that of an intercommunalité ("Grand Nancy", "Chartres Métropole") is no town.
3. The whole name is compared, without accents, case, hyphens and invisible characters;
   "St" and "Ste" are Saint and Sainte.
4. Otherwise the longest beginning of it, in whole words, that is the name of a commune:
   "Valbonne Sophia Antipolis" is Valbonne.
5. An article is never dropped to force a match: La Baule is not Baule. A name of several
   communes is not decided: all of them are listed.

A printed article that the official name does not have, or the other way round, leaves the name
unknown: a human decides, a rule would be wrong too often.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from contrechamp.kernel.names import words

ANNOUNCES = re.compile(
    r"^\s*(?:(?:la|l')\s*)?(?:ville|mairie|commune|municipalité|municipalite|cité)\s+"
    r"(?=d[eu]\b|des\b|d\s?['’])",
    re.IGNORECASE,
)
CONTRACTED = (
    (re.compile(r"^du\s+", re.IGNORECASE), "Le "),
    (re.compile(r"^des\s+", re.IGNORECASE), "Les "),
    (re.compile(r"^(?:de\s+|d\s?['’]\s?)", re.IGNORECASE), ""),
)
ARTICLES = frozenset({"le", "la", "les", "l"})
SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
GROUP_WORDS = frozenset(
    {
        *("metropole", "metropolitaine", "eurometropole", "epci", "intercommunal"),
        *("agglomeration", "agglomerations", "agglo", "communaute", "communautes"),
    }
)
"""Words that no town has in its name and many groups of towns have."""
GROUP_BEGINNINGS = frozenset({"grand", "grande", "pays", "terres", "val"})
"""Words that begin the name of many groups of towns, and of some towns (Le Grand-Bornand)."""


class Outcome(Enum):
    """What came out."""

    ONE = "one"
    AMBIGUOUS = "ambiguous"
    GROUP = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A commune as the rules need it."""

    key: str
    name: str
    departement: str = ""
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The communes that a name may mean, most populous first, and how that was found."""

    outcome: Outcome
    towns: tuple[Town, ...] = ()
    rest: str = ""
    """Words of the name that were not needed: "sophia antipolis"."""

    @property
    def town(self) -> Town | None:
        """The one commune that the name means, if it means one."""
        return self.towns[0] if self.outcome is Outcome.ONE else None


def resolve_town(name: str, communes: Iterable[Town]) -> Resolution:
    """Say which of these communes a name means. See the rules at the head of the module."""
    parts = town_words(name)
    by_name: dict[str, list[Town]] = {}
    for town in communes:
        by_name.setdefault("".join(_saints(words(town.name))), []).append(town)
    whole = by_name.get("".join(parts), [])
    if not whole and is_group(parts):
        return Resolution(outcome=Outcome.GROUP)
    if whole:
        return _decide(whole, "")
    for length in _beginnings(parts):
        if found := by_name.get("".join(parts[:length])):
            return _decide(found, " ".join(parts[length:]))
    return Resolution(outcome=Outcome.UNKNOWN)


def spellings(name: str) -> list[str]:
    """Return the folded names, longest first, of the communes that `resolve_town` asks for."""
    parts = town_words(name)
    return ["".join(parts)] + ["".join(parts[:length]) for length in _beginnings(parts)]


def town_words(name: str) -> list[str]:
    """Return the folded words of the town that a name speaks of, its article written out."""
    text = "".join(c for c in name if unicodedata.category(c) != "Cf").strip()
    bare = ANNOUNCES.sub("", text)
    if bare != text:
        for contracted, article in CONTRACTED:
            if contracted.match(bare):
                bare = contracted.sub(article, bare, count=1)
                break
    return _saints(words(bare))


def is_group(parts: list[str]) -> bool:
    """Answer whether words that are no commune's whole name look like a group of communes."""
    return bool(parts) and (parts[0] in GROUP_BEGINNINGS or not GROUP_WORDS.isdisjoint(parts))


def split_towns(names: Iterable[str], communes: Iterable[Town]) -> list[tuple[str, str, Town]]:
    """Find pairs of names that are the two halves of one hyphenated commune.

    "ville de Levallois" and "ville de Perret" in the same list: somebody cut Levallois-Perret.
    """
    halves = {"".join(town_words(name)): name for name in names}
    found = []
    for town in communes:
        parts = words(town.name)
        for cut in range(1, len(parts)):
            left, right = "".join(parts[:cut]), "".join(parts[cut:])
            if left in halves and right in halves and left != right:
                found.append((halves[left], halves[right], town))
    return found


def _beginnings(parts: list[str]) -> Iterable[int]:
    """Lengths to try, longest first; an article alone, or one short word, is no town's name."""
    shortest = 2 if parts and parts[0] in ARTICLES else 1
    return [n for n in range(len(parts) - 1, shortest - 1, -1) if len("".join(parts[:n])) > 3]


def _decide(towns: list[Town], rest: str) -> Resolution:
    ordered = tuple(sorted(towns, key=lambda town: (-(town.population or 0), town.key)))
    outcome = Outcome.ONE if len(ordered) == 1 else Outcome.AMBIGUOUS
    return Resolution(outcome=outcome, towns=ordered, rest=rest)


def _saints(parts: list[str]) -> list[str]:
    return [SAINTS.get(part, part) for part in parts]

"""Which commune an act means, inside the département of its bulletin.

In this order, each answer saying `how`: the name itself (`exact`); with its article written out
("du LUC" is Le Luc: `article`); the only commune that begins with the printed words (LA VALETTE is
La Valette-du-Var: `prefix`); both (`article+prefix`); a hamlet or an old name (`alias`). Otherwise
no code: a name that may be two communes is not decided.

A name that is itself a commune is never lengthened: LA GARDE is not La Garde-Freinet. A postal
code confirms a name among several; it is never read as an INSEE code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from contrechamp.places.domain.packaged import Commune, packaged_communes

from .finding import FoundPlace
from .text import folded

ARTICLES = frozenset({"le", "la", "les", "l"})
_WORD = re.compile(r"[a-z0-9]+")
_CONTRACTED = re.compile(r"(?:(du|des|de la|de l|de)(?=[\s'])|(d)(?='))['\s]+(?=[a-z])")
_OF = re.compile(r"^(?:de\s+|d['’]\s*)", re.IGNORECASE)
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_POSTAL = re.compile(r"\b(\d{2}\s?\d{3})\b")


class Named(NamedTuple):
    """A commune named in a text: where, and which."""

    start: int
    end: int
    place: FoundPlace


def words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name: saints written out, no signs."""
    return tuple(_SAINTS.get(word, word) for word in _WORD.findall(folded(name)))


@cache
def aliases() -> dict[str, dict[tuple[str, ...], str]]:
    """Return, by département, hamlets and former names with the INSEE code of their commune."""
    text = files("contrechamp").joinpath("vocabulary", "place_aliases.yaml").read_text("utf-8")
    found: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for row in yaml.safe_load(text):
        found[row["departement"]][words(row["name"])] = row["insee"]
    return found


@dataclass(frozen=True)
class Communes:
    """The communes of one département, or of the country when none is known."""

    departement: str | None
    by_words: dict[tuple[str, ...], list[Commune]] = field(repr=False)
    by_first: dict[str, list[tuple[tuple[str, ...], Commune]]] = field(repr=False)

    @classmethod
    @cache
    def of(cls, departement: str | None) -> Communes:
        """Return those of a département ("83", "2A"), former communes leading to today's."""
        by_words: dict[tuple[str, ...], list[Commune]] = defaultdict(list)
        by_first: dict[str, list[tuple[tuple[str, ...], Commune]]] = defaultdict(list)
        today = {each.insee: each for each in packaged_communes() if not each.successor}
        for each in packaged_communes():
            if departement and each.departement != departement:
                continue
            commune = today.get(each.successor, each) if each.successor else each
            parts = words(each.name)
            if commune not in by_words[parts]:
                by_words[parts].append(commune)
                by_first[parts[0]].append((parts, commune))
        return cls(departement, dict(by_words), dict(by_first))

    def resolve(self, printed: str, postal: str | None = None) -> FoundPlace:
        """Return the commune that printed words mean, or the words alone.

        `postal`: the code that stands beside the name, if any; digits only.
        """
        said = " ".join(printed.split()).strip(" ,;:.")
        shown = _OF.sub("", said)
        for parts, how in _readings(said):
            if commune := self._exact(parts, postal):
                return _found(shown, commune, how or "exact")
        for parts, how in _readings(said):
            if commune := self._beginning(parts, postal):
                return _found(shown, commune, f"{how}+prefix" if how else "prefix")
        known = aliases().get(self.departement or "", {})
        for parts, _ in _readings(said):
            if insee := known.get(parts):
                return _found(shown, self._by_code(insee), "alias")
        return FoundPlace(printed=shown)

    def _by_code(self, insee: str) -> Commune:
        return next(each for rows in self.by_words.values() for each in rows if each.insee == insee)

    def _exact(self, parts: tuple[str, ...], postal: str | None) -> Commune | None:
        return _only(self.by_words.get(parts, ()), postal)

    def _beginning(self, parts: tuple[str, ...], postal: str | None) -> Commune | None:
        """Return the only commune whose words begin with these, at least one of them telling."""
        if not parts or all(part in ARTICLES for part in parts) or len("".join(parts)) < 4:
            return None
        longer = [
            commune
            for name, commune in self.by_first.get(parts[0], ())
            if len(name) > len(parts) and name[: len(parts)] == parts
        ]
        return _only(longer, postal)

    @property
    def pattern(self) -> re.Pattern[str]:
        """A pattern of all whole names, the longest first, on folded text."""
        return _pattern(self.departement)

    def named_in(self, text: str) -> Iterator[Named]:
        """Yield the communes that a text names in full, in order; `text` as printed.

        Names of one short word that are also common words count only with a capital letter.
        """
        flat = folded(text)
        for match in self.pattern.finditer(flat):
            start, end = match.span()
            printed = text[start:end]
            if not printed[:1].isupper():
                continue
            if commune := self._exact(words(printed), _postal_after(flat, end)):
                yield Named(start, end, _found(" ".join(printed.split()), commune, "exact"))


@cache
def _pattern(departement: str | None) -> re.Pattern[str]:
    names = sorted(
        Communes.of(departement).by_words, key=lambda parts: (-len("".join(parts)), parts)
    )
    shortest = 2
    spelt = [
        r"[\s'-]+".join(_spelt(part) for part in parts)
        for parts in names
        if len("".join(parts)) > shortest
    ]
    return re.compile(r"(?<![a-z0-9-])(?:" + "|".join(spelt) + r")(?![a-z0-9]|-[a-z])")


def _spelt(part: str) -> str:
    short = {"saint": "st", "sainte": "ste", "saints": "sts", "saintes": "stes"}.get(part)
    return f"(?:{part}|{short}\\.?)" if short else re.escape(part)


def _readings(printed: str) -> Iterable[tuple[tuple[str, ...], str]]:
    """Yield the words with a contracted article written out, without it, and as printed."""
    flat = folded(printed)
    parts = words(printed)
    match = _CONTRACTED.match(flat)
    if not match:
        if parts:
            yield parts, ""
        return
    rest = words(flat[match.end() :])
    article = {"du": "le", "des": "les", "de la": "la", "de l": "l"}.get(match[1] or match[2])
    if article:
        yield (article, *rest), "article" if article in {"le", "les"} else ""
    yield rest, ""
    if parts:  # A name that begins with "du" or "de" of its own.
        yield parts, ""


def _only(found: Iterable[Commune], postal: str | None) -> Commune | None:
    rows = list({each.insee: each for each in found}.values())
    if len(rows) > 1 and postal:
        rows = [each for each in rows if postal in each.postal_codes]
    return rows[0] if len(rows) == 1 else None


def _found(printed: str, commune: Commune, how: str) -> FoundPlace:
    return FoundPlace(printed=printed, name=commune.name, insee=commune.insee, how=how)


def _postal_after(flat: str, end: int) -> str | None:
    match = _POSTAL.match(flat[end : end + 12].lstrip(" (-"))
    return match[1].replace(" ", "") if match else None

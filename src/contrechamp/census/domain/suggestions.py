"""Which records may be one: suggestions in words, never actions (census.md §6).

In this order: the same official number, the same letters, the same French sound, one name that
begins the other, the table of aliases. Edit distance is not asked: on the names of a real graph it
proposes twenty-four pairs, of which one is true. Names are put into blocks by key, so that a
hundred thousand of them are compared in seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from contrechamp.kernel import names as spelling
from contrechamp.kernel.errors import gettext_noop

from .identifiers import SINGLE

LEGAL_FORMS = frozenset(
    """
    ab ag bv corp epa epic eurl gie gip gmbh inc llc ltd nv oy plc sa sarl sas sasu
    sca sci scic scop scs se sem snc spa spl srl
    """.split()  # noqa: SIM905  a list of words reads better so
)
"""Words that say how a company is founded and not which it is."""
TOWN_WORDS = frozenset({"ville", "commune", "mairie"})
SHORTEST_PREFIX = 5
"""Letters that a name needs to begin another: GICAT begins nothing, IDEMIA does."""
BIGGEST_BLOCK = 50
"""A key that so many records share says nothing about them."""

SAME_NUMBER = "identifier"
SAME_LETTERS = "letters"
SAME_SOUND = "sound"
PREFIX = "prefix"
ALIAS = "alias"
ORDER = (SAME_NUMBER, SAME_LETTERS, SAME_SOUND, PREFIX, ALIAS)
WORDS = {
    SAME_NUMBER: gettext_noop("le même numéro officiel : {what}"),
    SAME_LETTERS: gettext_noop(
        "les mêmes lettres, sans accents, majuscules, ponctuation ni forme juridique : {what}"
    ),
    SAME_SOUND: gettext_noop("la même prononciation : {what}"),
    PREFIX: gettext_noop("l'un des noms commence l'autre : {what}"),
    ALIAS: gettext_noop("un autre nom connu de l'un est le nom de l'autre : {what}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record as the rules need to know it."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    town: str = ""
    """INSEE code that its name resolves to, if one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two records that may be one (a < b), and why."""

    a: str
    b: str
    why: str
    """One of `ORDER`."""
    what: str
    """The number, the letters or the names that they share."""

    @property
    def sentence(self) -> str:
        """Return the French sentence to translate; its value is `what`."""
        return WORDS[self.why]


def key_of(name: str) -> str:
    """Return the letters of a name without its legal form."""
    return _key(spelling.words(name))


def _key(words: Sequence[str]) -> str:
    return "".join(_without_form(words) or words)


def _without_form(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in LEGAL_FORMS]


def sound_key(name: str) -> str:
    """Return the sound of a name without its legal form, or empty when it is an initialism.

    A short name in capitals is spelled, not read: GICAN is not GICAT, nor SNCF SNEF.
    """
    return _sound(name, spelling.words(name))


def _sound(name: str, words: Sequence[str]) -> str:
    kept = _without_form(words)
    if name.isupper() or sum(map(len, kept)) < 4:
        return ""
    return spelling.sound_of(kept)


def suggest(
    candidates: Iterable[Candidate],
    not_same: Iterable[tuple[str, str]] = (),
    aliases: Mapping[str, str] | None = None,
) -> list[Suggestion]:
    """Return each pair that may be one record, best reason first; a pair is proposed once.

    `aliases` is the table: folded name → folded name that means the same.
    """
    known = {candidate.id: candidate for candidate in candidates}
    refused = {tuple(sorted(pair)) for pair in not_same}
    found: dict[tuple[str, str], Suggestion] = {}
    for why, blocks in _blocks(list(known.values()), aliases or {}):
        for what, ids in blocks:
            for a, b in _pairs(ids):
                if (a, b) in found or (a, b) in refused or is_blocked(known[a], known[b]):
                    continue
                found[a, b] = Suggestion(a=a, b=b, why=why, what=what)
    return sorted(found.values(), key=lambda s: (ORDER.index(s.why), s.what, s.a, s.b))


def _pairs(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    block = sorted(set(ids))
    return iter(()) if len(block) > BIGGEST_BLOCK else combinations(block, 2)


def is_blocked(one: Candidate, other: Candidate) -> bool:
    """Answer whether two records cannot be one: kind, official numbers or towns differ."""
    if one.kind != other.kind:
        return True
    if one.town and other.town and one.town != other.town:
        return True
    theirs = dict(other.identifiers)
    return any(
        scheme in SINGLE and scheme in theirs and theirs[scheme] != value
        for scheme, value in one.identifiers
    )


Blocks = Iterable[tuple[str, Iterable[str]]]


def _blocks(
    candidates: Sequence[Candidate], aliases: Mapping[str, str]
) -> Iterator[tuple[str, Blocks]]:
    numbers: dict[str, list[str]] = defaultdict(list)
    letters: dict[tuple[str, str], list[str]] = defaultdict(list)
    sounds: dict[tuple[str, str], list[str]] = defaultdict(list)
    words = {each.id: spelling.words(each.name) for each in candidates}
    for each in candidates:
        for scheme, value in each.identifiers:
            numbers[f"{scheme} {value}"].append(each.id)
        letters[each.kind, _key(words[each.id])].append(each.id)
        if sound := _sound(each.name, words[each.id]):
            sounds[each.kind, sound].append(each.id)
    names = {each.id: each.name for each in candidates}
    yield SAME_NUMBER, numbers.items()
    yield SAME_LETTERS, ((key, ids) for (_, key), ids in letters.items() if key)
    yield SAME_SOUND, (_named(ids, names) for ids in sounds.values() if len(ids) > 1)
    yield PREFIX, _prefixes(candidates, words)
    yield ALIAS, _aliases(candidates, letters, aliases)


def _named(ids: Sequence[str], names: Mapping[str, str]) -> tuple[str, Sequence[str]]:
    return " / ".join(sorted({names[key] for key in ids})), ids


def _prefixes(candidates: Sequence[Candidate], read: Mapping[str, Sequence[str]]) -> Blocks:
    """Yield the pairs in which the words of one name begin those of the other.

    Only organisations: "ville de Saint-Denis" begins many, and a technology's name is common
    words. The first name must say something by itself.
    """
    by_words: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for each in candidates:
        if each.kind == "actor" and not each.town:
            words = tuple(_without_form(read[each.id]))
            if words and words[0] not in TOWN_WORDS:
                by_words[words].append(each)
    for words, longer in by_words.items():
        for length in range(1, len(words)):
            head = words[:length]
            if head not in by_words or not _says_something(head):
                continue
            for short in by_words[head]:
                for long in longer:
                    yield f"{short.name} / {long.name}", (short.id, long.id)


def _says_something(words: tuple[str, ...]) -> bool:
    return len("".join(words)) >= SHORTEST_PREFIX and words[0] not in COMMON


COMMON = frozenset(
    """
    aeroport aeroports agence association banque bureau caisse centre chambre
    communaute compagnie conseil cour departement digital direction etablissement
    etat federation fondation france gendarmerie global gouvernement group groupe
    hopital institut international laboratoire metropole ministere office police
    prefecture prison region secretariat securite security service societe syndicat
    systems tribunal union universite
    """.split()  # noqa: SIM905  a list of words reads better so
)
"""Words that begin the names of many bodies."""


def _aliases(
    candidates: Sequence[Candidate],
    letters: Mapping[tuple[str, str], Sequence[str]],
    table: Mapping[str, str],
) -> Blocks:
    for each in candidates:
        others = [key_of(alias) for alias in each.aliases]
        if table and (same := table.get(key_of(each.name))):
            others.append(same)
        for key in others:
            for other in letters.get((each.kind, key), ()):
                if other != each.id:
                    yield each.name, (each.id, other)

"""Which commune is meant by a name as an act prints it, inside one département.

Order (`design/watch.md` §5): the name itself, with its article, as the beginning of one name,
both, an old name or a hamlet. What could be two communes gets no code. A postal code may choose
among candidates; it is never read as a commune's code.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files

from contrechamp.places.domain.packaged import Commune, packaged_communes

from .finding import FoundPlace
from .text import folded

_WORD = re.compile(r"[a-z0-9]+")
_ARTICLES = ("le", "la", "les", "l")
_LED_BY = re.compile(r"\s*(?:(du|des|aux?)\s+|(?:de|en|a)\s+|d\s?'\s*)")
_ASIDE = re.compile(r"\([^()]*\)?")
_POSTAL = re.compile(r"(?<![0-9])([0-9]{2} ?[0-9]{3})(?![0-9])")
_TAIL = re.compile(
    r"[ ,;:.-]*(?:\bcedex\b(?: ?[0-9]{1,2})?|\b[0-9]{1,2} ?(?:er|e|eme|nd)\b(?: arr[a-z.]*)?)\s*$"
)
_EMPTY_WORDS = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "saint",
        "sainte",
        "sur",
        "en",
        "et",
        "ville",
        "mont",
        "pont",
        "val",
        "plan",
        "port",
        "bois",
        "fort",
        "centre",
        "commune",
        "mairie",
    ]
)
"""What is too common to stand alone for the beginning of one commune's name."""


@dataclass(frozen=True, slots=True)
class Departement:
    """Its code, its name, and the seat of the administrative court that judges its acts."""

    code: str
    name: str
    court: str

    @property
    def tribunal(self) -> str:
        """Return the court as acts name it (CJA R221-3)."""
        if not self.court.startswith(("la ", "La ", "le ", "Le ")) and self.code.startswith("97"):
            return f"Tribunal administratif de {self.court}"
        joined = "d'" if self.court[0] in "AÂEÉIOUY" else "de "
        return f"Tribunal administratif {joined}{self.court}"


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("contrechamp.watch").joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def departements() -> dict[str, Departement]:
    """Return the départements and other territories with a prefect, by code."""
    return {
        row["code"]: Departement(row["code"], row["name"], row["court"])
        for row in _rows("departements.csv")
    }


@cache
def _departement_names() -> dict[tuple[str, ...], str]:
    return {name_words(each.name): each.code for each in departements().values()}


def departement_named(name: str) -> str | None:
    """Return the code of the département of this name ("VAR", "Préfecture de l'Ain": Var, Ain)."""
    words = name_words(name)
    for start in range(len(words)):
        if code := _departement_names().get(words[start:]):
            return code
    return None


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as names are compared: folded, "St" and "Ste" in full."""
    full = {"st": "saint", "ste": "sainte", "oe": "o", "ss": "sous"}
    said = folded(name.replace("oe", "o").replace("OE", "O"))
    return tuple(full.get(word, word) for word in _WORD.findall(said))


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


@cache
def _by_departement() -> dict[str, tuple[Commune, ...]]:
    sorted_out: dict[str, list[Commune]] = defaultdict(list)
    for commune in packaged_communes():
        sorted_out[commune.departement].append(commune)
    return {code: tuple(communes) for code, communes in sorted_out.items()}


@cache
def aliases() -> dict[str, dict[tuple[str, ...], str]]:
    """Return the old names and hamlets of each département with the code of their commune."""
    table: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for row in _rows("place_aliases.csv"):
        table[row["departement"]][name_words(row["printed"])] = row["insee"]
    return table


@dataclass(frozen=True, slots=True)
class Named:
    """A commune named in a text: from where to where, and which."""

    start: int
    end: int
    place: FoundPlace


@dataclass(frozen=True)
class Communes:
    """The communes among which a name is looked for: of one département, or of all."""

    departement: str | None
    communes: tuple[Commune, ...]

    @classmethod
    def of(cls, departement: str | None) -> Communes:
        """Return those of a département by its code (`83`, `2A`, `974`); of all for None."""
        return _communes_of(departement)

    @cached_property
    def by_insee(self) -> dict[str, Commune]:
        """The communes by their code."""
        return {commune.insee: commune for commune in self.communes}

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[Commune]]:
        return self._sorted(
            (name_words(commune.name), commune)
            for commune in self.communes
            if not commune.successor
        )

    @cached_property
    def _by_letters(self) -> dict[str, list[Commune]]:
        found: dict[str, list[Commune]] = defaultdict(list)
        for words, communes in self._by_words.items():
            found["".join(words)].extend(communes)
        return found

    @cached_property
    def _by_rest(self) -> dict[tuple[str, ...], list[Commune]]:
        return self._sorted(
            (words[1:], commune)
            for words, communes in self._by_words.items()
            for commune in communes
            if words[0] in _ARTICLES and len(words) > 1
        )

    @cached_property
    def _old(self) -> dict[tuple[str, ...], list[Commune]]:
        """Today's communes by the name of one that was merged into it."""
        return self._sorted(
            (name_words(commune.name), today)
            for commune in self.communes
            if (today := self.by_insee.get(commune.successor)) is not None
        )

    @cached_property
    def _beginnings(self) -> dict[tuple[str, ...], list[Commune]]:
        return self._sorted(
            (words[:length], commune)
            for words, communes in self._by_words.items()
            for commune in communes
            for length in range(1, len(words))
        )

    @staticmethod
    def _sorted(
        pairs: Iterator[tuple[tuple[str, ...], Commune]],
    ) -> dict[tuple[str, ...], list[Commune]]:
        found: dict[tuple[str, ...], list[Commune]] = defaultdict(list)
        for words, commune in pairs:
            if commune not in found[words]:
                found[words].append(commune)
        return dict(found)

    def resolve(self, printed: str, postal: str | None = None) -> FoundPlace:
        """Return the commune that a printed name means; without code when it could be two.

        `printed` may keep what leads it ("du LUC", "d'HYERES") and a postal code in parentheses;
        `postal` is one that stands elsewhere. A wrong postal code never unmakes a name.
        """
        name = " ".join(printed.split()).strip(" ,;:.-–")
        if (found := _POSTAL.search(name)) is not None:
            postal = postal or found[1].replace(" ", "")
            name = (name[: found.start()] + name[found.end() :]).strip()
        name = _ASIDE.sub(" ", name).strip(" ,;:.-–)(")
        name = name[: len(name) - len(_tail(name))]
        whole = self._resolve_words(name_words(name), None, postal)
        led = _LED_BY.match(folded(name))
        if whole is None and led is not None:
            name = name[led.end() :]
            whole = self._resolve_words(name_words(name), led[1], postal)
        elif led is not None and whole is not None:
            # "La" led by "à la" and the like: the name is a whole one as it stands.
            pass
        shown = name.strip(" ,;:.-–") or printed.strip()
        if whole is None:
            return FoundPlace(printed=shown)
        commune, how = whole
        return FoundPlace(printed=shown, name=commune.name, insee=commune.insee, how=how)

    def _resolve_words(
        self, words: tuple[str, ...], article: str | None, postal: str | None
    ) -> tuple[Commune, str] | None:
        if not words:
            return None
        steps = (
            ("exact", self._exact(words, article)),
            ("article", self._with_article(words, article)),
            ("prefix", self._prefix(words, article)),
            ("article+prefix", self._article_prefix(words, article)),
            ("alias", self._alias(words, article)),
        )
        for how, candidates in steps:
            if (one := _only(candidates, postal)) is not None:
                return one, how
            if len(candidates) > 1:
                return None
        return None

    def _exact(self, words: tuple[str, ...], article: str | None) -> list[Commune]:
        # "du Val" is Le Val, even where a commune is called Val.
        if article in ("du", "au") and self._by_words.get(("le", *words)):
            return []
        if article in ("des", "aux") and self._by_words.get(("les", *words)):
            return []
        found = self._by_words.get(words)
        return found if found is not None else self._by_letters.get("".join(words), [])

    def _with_article(self, words: tuple[str, ...], article: str | None) -> list[Commune]:
        if article is not None:
            le = "le" if article in ("du", "au") else "les"
            return self._by_words.get((le, *words), [])
        found = self._by_rest.get(words, [])
        if not found and words[0] in _ARTICLES and self._by_words.get(words[1:]):
            return self._by_words[words[1:]]
        return found

    def _prefix(self, words: tuple[str, ...], article: str | None) -> list[Commune]:
        if article is not None and self._article_prefix(words, article):
            return []
        return self._beginnings.get(words, []) if _is_telling(words) else []

    def _article_prefix(self, words: tuple[str, ...], article: str | None) -> list[Commune]:
        if not _is_telling(words):
            return []
        tried = {"du": ("le",), "au": ("le",), "des": ("les",), "aux": ("les",)}
        found = [
            commune
            for each in tried.get(article or "", _ARTICLES)
            for commune in self._beginnings.get((each, *words), [])
        ]
        return list(dict.fromkeys(found))

    def _alias(self, words: tuple[str, ...], article: str | None) -> list[Commune]:
        le = {"du": "le", "au": "le", "des": "les", "aux": "les"}.get(article or "")
        for tried in (words, (le, *words)) if le else (words,):
            if found := self._old.get(tried):
                return found
            insee = aliases().get(self.departement or "", {}).get(tried)
            if insee in self.by_insee:
                return [self.by_insee[insee]]
        return []

    @cached_property
    def _longest(self) -> dict[str, int]:
        """For each word that begins a name, the length of the longest such name in words."""
        found: dict[str, int] = {}
        names = (*self._by_words, *self._by_rest, *aliases().get(self.departement or "", {}))
        for words in names:
            found[words[0]] = max(found.get(words[0], 0), len(words))
        return found

    def named_in(self, text: str, *, short: bool = False) -> list[Named]:
        """Return the communes named in running text, in order, each as often as it stands there.

        A name counts where it begins with a capital, whole or led by its article ("du Luc").
        `short` lets a beginning of one name count too ("Six-Fours", "La Londe"): for a list that
        is known to be one of places.
        """
        low = folded(text)
        tokens = list(_WORD.finditer(low))
        found: list[Named] = []
        index = 0
        while index < len(tokens):
            named = self._named_at(text, low, tokens, index, short=short)
            if named is None:
                index += 1
                continue
            found.append(named[0])
            index += named[1]
        return found

    def _named_at(
        self, text: str, low: str, tokens: list[re.Match[str]], index: int, *, short: bool
    ) -> tuple[Named, int] | None:
        word = _full(tokens[index][0])
        longest = self._longest.get(word)
        if longest is None or not _is_capital(text, low, tokens[index]):
            return None
        article = _article_before(low, tokens, index)
        for length in range(min(longest, len(tokens) - index), 0, -1):
            last = tokens[index + length - 1]
            if not _is_one_name(low, tokens, index, length):
                continue
            words = tuple(_full(token[0]) for token in tokens[index : index + length])
            known = self._whole(words, article, short=short)
            if known is None:
                continue
            if length == 1 and words[0] in _EMPTY_WORDS and article is None and short is False:
                return None
            printed = text[tokens[index].start() : last.end()]
            commune, how = known
            place = FoundPlace(printed=printed, name=commune.name, insee=commune.insee, how=how)
            return Named(tokens[index].start(), last.end(), place), length
        return None

    def _whole(
        self, words: tuple[str, ...], article: str | None, *, short: bool
    ) -> tuple[Commune, str] | None:
        if short:
            return self._resolve_words(words, article, None)
        steps = [("exact", self._exact(words, article))]
        if article is not None:
            steps.append(("article", self._with_article(words, article)))
        if words in aliases().get(self.departement or "", {}):
            steps.append(("alias", self._alias(words, article)))
        for how, candidates in steps:
            if (one := _only(candidates, None)) is not None:
                return one, how
        return None


@cache
def _communes_of(departement: str | None) -> Communes:
    if departement is None:
        return Communes(None, packaged_communes())
    return Communes(departement, _by_departement().get(departement, ()))


def whole_departement(code: str) -> FoundPlace:
    """Return the place that stands for all communes of a département ("dans le Var")."""
    name = departements()[code].name
    return FoundPlace(printed=name, name=name, insee=None, how="departement")


def as_printed(place: FoundPlace, printed: str) -> FoundPlace:
    """Return the place, printed otherwise."""
    return replace(place, printed=printed)


def _only(candidates: list[Commune], postal: str | None) -> Commune | None:
    """Return the one candidate, or the one of several that has the postal code."""
    if len(candidates) == 1:
        return candidates[0]
    right = [each for each in candidates if postal and postal in each.postal_codes]
    return right[0] if len(right) == 1 else None


def _is_telling(words: tuple[str, ...]) -> bool:
    return any(len(word) > 2 and word not in _EMPTY_WORDS for word in words) and not (
        len(words) == 1 and words[0] in _EMPTY_WORDS
    )


def _tail(name: str) -> str:
    found = _TAIL.search(folded(name))
    return name[found.start() :] if found else ""


def _full(word: str) -> str:
    return {"st": "saint", "ste": "sainte"}.get(word, word)


def _is_capital(text: str, low: str, token: re.Match[str]) -> bool:
    """Answer whether a word begins with a capital, or is the article of one that does."""
    if not text[token.start()].islower():
        return True
    if token[0] not in _ARTICLES:
        return False
    after = text[token.end() :].lstrip(" '’-\n")[:1]
    return after.isupper()


def _article_before(low: str, tokens: list[re.Match[str]], index: int) -> str | None:
    if index == 0:
        return None
    before = tokens[index - 1]
    between = low[before.end() : tokens[index].start()]
    return before[0] if before[0] in ("du", "des", "au", "aux") and between.isspace() else None


def _is_one_name(low: str, tokens: list[re.Match[str]], index: int, length: int) -> bool:
    """Answer whether only blanks, hyphens and apostrophes stand between the words."""
    return all(
        not low[one.end() : two.start()].strip(" -'\n") and two.start() - one.end() <= 4
        for one, two in zip(
            tokens[index : index + length - 1], tokens[index + 1 : index + length], strict=True
        )
    )

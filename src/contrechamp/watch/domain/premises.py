"""Whom an act is for: a class, a label, and whether the name may be published.

The name of a private person is never read: a heading that begins with M., Mme or a first name and
a surname that the requester bears is the class `person`, without its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .finding import Beneficiary
from .text import folded

PRIVATE_FR, PRIVATE_EN = "Locaux privés : ", "Private premises: "
_PERSON = re.compile(r"^\s*(?:m\.|mr\b|mme\b|mlle\b|monsieur\b|madame\b|mademoiselle\b)")
_CALLED = re.compile(
    r"\b(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|Messieurs|Mesdames|Me|Dr|Docteur|Maître)\s+"
    r"(?P<name>(?:(?:de|du|des|la|le|d'|di|da|van|von|el|ben|et)\s+|[A-ZÀ-Ý][\w'’.-]*\s*){1,6})"
)
_TITLES = frozenset(
    {
        *("prefet", "prefete", "sous", "maire", "directeur", "directrice", "president", "ministre"),
        *("presidente", "gerant", "gerante", "chef", "responsable", "charge", "chargee", "colonel"),
        *(
            "commandant",
            "general",
            "secretaire",
            "adjoint",
            "adjointe",
            "commune",
            "ville",
            "cabinet",
        ),
        *("metropole", "police", "gendarmerie", "departement", "procureur", "republique", "mairie"),
        *("article", "conseil", "societe", "sante", "securite", "service", "services", "agence"),
        *("proprietaire", "principal", "principale", "proviseur", "dirigeant", "exploitant", "var"),
    }
)


@dataclass(frozen=True, slots=True)
class _Kind:
    class_: str
    public: bool
    label_fr: str
    label_en: str
    pattern: re.Pattern[str]


@cache
def _kinds() -> tuple[_Kind, ...]:
    text = files("contrechamp").joinpath("vocabulary", "premises.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return tuple(
        _Kind(
            class_=row["class"],
            public=row["public"],
            label_fr=row["label"]["fr"],
            label_en=row["label"]["en"],
            pattern=re.compile(
                r"(?<![a-z0-9])(?:"
                + "|".join(_spelt(word) for word in row["words"])
                + r")s?(?![a-z0-9])"
            ),
        )
        for row in rows
    )


def _spelt(word: str) -> str:
    return re.escape(folded(word)).replace(r"\ ", r"[\s-]+")


def names_in(text: str) -> frozenset[str]:
    """Return the folded words, of four letters and more, of persons whom a text calls by title."""
    found: set[str] = set()
    for match in _CALLED.finditer(text):
        for word in re.findall(r"[a-z]{4,}", folded(match["name"])):
            if word not in _TITLES:
                found.add(word)
    return frozenset(found)


def beneficiary(printed: str, about: str, names: frozenset[str]) -> Beneficiary:
    """Return whom an act is for. `printed`: the heading's parenthesis; `about`: the first article.

    `names`: folded names of the persons in the act (`names_in`); a private beneficiary that bears
    one of them is not printed.
    """
    shown = " ".join(printed.split()).strip(" ()-–")
    flat = folded(shown)
    if _PERSON.search(flat):
        return _private("person", "particulier", "private person", None)
    for text, is_own in ((flat, True), (folded(about), False)):
        for kind in _kinds():
            if not kind.pattern.search(text):
                continue
            if kind.public and (is_own or kind.class_ != "transport"):
                return Beneficiary(
                    printed=shown or None,
                    class_=kind.class_,
                    public=True,
                    publish=bool(shown),
                    label_fr=kind.label_fr[0].upper() + kind.label_fr[1:],
                    label_en=kind.label_en[0].upper() + kind.label_en[1:],
                )
            named = shown if shown and not _bears(flat, names) else None
            return _private(kind.class_, kind.label_fr, kind.label_en, named)
    named = shown if shown and not _bears(flat, names) else None
    return _private("unknown", "activité non précisée", "activity not stated", named)


def _bears(flat: str, names: frozenset[str]) -> bool:
    return not names.isdisjoint(re.findall(r"[a-z]{4,}", flat))


def _private(class_: str, label_fr: str, label_en: str, printed: str | None) -> Beneficiary:
    return Beneficiary(
        printed=printed,
        class_=class_,
        public=False,
        publish=False,
        label_fr=PRIVATE_FR + label_fr,
        label_en=PRIVATE_EN + label_en,
    )

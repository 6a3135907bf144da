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
_NAME_ALONE = re.compile(
    r"^[A-ZÀ-Ý][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ]+)?(?: (?:DE|DU|LE|LA|EL))? [A-ZÀ-Ý'-]{3,}$"
)
_FORM = re.compile(
    r"(?<![a-z0-9])(?:s\.?\s?a\.?\s?r\.?\s?l|s\.?a\.?s\.?u?|s\.c\.i|sci|s\.n\.c|snc|e\.?u\.?r\.?l|"
    r"s\.?e\.?l\.?a\.?r\.?l|privee?s?)(?!\.?[a-z0-9])"
)
_COMMERCIAL = re.compile(
    r"\b(?:co-?\s?)?gerante?s?\b|\bpresidente?\s+directeur|\bp\.?\s?d\.?\s?g\b|\bexploitante?\b|"
    r"\bfranchisee?\b|\bassociee?\b|\bproprietaire\b|\bburaliste\b|\bpharmacienn?e?\b|\bsyndic\b"
)
_OFFICES = (
    (
        "hospital",
        re.compile(r"\bdirect\w+\s+(?:generale?\s+)?(?:du|de\s+l')\s*(?:centre\s+hospi|hopital)"),
    ),
    ("school", re.compile(r"\bproviseure?\b|\bprincipale?\s+du\s+college|\bde\s+l'universite\b")),
    ("region", re.compile(r"\bpresidente?\s+(?:du\s+conseil\s+regional|de\s+(?:la\s+)?region)")),
    ("department", re.compile(r"\bpresidente?\s+du\s+(?:conseil\s+departemental|departement)")),
    (
        "intercommunality",
        re.compile(
            r"\bpresidente?\s+(?:de\s+(?:la\s+)?|du\s+)(?:communaute|metropole|agglom|syndicat\s+(?:mix|int))|"
            r"\bpresidente?\s+d[^,;]{0,60}\bagglomeration"
        ),
    ),
    ("commune", re.compile(r"\bmaire\b")),
    (
        "state",
        re.compile(
            r"\bprefete?\b|\brect(?:eur|rice)\s+de\s+(?:l'academie|la\s+region)|\bprocureure?\b|\bofficiere?\s+de\s+(?:la\s+)?securite\b|"
            r"\bdirect\w+\s+(?:inter)?departementale?\s+(?:de\s+la\s+police|des\s+finances|de\s+la\s+secur)|"
            r"\bcommandante?\s+(?:de\s+la\s+base|du\s+groupement|de\s+la\s+gendarmerie)"
        ),
    ),
)
"""Whoever asks in public office asks for that body."""
_SITE = re.compile(
    r"mettre\s+en\s+\S{1,3}uvre\s*,?\s*(?:dans|sur|au\s+sein\s+de|a\s+l'interieur\s+de|a|au|aux|pour)?\s*"
    r"(?P<site>(?!\d)[^;(]{2,160}?)(?=\bsitue|\bsise?\b|\bimplante|\bun\s+systeme|\bcompose|,\s*\d|[;(])"
)
_ASKED = re.compile(
    r"\bpresentee?\s+par\b|\baccordee?\b[^.]{0,80}?\ba\s+(?=m\.|mme|monsieur|madame)"
)
_DECIDED = re.compile(
    r"\b(?:est|sont)\s+(?:autorise|reconduit|renouvele|refuse|rejete)|\bet\s+enregistre"
)
_ADDRESS = re.compile(
    r"\b(?:rue|avenue|av\.|bd|boulevard|place|chemin|route|allees?|impasse|quai|cours|square|quartier|"
    r"lieu-dit|zac|za|zi|rond-point|montee|traverse|esplanade|promenade|immeuble|villa|centre\s+commercial)"
    r"\b[^,(;]{0,90}"
)
_AIM = re.compile(r"\bdans\s+le\s+but\b")
_HEAD = re.compile(r"(?:^|[-,/(:]\s*)(?:(?:les?|la|l'|nouve(?:au|l|lle)|ancienn?e?|future?)\s*)*$")
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
    firm: bool
    needs_office: bool
    also_public: bool


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
                + "|".join(_spelt(word) for word in sorted(row["words"], key=len, reverse=True))
                + r")s?(?![a-z0-9])"
            ),
            firm=row.get("firm", False),
            needs_office=row.get("needs_office", False),
            also_public=row.get("also_public", False),
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
    """Return whom an act is for. `printed`: the heading's name; `about`: the deciding article.

    `names`: folded names of the persons in the act (`names_in`); a private beneficiary that bears
    one of them is not printed. A street's name says nothing: "avenue de l'Université" is no school.
    """
    shown = " ".join(printed.split()).strip(" ()-–")
    flat, article = folded(shown), _AIM.sub("", folded(about).partition("finalite")[0])
    who, site = _who(article), _site(article)
    own = _leading(flat) or (None if flat else _leading(site))
    if _PERSON.search(flat) or (own is None and _NAME_ALONE.match(shown)):
        return _private("person", "particulier", "private person", None)
    for_profit = bool(_FORM.search(flat)) or bool(
        _COMMERCIAL.search(who) and not (own and own.public and own.firm)
    )
    office = None if for_profit else _office(who)
    if own and own.public and not for_profit and (office or not own.needs_office):
        return _public(office if office and own.needs_office else own, shown)
    if office and (own is None or own.public or own.also_public):
        return _public(office, shown)
    named = shown if shown and not _bears(flat, names) else None
    if own and own.public and own.class_ == "school":
        return _private(own.class_, own.label_fr, own.label_en, named)
    kinds = (
        own,
        *(_leading(text, is_private=True) for text in (site, who, _ADDRESS.sub("", article))),
    )
    for kind in kinds:
        if kind and not kind.public:
            return _private(kind.class_, kind.label_fr, kind.label_en, named)
    return _private("unknown", "activité non précisée", "activity not stated", named)


def _who(article: str) -> str:
    """Return the words on whoever asked: before the decision, after "présentée par"."""
    decided = _DECIDED.search(article)
    asked = _ASKED.search(article)
    if asked and (decided is None or asked.start() < decided.start()):
        later = _DECIDED.search(article, asked.end())
        return article[asked.end() : later.start() if later else asked.end() + 250]
    while decided and "abroge" in article[max(0, decided.start() - 60) : decided.start()]:
        decided = _DECIDED.search(article, decided.end())
    return article[max(0, decided.start() - 250) : decided.start()] if decided else ""


def _site(article: str) -> str:
    """Return the words on the place: after "mettre en œuvre", before its address."""
    match = _SITE.search(article)
    return match["site"] if match else ""


def _office(who: str) -> _Kind | None:
    """Return the public body for which somebody asks by office."""
    for class_, pattern in _OFFICES:
        if pattern.search(who):
            return next(each for each in _kinds() if each.class_ == class_ and each.public)
    return None


def _leading(text: str, *, is_private: bool = False) -> _Kind | None:
    """Return the kind whose word stands first in a folded text; a mere company only for want."""
    best: tuple[bool, int, int, int] | None = None
    for rank, kind in enumerate(_kinds()):
        if is_private and kind.public:
            continue
        for match in kind.pattern.finditer(text):
            if kind.public and " " not in match[0] and not _HEAD.search(text[: match.start()]):
                continue
            key = (kind.class_ == "company", match.start(), -match.end(), rank)
            best = key if best is None or key < best else best
            break
    return None if best is None else _kinds()[best[3]]


def _bears(flat: str, names: frozenset[str]) -> bool:
    """Answer whether words bear a name, or the short form of one ("Micka")."""
    words = re.findall(r"[a-z]{4,}", flat)
    return any(name.startswith(word) for word in words for name in names)


def _public(kind: _Kind, shown: str) -> Beneficiary:
    return Beneficiary(
        printed=shown or None,
        class_=kind.class_,
        public=True,
        publish=bool(shown),
        label_fr=kind.label_fr[0].upper() + kind.label_fr[1:],
        label_en=kind.label_en[0].upper() + kind.label_en[1:],
    )


def _private(class_: str, label_fr: str, label_en: str, printed: str | None) -> Beneficiary:
    return Beneficiary(
        printed=printed,
        class_=class_,
        public=False,
        publish=False,
        label_fr=PRIVATE_FR + label_fr,
        label_en=PRIVATE_EN + label_en,
    )

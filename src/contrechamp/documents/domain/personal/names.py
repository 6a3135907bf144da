"""Names of persons: behind a civility, a first name, or a word such as "gérant".

What is left out is what the law makes public: people in public office, whom the rooms above name,
and those who sign for an authority, whose title stands beside the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from .first_names import FIRST_NAMES
from .kinds import Kind, Passage

_UP = "A-ZÀ-ÖØ-Þ"
_LOW = "a-zß-öø-ÿ"
_TOKEN = (
    rf"(?:[{_UP}][{_UP}{_LOW}'’]*(?:-\s{{0,2}}[{_UP}][{_UP}{_LOW}'’]*)*|[{_UP}]\.(?:-?[{_UP}]\.)?)"
)
_PART = r"(?:de|du|des|d'|d’|la|le|van|von|der|den|di|da|dos|el|ben|ould|bin)"
_NAME = rf"(?:{_PART}[ ]?){{0,2}}{_TOKEN}(?:[ \u00a0]+(?:{_PART}[ ]?){{0,2}}{_TOKEN}){{0,4}}"
_CIVIL = re.compile(
    rf"\b(?:M\.|MM\.|Mr\.?|Mme\.?|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Messieurs|Mesdames|"
    rf"Maître|Me|"
    rf"Docteur|Dr\.?|MONSIEUR|MADAME)[ \u00a0\n]{{1,3}}(?P<name>{_NAME})"
)
_PAIR = re.compile(
    rf"(?<![\w'’-])(?P<first>[{_UP}][{_UP}{_LOW}]+(?:-[{_UP}][{_UP}{_LOW}]+)?)[ \u00a0]+"
    rf"(?P<last>(?:(?:{_PART})[ ]?){{0,2}}[{_UP}][{_UP}{_LOW}'’-]+(?:[ ][{_UP}][{_UP}'’-]+)?)"
)
_REVERSED = re.compile(
    rf"(?<![\w'’-])(?P<last>[{_UP}][{_UP}'’-]{{2,}}(?:[ ][{_UP}]{{2,}})?)["
    rf" \u00a0]+(?P<first>[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?)\b"
)
_TOLD = re.compile(
    rf"(?i:\bg[ée]rante?|\bexploitante?|\bagente?|\bdemandeu(?:r|se)|\brequ[ée]rante?|"
    rf"\bpropri[ée]taire|"
    rf"\bd[ée]nomm[ée]e?)\s*:?\s+(?P<name>[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?["
    rf" ][{_UP}][{_UP}'’-]{{2,}})"
)
_NAMED_AFTER = re.compile(
    r"(?i)(?:\b(?:rue|avenue|av\.|boulevard|bd|bld|place|chemin|impasse|all[ée]es?|route|quai|"
    r"cours|square|pont|"
    r"stade|gymnase|salle|espace|lyc[ée]e|coll[èe]ge|[ée]coles?|[ée]l[ée]mentaire|maternelle|"
    r"h[ôo]pital|centre|cr[èe]che|m[ée]diath[èque]+|"
    r"biblioth[èe]que|parc|parking|jardin|r[ée]sidence|b[âa]timent|immeuble|universit[ée]|"
    r"fondation|institut|"
    r"groupe scolaire|cit[ée]|th[ée][âa]tre|mus[ée]e|port|a[ée]roport|caserne|maison|rond-point|"
    r"carrefour|"
    r"esplanade|promenade|villa|complexe|piscine|halle|h[ôo]tel|clos|domaine|mont[ée]e|traverse|"
    r"ehpad|"
    r"soci[ée]t[ée]|sarl|sas|sasu|eurl|sci|scea|earl|gaec|association|club|restaurant|bar|tabac|"
    r"pharmacie|boulangerie|"
    r"magasin|boutique|salon|enseigne|cabinet|[ée]tablissements?|ets|garage|camping|station|"
    r"brasserie|"
    r"commune|ville|canton|lieu-dit|zac|sainte?)\b[ \u00a0]*(?:(?:de|du|des|la|le|les|l'|l’|d'|"
    r"d’|«|\"|n°\s?\d+)[ ]?)*"
    r"(?:[\w'’.-]+[ ]){0,2})$|\bsainte?[ -]$"
)
_PUBLIC = (
    r"(?:sous-)?pr[ée]f[eè]te?\b|ministre\b|maire\b|maires\b|adjointe? au maire|"
    r"conseill[eè]re? (?:municipal|d[ée]partement|r[ée]gion|m[ée]tropol|d'[ÉEée]tat)|"
    r"s[ée]n(?:ateur|atrice)|d[ée]put[ée]e?\b|secr[ée]taire g[ée]n[ée]rale?|direct(?:eur|"
    r"rice)(?:[ -]adjointe?)?\b(?! (?:commercial|du magasin|de l'agence|d'agence|de la soci))|"
    r"cheffe? (?:du|de|d'|adjoint)|administrat(?:eur|rice) (?:g[ée]n|de l'[ÉEée]tat|"
    r"des finances)|inspect(?:eur|rice) (?:g[ée]n|de|d'|des|du|p)|"
    r"commissaire (?:de police|g[ée]n|divis|[àa] |du gouv)|commissaire enqu[êe]teur|procureure?|"
    r"recteur|rectrice|colonel|lieutenant|commandante?|"
    r"g[ée]n[ée]ral (?:de|commandant)|contr[ôo]leu(?:r|se) g[ée]n|capitaine|comptable publi|"
    r"ing[ée]nieure? (?:en chef|des|de l|g[ée]n|div|hors)|"
    r"pr[ée]sident(?:e)? (?:du (?:conseil|d[ée]partement|tribunal|syndicat mixte|jury)|"
    r"de la (?:r[ée]gion|cour|communaut[ée]|m[ée]tropole|chambre)|de l'[ée]tablissement public)|"
    r"secr[ée]taire administrati|brigadi[eè]re?\b|adjudante?\b|"
    r"attach[ée]e? (?:d'administration|principal|hors)|garde des sceaux|vice-pr[ée]sidente?|"
    r"rapporteu(?:r|re|se)\b|juge|magistrat|"
    r"responsable (?:du|de la|de l'|d') ?(?:service|p[ôo]le|unit[ée]|bureau|d[ée]partement|"
    r"centre|sip|sie|trésorerie|brigade)"
)
_TITLE_AFTER = re.compile(rf"(?i)^[\s,(–-]{{0,4}}(?:[^\n.;]{{0,40}}[\s,(])?(?:{_PUBLIC})")
_TITLE_BEFORE = re.compile(
    rf"(?i)(?:{_PUBLIC}|par d[ée]l[ée]gation|par int[ée]rim|sign[ée] ?:?|"
    rf"par subd[ée]l[ée]gation)[^.;]{{0,100}}$"
)
_SPACES = re.compile(r"[ \u00a0\t]+")
_ALONE = re.compile(r"(?:^|\n)[\s.]*(?:(?:M\.|Mme|Monsieur|Madame|Signé|signé|SIGNÉ)[ :]*)?$")
_TITLES = frozenset(
    [
        "prefet",
        "prefete",
        "maire",
        "president",
        "presidente",
        "directeur",
        "directrice",
        "ministre",
        "secretaire",
        "sous-prefet",
        "sous-prefete",
        "procureur",
        "procureure",
        "colonel",
        "commandant",
        "recteur",
        "rectrice",
        "chef",
        "cheffe",
        "le",
        "la",
        "les",
        "general",
        "generale",
        "capitaine",
        "adjoint",
        "adjointe",
        "vice-president",
        "vice-presidente",
        "depute",
        "deputee",
        "senateur",
        "senatrice",
        "premier",
        "juge",
        "inspecteur",
        "inspectrice",
        "conseiller",
        "conseillere",
        "lieutenant",
        "les",
        "rapporteur",
        "greffier",
    ]
)
_NO_NAME = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "et",
        "en",
        "au",
        "aux",
        "arrete",
        "article",
        "prefecture",
        "prefet",
        "direction",
        "commune",
        "ville",
        "page",
        "service",
        "recueil",
        "departement",
        "region",
        "republique",
        "etat",
        "france",
        "var",
        "fait",
        "vu",
        "tel",
        "sur",
        "nord",
        "sud",
        "est",
        "ouest",
        "jaures",
        "moulin",
        "ferry",
        "curie",
        "bovis",
        "clemenceau",
        "gaulle",
        "foch",
        "leclerc",
    ]
)
NEAR, LINE = 90, 260


def plain(text: str) -> str:
    """Return a text without accents, in lower case, to compare names."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).lower()


def key_of(name: str) -> frozenset[str]:
    """Return the words of a name without their order: "DUPONT Jean" is "Jean Dupont"."""
    return frozenset(re.findall(r"[a-z]{2,}", plain(name)))


def find(text: str, holders: Collection[frozenset[str]] = ()) -> Iterator[Passage]:
    """Yield names of persons that neither an office nor a public title explains.

    `holders` are the names of people in public office, each as `key_of` gives it.
    """
    for start, end in _candidates(text):
        if key_of(text[start:end]) in holders or _has_public_title(text, start, end):
            continue
        yield Passage(start, end, Kind.PERSON)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for found in _CIVIL.finditer(text):
        if span := _trimmed(text, *found.span("name")):
            yield span
    for found in _TOLD.finditer(text):
        yield found.span("name")
    for pattern in (_PAIR, _REVERSED):
        for found in pattern.finditer(text):
            if _is_pair(text, found):
                yield found.span()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the name without a word of a title or of a heading at its end; None without a name."""
    words = list(re.finditer(r"[^\s]+", text[start:end]))
    if plain(words[0].group()) in _TITLES:
        return None
    last = words[0]
    for word in words[1:]:
        if plain(word.group()) in _TITLES - {"le", "la", "les"}:
            break
        last = word
    found = text[start : start + last.end()].rstrip(".,;:'’")
    letters = sum(letter.isalpha() for letter in found)
    return (start, start + len(found)) if letters > 2 else None


def _is_pair(text: str, found: re.Match[str]) -> bool:
    first, last = plain(found.group("first")), plain(found.group("last"))
    if any(part not in FIRST_NAMES for part in first.split("-")):
        return False
    words = re.findall(r"[a-z]+", last)
    if not words or len(words[-1]) < 3 or words[-1] in _NO_NAME | _TITLES:
        return False
    if not {"en", "et", "au", "aux"}.isdisjoint(words):
        return False
    return not _NAMED_AFTER.search(text[max(found.start() - 60, 0) : found.start()])


def _has_public_title(text: str, start: int, end: int) -> bool:
    """Answer whether an office stands beside a name, or over one that signs."""
    # Scans and justified lines have spaces where nobody wrote any.
    if _TITLE_AFTER.search(_SPACES.sub(" ", text[end : end + NEAR]).replace("\n", " ", 1)):
        return True
    before = text[max(start - LINE, 0) : start]
    if _ALONE.search(before):
        return bool(_TITLE_BEFORE.search(before[-LINE:].replace("\n", " ")))
    return bool(_TITLE_BEFORE.search(before[-60:])) and "\n\n" not in before[-60:]

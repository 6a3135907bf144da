"""How drafts are worded: articles before names, texts quoted in full, days and proofs.

What a person typed is put in as it is; only our own words are set in French.
"""

from __future__ import annotations

import re
from datetime import date

from contrechamp.foi.domain.wording import flowing, in_full, say, set_in_french
from contrechamp.kernel.names import fold
from contrechamp.kernel.typography import NBSP

from .material import Attacked, AttackedKind, Authority, Dated, Party

BY_HAND = set_in_french("[À la main : prénom, nom et adresse]")
CODES = {
    "CJA": "du code de justice administrative",
    "CRPA": "du code des relations entre le public et l'administration",
    "CGCT": "du code général des collectivités territoriales",
    "CSI": "du code de la sécurité intérieure",
    "CPC": "du code de procédure civile",
}
_FEMININE = frozenset(
    {
        *("commune", "ville", "région", "métropole", "communauté", "préfète", "société", "caisse"),
        *("association", "agence", "université", "entreprise", "commission", "direction"),
        *("collectivité", "régie", "chambre", "ministre", "maire", "délibération", "décision"),
        *("convention", "autorisation", "circulaire", "note", "mairie", "préfecture"),
    }
)
_MASCULINE = frozenset(
    {
        *("préfet", "département", "syndicat", "ministère", "conseil", "centre", "établissement"),
        *("office", "état", "groupement", "lycée", "collège", "rectorat", "président", "arrêté"),
        *("acte", "avenant", "refus", "contrat", "marché", "traitement", "dispositif", "système"),
        *("maire", "ministre", "règlement", "courrier", "fichier", "logiciel", "tribunal"),
    }
)
_VOWELS = frozenset("aeiou")
_ARTICLES = re.compile(r"(?:l['’]|(?:le|la|les) )", re.IGNORECASE)
_CODE = re.compile(r"(CJA|CRPA|CGCT|CSI|CPC) (?:([LRD])(\*?) ?)?(\d[\d-]*)")
_JUDGMENT = re.compile(r"(CE.*?) (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) n\. (\d+)")
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEXTS = (
    (r"RGPD art\. (\d+)", "l'article {} du règlement (UE) 2016/679 du 27 avril 2016 (RGPD)"),
    (r"RGPD (\d+)", "l'article {} du RGPD"),
    (r"RGPD (\d+)\((\d)\)", "l'article {}, paragraphe {}, du RGPD"),
    (
        r"Directive \(UE\) 2016/680 art\. (\d+)",
        "l'article {} de la directive (UE) 2016/680 du 27 avril 2016",
    ),
    (r"Loi n° 78-17, art\. (\d+)", "l'article {} de la loi n° 78-17 du 6 janvier 1978"),
    (
        r"Règlement \(UE\) 2024/1689 art\. (\d+)",
        "l'article {} du règlement (UE) 2024/1689 du 13 juin 2024",
    ),
    (r"décret 2019-536 art\. (\d+)", "l'article {} du décret n° 2019-536 du 29 mai 2019"),
    (r"décret 2020-1717 art\. (\d+)", "l'article {} du décret n° 2020-1717 du 28 décembre 2020"),
    (r"Code de la commande publique, L(\d+)", "l'article L. {} du code de la commande publique"),
    (r"(Loi n° [\d-]+ du .*), art\. (\d+)", "l'article {1} de la {0}"),
    (r"Convention (.*), art\. (\d+)", "l'article {1} de la convention {0}"),
)


def definite(name: str) -> str:
    """Return a name with its article: `la commune de X`, `l'État`; a proper name has none."""
    name = flowing(name)
    if not name or _ARTICLES.match(name):
        return _lowered(name)
    first = re.split(r"[\s,]", name, maxsplit=1)[0].casefold()
    if first not in _FEMININE | _MASCULINE:
        return name
    bare = name if first == "état" else name[0].lower() + name[1:]
    if fold(first[0]) in _VOWELS:
        return f"l’{bare}"
    return f"la {bare}" if first in _FEMININE - _MASCULINE else f"le {bare}"


def of(name: str) -> str:
    """Return a name after `de`: `de la commune de X`, `du préfet`, `d'Ici`."""
    whole = definite(name)
    if whole.startswith("le "):
        return f"du {whole[3:]}"
    if whole.startswith("les "):
        return f"des {whole[4:]}"
    return f"d’{whole}" if fold(whole[:1]) in _VOWELS else f"de {whole}"


def to(name: str) -> str:
    """Return a name after `à`: `à la commune de X`, `au préfet`."""
    whole = definite(name)
    if whole.startswith("le "):
        return f"au {whole[3:]}"
    return f"aux {whole[4:]}" if whole.startswith("les ") else f"à {whole}"


def _lowered(name: str) -> str:
    """Return `La commune` as `la commune`, and a proper name as it is (`La Quadrature`)."""
    found = _ARTICLES.match(name)
    if not found:
        return name
    rest = name[found.end() :]
    if rest[:1].isupper() and re.split(r"[\s,]", rest)[0].casefold() != "état":
        first = re.split(r"[\s,]", rest)[0].casefold()
        return name if first not in _FEMININE | _MASCULINE else definite(rest)
    return found.group().lower().replace("'", "’") + rest


def attacked(what: Attacked) -> str:
    """Return what is attacked with its article, as the object of a sentence."""
    title = flowing(what.title)
    with_article = definite(title)
    if with_article != title or _ARTICLES.match(title):
        return with_article
    names = {
        AttackedKind.PROCESSING: "le traitement",
        AttackedKind.CONTRACT: "le contrat",
        AttackedKind.REFUSAL: "le refus",
        AttackedKind.ACT: "l’acte",
    }
    return say("{name} « {title} »", name=names.get(what.kind, "la décision"), title=title)


def payer(author: Party) -> str:
    """Return who would pay: the State for its own authorities."""
    first = flowing(author.name).casefold()
    is_state = re.match(r"(?:l[ea’'] ?)?(?:préf|ministre|ministère|recteur|état\b)", first)
    return "l’État" if is_state else definite(author.name)


def quoted(name: str) -> str:
    """Return a text or decision as a court reads it: `l'article L. 252-4 du code de …`."""
    if found := _CODE.fullmatch(name):
        return say("l'article {number} {code}", number=_number(found), code=say(CODES[found[1]]))
    if found := _JUDGMENT.fullmatch(name):
        court, day, month, year, number = found.groups()
        when = date(int(year), _ENGLISH.index(month) + 1, int(day))
        return say("{court}, {when}, n° {number}", court=court, when=when, number=number)
    for pattern, sentence in _TEXTS:
        if found := re.fullmatch(pattern, name):
            parts = found.groups()
            parts = (parts[0][0].lower() + parts[0][1:], *parts[1:])
            return say(sentence.format(*parts))
    return say(name)


def named(name: str) -> str:
    """Return a text as it stands in brackets: `article L. 252-4 du code de …`."""
    return quoted(name).removeprefix("l’")


def articles(basis: str) -> str:
    """Return a basis as a table writes it: `R. 421-1 CJA`; what is no article as it is quoted."""
    if found := _CODE.fullmatch(basis):
        return f"{_number(found)}{NBSP}{found[1]}"
    return named(basis)


def _number(found: re.Match[str]) -> str:
    _, letter, star, number = found.groups()
    return f"{letter}.{NBSP}{star}{number}" if letter else str(number)


def authority(one: Authority) -> str:
    """Return a text or decision with what it says, as an item."""
    name = capital(named(one.name))
    if one.formerly:
        name = say("{name} (ancien numéro : {old})", name=name, old=one.formerly)
    if not one.content:
        return f"{name}."
    return say("{name} : {content}", name=name, content=_inner(one.content))


def capital(words: str) -> str:
    """Return words with a capital."""
    return words[:1].upper() + words[1:]


def _inner(sentence: str) -> str:
    """Return one of the library's sentences as the end of another."""
    said = set_in_french(sentence)
    return f"{said[0].lower()}{said[1:]}" if said[1:2].islower() or said[1:2] in "’ " else said


def cite(key: str, page: str = "") -> str:
    """Return the citation of an exhibit in our markup; empty without a key."""
    if not key:
        return ""
    return f"[[{key}, p.{NBSP}{flowing(page)}]]" if page.strip() else f"[[{key}]]"


def day_or_blank(day: date | None) -> str:
    """Return a day in full, or that it is to be established."""
    return in_full(day) if day else "à établir"


def proof(one: Dated) -> str:
    """Return what proves a day, with its exhibit."""
    said = flowing(one.proof)
    both = ", ".join(part for part in (said, cite(one.exhibit)) if part)
    return both or "à prouver"


def finished(sentence: str, tail: str = "") -> str:
    """Return a typed sentence on one line, what follows it before its point."""
    said = flowing(sentence)
    end = said[-1] if said and said[-1] in ".!?…" else "."
    bare = said[:-1].rstrip() if end == "." and said.endswith(".") else said
    if not tail:
        return f"{bare}." if end == "." else said
    return f"{bare} {tail}." if end == "." else f"{said} {tail}"


def small(sentence: str) -> str:
    """Return a sentence that goes on after a colon: a capital only where a name has one."""
    first = re.split(r"[\s’']", sentence, maxsplit=1)[0]
    return f"{sentence[:1].lower()}{sentence[1:]}" if first in _OPENERS else sentence


_OPENERS = frozenset(
    {"Le", "La", "Les", "L", "Un", "Une", "Des", "Il", "Elle", "Ce", "Cette", "Ses", "Son", "Sa"}
)

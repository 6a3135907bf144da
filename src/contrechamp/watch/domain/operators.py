"""Who operates a means of surveillance, as orders name the forces, and of which kind it is."""

from __future__ import annotations

import re
from typing import NamedTuple

from .finding import Operator

_NATIONAL = (
    r"direct(?:ions?|eurs?|rices?)\s+(?:inter)?departementa(?:les?|l|ux)\s+(?:adjointe\s+)?(?:de\s+la\s+police\s+nationale|de\s+la"
    r"\s+securite\s+publique)"
    r"|directions?\s+(?:inter)?(?:zonale|territoriale)s?\s+(?:\w+\s+){0,3}?de\s+la\s+police\s+nationale"
    r"|directions?\s+(?:\w+\s+){0,4}?(?:securite\s+de\s+proximite|police\s+aux\s+frontieres|ordre\s+public)"
    r"|circonscriptions?\s+(?:de\s+(?:securite\s+publique|police(?:\s+nationale)?))"
    r"|compagnies?\s+republicaines?\s+de\s+securite|prefecture\s+de\s+police|police\s+aux\s+frontieres"
    r"|(?:services?|effectifs|forces|fonctionnaires|unites|agents)\s+(?:\w+\s+){0,3}?(?:de\s+la\s+)?"
    r"police\s+nationale|police\s+nationale|commissariats?(?:\s+central)?"
    r"|\b(?:dipn|ddsp|ddpn|dcsp|dspap|dopc|dtpn|dzpn|dizpn|crs|raid)\b"
)
_GENDARMERIE = (
    r"groupements?\s+(?:\w+\s+){0,2}?(?:de\s+(?:la\s+)?)?gendarmerie(?:\s+(?:departementale|nationale|mobile))?"
    r"|regions?\s+de\s+(?:la\s+)?gendarmerie|(?:compagnies?|sections?|escadrons?|brigades?|forces|unites|"
    r"commandement|militaires|services?|effectifs|pelotons?)\s+(?:\w+\s+){0,4}?(?:de\s+(?:la\s+)?|d[ue]s?\s+)"
    r"gendarmerie(?:\s+(?:departementale|nationale|mobile))?"
    r"|gendarmerie(?:\s+(?:departementale|nationale|mobile))?|\b(?:ggd|rggn|comgend)\s?-?[0-9]{0,3}\b"
)
_FIRE = (
    r"services?\s+(?:departementa(?:l|ux)\s+)?(?:territorial\s+)?d'incendie\s+et\s+de\s+secours"
    r"|sapeurs\s?-?\s?pompiers|marins\s?-?\s?pompiers|\b(?:sdis|sis|bspp|bmpm)\s?-?[0-9]{0,3}\b"
    r"|securite\s+civile"
)
_CUSTOMS = (
    r"directions?\s+(?:\w+\s+){0,3}?des\s+douanes(?:\s+et\s+droits\s+indirects)?"
    r"|brigades?\s+(?:\w+\s+){0,3}?des\s+douanes|(?:agents\s+des\s+|service\s+des\s+)?douanes"
    r"(?:\s+et\s+droits\s+indirects)?"
)
_ARMY = (
    r"(?:militaires\s+(?:deployes|des\s+armees|de\s+l'armee)|forces\s+armees|armee\s+(?:de\s+terre|de\s+l'air)"
    r"|marine\s+nationale|prefecture\s+maritime|operation\s+sentinelle)"
)
_MUNICIPAL = r"polices?\s+municipales?|policiers?\s+municipaux"
CLASSES = {
    "fire_service": _FIRE,
    "customs": _CUSTOMS,
    "municipal_police": _MUNICIPAL,
    "gendarmerie": _GENDARMERIE,
    "national_police": _NATIONAL,
    "army": _ARMY,
}
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in CLASSES.items()))
_REST = re.compile(
    r"(?:\s+(?:(?:et\s+)?(?:d[eu]s?|de\s+l[a']|d'|l[ea]s?)\s*|d')"
    r"(?!la\s+(?:prevention|securite\s+des)|titre|faire|proceder)[a-z][a-z'-]*(?:[\s-]+(?:et|[a-z][a-z'-]*)){0,4}?)?"
    r"(?=\s*(?:[,.;:(]|\bau\b|\baux\b|\best\b|\bsont\b|\bpour\b|\bdans\b|\bsur\b|\ba\b|\ben\b|\bvisant"
    r"|\bafin\b|\blors\b|\ble\b|\bdu\s+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[0-9])))"
)


class Named(NamedTuple):
    """An operator in a text, and where it is named."""

    operator: Operator
    start: int
    end: int


def read_operator(
    folded: str, printed: str, start: int = 0, end: int | None = None
) -> Named | None:
    """Return the first force named in a stretch of a text, with the words that belong to it.

    `folded` and `printed` are the same text (same length). Words of the place belong to it:
    "groupement de gendarmerie du Var".
    """
    end = len(folded) if end is None else end
    found = _ANY.search(folded, start, end)
    if not found:
        return None
    rest = _REST.match(folded, found.end(), end)
    stop = rest.end() if rest else found.end()
    words = " ".join(printed[found.start() : stop].split())
    return Named(Operator(printed=words, class_=found.lastgroup or "other"), found.start(), stop)

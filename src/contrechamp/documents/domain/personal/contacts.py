"""Where one reaches or finds a person: mailboxes, homes, births."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .kinds import Kind, Passage

_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ROLE = re.compile(
    r"(?:mairie|contact|accueil|secr[ée]tariat|info|infos|information|courrier|bienvenue|service|"
    r"services|direction|prefecture|pref|sp|standard|communication|presse|dpo|cnil|cada|prada|rgpd|"
    r"urbanisme|police|pm|csu|marches|greffe|etatcivil|etat-civil|cabinet|sg|dd[a-z]{1,4}|"
    r"dr[a-z]{2,4}|"
    r"rh|recrutement|technique|technologie|support|commande|achats|bureau|association|collectif|"
    r"redaction|webmaster|abuse|no-?reply|ars|crous|cdg|scot|plu|enquete|enquetes?-?publiques?|"
    r"noreply|maire|elus|ccas|administration|boite|conseil|formation)"
    r"(?:[._+-].*|\d*)?",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:gmail|orange|wanadoo|free|sfr|neuf|laposte|hotmail|outlook|live|msn|yahoo|icloud|me|aol|"
    r"bbox|numericable|proton(?:mail)?|gmx|aliceadsl|club-internet|voila|riseup)\.[a-z.]+",
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(r"[A-Za-zÀ-ÿ-]{1,}\.[A-Za-zÀ-ÿ-]{3,}\d*")
_PUBLIC_DOMAIN = re.compile(
    r"(?:.*[.-])?(?:gouv\.fr|ville-.*|mairie-.*|.*-mairie\.\w+|agglo-.*|cc-.*|departement.*|"
    r"ars\.sante\.fr|justice\.fr|ac-[a-z-]+\.fr)",
    re.IGNORECASE,
)

_DATE = (
    r"(?:\d{1,2}(?:er)?[ /.-](?:\d{1,2}|janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
    r"octobre|novembre|décembre)[ /.-](?:19|20)?\d{2})"
)
_BIRTH = re.compile(
    r"\bn[ée]{1,2}(?:\(e\)|e|\.e|·e)?(?:\(s\))?\s+(?:le\s+(?P<date>" + _DATE + r")"
    r"(?:\s*,?\s*(?:à|a)\s+[A-ZÀ-Ý][\w'’ -]{1,40}(?:\s*\(\d[\dAB]{1,2}\))?)?"
    r"|à\s+(?P<place>[A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+){0,3}))"
    r"|\b(?i:date de naissance|né\(e\) le)\s*:?\s*(?P<said>" + _DATE + r")"
)

_WAY = (
    r"(?:rue|avenue|av\.|boulevard|bd|bld|blvd|place|pl\.|chemin|ch\.|chem\.|impasse|imp\.|"
    r"all[ée]es?|"
    r"route|rte|quai|cours|square|lotissement|r[ée]sidence|traverse|mont[ée]e|sentier|passage|"
    r"faubourg|fbg|cit[ée]|villa|hameau|venelle|ruelle|esplanade|promenade)"
)
_ADDRESS = re.compile(
    r"(?<![\d/.,-])\d{1,4}(?:\s?(?:bis|ter|quater|[a-dA-D])\b)?\s*,?\s*" + _WAY + r"\s+"
    r"[^\n;:()]{2,60}?(?=[\n,;.)(–]|\s-\s|\s+\d{5}\b|$)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"[\s,\n.–-]{1,4}(?:[^\n\d]{1,40}[\s,\n–-]{1,3})?(?:F-)?(?:\d{5}|"
    r"\d{2} \d{3})\s+[A-ZÀ-Ý][\w'’ -]{1,40}"
)
_HOME = re.compile(
    r"(?i)demeurant|domicili|r[ée]sidant|habitant\b|adresse personnelle|mon domicile"
)
_OFFICE = re.compile(
    r"(?i)cedex|\bCS\s?\d|\bBP\s?\d|si[èe]ge|[ée]tablissement|enseigne|soci[ée]t[ée]|"
    r"\bS\.?A\.?R\.?L|\bS\.?A\.?S\b|"
    r"magasin|tribunal|pr[ée]fecture|mairie|h[ôo]tel|direction|minist|t[ée]l\b|t[ée]l[ée]phone|"
    r"www\.|agence|"
    r"bureau|service|local|pharmacie|tabac|restaurant|banque|station|[ée]cole|coll[èe]ge|"
    r"lyc[ée]e|gymnase|"
    r"commerc|cabinet|clinique|h[ôo]pital|supermarch|parking|immeuble|copropri"
)
BEFORE, AFTER = 90, 110


def is_role_mailbox(address: str) -> bool:
    """Answer whether an address is a function's and no person's."""
    name, _, domain = address.partition("@")
    if _ROLE.fullmatch(name):
        return True
    if _PERSONAL.fullmatch(domain):
        return False
    return bool(_PUBLIC_DOMAIN.fullmatch(domain)) and not _TWO_NAMES.fullmatch(name)


def find(text: str) -> Iterator[Passage]:
    """Yield mailboxes, births and homes."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            if not is_role_mailbox(found.group()):
                yield Passage(*found.span(), Kind.EMAIL)
    for found in _BIRTH.finditer(text):
        yield Passage(*found.span(), Kind.BIRTH)
    yield from _homes(text)


def _homes(text: str) -> Iterator[Passage]:
    """Yield addresses of homes: named as such, or with a postal code and no office around."""
    for found in _ADDRESS.finditer(text):
        code = _POSTCODE.match(text, found.end())
        end = code.end() if code else found.end()
        before = text[max(found.start() - BEFORE, 0) : found.start()]
        if _HOME.search(before) or (
            code and not _OFFICE.search(before + " | " + text[found.start() : end + AFTER])
        ):
            yield Passage(found.start(), end, Kind.ADDRESS)

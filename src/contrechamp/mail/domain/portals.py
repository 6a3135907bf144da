"""Files that wait behind a link: who fetches them, and until when. Nothing is fetched here."""

from __future__ import annotations

import re

from .french import dates_in, plain
from .markup import links_in
from .receipts import quote, sentences
from .shapes import Portal

_DEPOSIT = re.compile(
    r"france ?transfert|melanissimo|wetransfer|filesender|espace de (?:depot|telechargement"
    r"|partage)"
    r"|liens? de telechargement|lettre recommandee electronique|recommandee? electronique"
    r"|(?:fichiers?|documents?|plis?|envoi)\b[^.\n]{0,60}\b(?:deposee?s?"
    r"|mise?s? a (?:votre )?disposition)"
    r"|telecharge(?:r|ment|z|ables?)\b"
)
_EXPIRES = re.compile(
    r"expir|jusqu'(?:au|a la date)|valables?\b|disponibles? (?:pendant|durant|jusqu)"
    r"|(?:pendant|durant|delai de|sous) (?:\w+ )?\(?\d{1,3}\)? jours|passe ce delai"
    r"|apres cette date"
    r"|avant le\b|plus accessible"
)
_ELSEWHERE = re.compile(
    r"facebook\.|twitter\.|//x\.com|linkedin\.|instagram\.|youtube\.|unsubscribe|desinscri"
    r"|mentions-legales|/aide|/faq|legifrance|cada\.fr"
)


def portal(fresh: str, hrefs: tuple[str, ...]) -> Portal | None:
    """Return the links to files that expire; None when nothing waits behind a link."""
    links = tuple(dict.fromkeys([*links_in(fresh), *hrefs]))
    links = tuple(link for link in links if not _ELSEWHERE.search(link.lower()))
    folded = plain(fresh)
    deposit, expires = _DEPOSIT.search(folded), _EXPIRES.search(folded)
    if not (links and deposit and expires):
        return None
    day, quotes = None, []
    for start, end in sentences(fresh):
        sentence = folded[start:end]
        if _EXPIRES.search(sentence) or _DEPOSIT.search(sentence):
            quotes.append(quote(fresh, start, end))
        if day is None and _EXPIRES.search(sentence):
            day = next((day for _, _, day in reversed(list(dates_in(sentence)))), None)
    return Portal(links=links, expires_on=day, quotes=tuple(quotes[:6]))

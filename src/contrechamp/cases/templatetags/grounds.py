"""How templates name what the rules of this room say by codes."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language, gettext

from contrechamp.cases.domain.lines import Words
from contrechamp.cases.domain.sources import Source
from contrechamp.foi.domain.catalogue import catalogue
from contrechamp.foundation.vocabulary import label
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.typography import french

register = template.Library()
NAMES = {
    "open": gettext_noop("paraît ouvert"),
    "unknown": gettext_noop("on ne sait pas"),
    "closed": gettext_noop("paraît fermé"),
    "aside": gettext_noop("autres techniques"),
    "found": gettext_noop("trouvé"),
    "missing": gettext_noop("manque"),
    "yes": gettext_noop("oui"),
    "no": gettext_noop("non"),
    "": gettext_noop("on ne sait pas"),
    "T": gettext_noop("texte en vigueur lu"),
    "O": gettext_noop("état ancien du texte lu : à vérifier"),
    "S": gettext_noop("d'après un résumé publié : à vérifier"),
    "?": gettext_noop("à vérifier avant de s'en servir"),
    "for": gettext_noop("favorable"),
    "against": gettext_noop("contraire"),
    "overturned": gettext_noop("annulée"),
    "article": gettext_noop("article"),
    "law": gettext_noop("loi"),
    "decision": gettext_noop("décision de justice"),
    "opinion": gettext_noop("position de la CNIL"),
    "proportion": gettext_noop("Nécessité et proportion"),
    "legalite": gettext_noop("Pouvoir et base légale"),
    "donnees": gettext_noop("Protection des données"),
    "duree": gettext_noop("Durée"),
    "finalite": gettext_noop("But"),
    "autorisation": gettext_noop("Autorisation"),
    "techniques": gettext_noop("Techniques"),
    "personnes": gettext_noop("Personnes"),
    "drones": gettext_noop("Drones"),
    "police": gettext_noop("Police"),
    "marche": gettext_noop("Marché"),
    "fichiers": gettext_noop("Fichiers"),
}
"""In French, by code; codes of different lists never mean different things here."""


@register.filter
def named(code: str) -> str:
    """Return the words of a code."""
    return gettext(NAMES[code])


@register.filter
def said(words: Words) -> str:
    """Return a sentence of a data file in the reader's language, its French spaces set."""
    text = words.in_language(get_language() or "fr")
    return french(text) if text == words.fr else text


@register.filter
def set_french(text: str) -> str:
    """Set the spaces of a sentence that is in French whatever the reader's language."""
    return french(text)


@register.filter
def document(code: str) -> str:
    """Return the name of a kind of document in the reader's language."""
    words = catalogue()[code].label
    return words.en if (get_language() or "fr").startswith("en") else french(words.fr)


@register.filter
def technique(code: str) -> str:
    """Return the name of a family of techniques."""
    return label("technologies", code)


@register.filter
def valid(source: Source) -> str:
    """Say since when, or from when to when, a text holds; of a decision, its day."""
    if source.is_decision:
        return _decided(source)
    first = written(source.validity.first)
    if source.validity.last is None:
        return gettext("depuis le {first}").format(first=first)
    last = written(source.validity.last)
    return gettext("du {first} au {last}").format(first=first, last=last)


def _decided(source: Source) -> str:
    """Say the day, month or year of a decision, as well as it is known."""
    parts = source.decided.split("-")
    pattern = {1: "Y", 2: "F Y", 3: "DATE_FORMAT"}[len(parts)]
    numbers = [int(part) for part in parts] + [1, 1]
    return written(date(numbers[0], numbers[1], numbers[2]), pattern)


@register.simple_tag
def ask_url(code: str, project: str = "") -> str:
    """Return the address where one asks for a kind of document, about a project or in general."""
    about = {"projet": project} if project else {}
    return f"/demandes/nouvelle?{urlencode({**about, 'document': code})}"

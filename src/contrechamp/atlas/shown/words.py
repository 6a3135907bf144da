"""Sentences of the map: what is measured, and what it says of a territory."""

from __future__ import annotations

from django.utils.formats import get_format
from django.utils.translation import gettext, gettext_noop, ngettext

from contrechamp.atlas.domain.classes import is_doubtful, rounded
from contrechamp.atlas.domain.counting import Place, Tally, ordered
from contrechamp.atlas.domain.symbols import UNSAID
from contrechamp.foundation.vocabulary import label

from .counted import Seen

THIN = "\u202f"
MEASURES = {
    "projets": gettext_noop("Projets"),
    "projets-1000": gettext_noop("Projets pour 1 000 habitants"),
    "cameras": gettext_noop("Caméras autorisées"),
    "cameras-1000": gettext_noop("Caméras autorisées pour 1 000 habitants"),
}
SORTS = {
    "nom": gettext_noop("Nom"),
    "projets": gettext_noop("Projets"),
    "habitants": gettext_noop("Habitants"),
    "communes": gettext_noop("Communes"),
    "cameras": gettext_noop("Caméras autorisées"),
    "projets-1000": gettext_noop("Projets pour 1 000 hab."),
    "cameras-1000": gettext_noop("Caméras pour 1 000 hab."),
}


def number(value: float | None) -> str:
    """Write a number as one reads it; a rate to two figures that matter."""
    if value is None:
        return ""
    kept = round(value) if value == int(value) else rounded(value)
    decimals = 0 if kept == int(kept) else len(f"{kept:f}".rstrip("0").partition(".")[2])
    # As `number_format` writes it, in a tenth of its time: a page holds a thousand of these.
    point, thousands = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    whole, _, rest = f"{kept:,.{decimals}f}".partition(".")
    whole = whole.replace(",", thousands.replace("\u00a0", THIN))
    return f"{whole}{point}{rest}" if rest else whole


def family(code: str) -> str:
    """Return the name of a family of techniques."""
    return gettext("Technique non précisée") if code == UNSAID else label("technologies", code)


def of_area(seen: Seen, key: str) -> str:
    """Say what the map says of a territory: "Var (83) : 12 projets"."""
    place = seen.inside[key]
    name = f"{place.name} ({place.code})" if place.level == "departement" else place.name
    return f"{name} : {_said(seen, key, place)}"


def _said(seen: Seen, key: str, place: Place) -> str:
    tally = seen.tally(key)
    if seen.is_unknown(key):
        if seen.ask.is_of_cameras:
            return gettext("nombre de caméras non connu")
        return gettext("rien de publié")
    if not seen.ask.is_of_cameras and not tally.projects:
        return gettext("aucun projet avec ces filtres")
    words = _counted(seen, tally)
    if not seen.ask.is_rate:
        return words
    rate = seen.number(key)
    if rate is None:
        return words
    said = gettext("{rate} pour 1 000 habitants").format(rate=number(rate))
    if is_doubtful(place.people):
        said = gettext("{rate}, à lire avec prudence : peu d'habitants").format(rate=said)
    return f"{words}, {said}"


def _counted(seen: Seen, tally: Tally) -> str:
    if seen.ask.is_of_cameras:
        count = int(tally.cameras or 0)
        words = ngettext("{count} caméra autorisée", "{count} caméras autorisées", count)
        return words.format(count=number(count))
    words = ngettext("{count} projet", "{count} projets", tally.projects)
    return words.format(count=number(tally.projects))


def of_families(tally: Tally) -> str:
    """Say what the projects of a place use: "Vidéosurveillance 9, Drones 2"."""
    return ", ".join(f"{family(code)} {number(count)}" for code, count in ordered(tally))

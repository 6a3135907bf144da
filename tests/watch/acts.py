"""Acts made up in the shape of real ones, and a simple cutter of bulletins, for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from contrechamp.watch.domain.act import Act
from contrechamp.watch.domain.text import Pages

_COVER = re.compile(r"^ *([0-9]{2}-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{5}) *$", re.MULTILINE)

FLIGHT = """Arrêté n° {order}
autorisant la captation, l'enregistrement et la transmission
d'images au moyen de caméras installées sur des aéronefs
Le préfet,
Vu le code de la sécurité intérieure et notamment ses articles L. 242-1 à L. 242-8 ;
Vu l'arrêté du 29 octobre 2024 portant délégation de signature ;
Vu la demande en date du 2 mai 2025, formée par {asker}, visant à capter des images ;
{recital}
ARRÊTE
{articles}
Article 5 - Le présent arrêté peut faire l'objet d'un recours devant le tribunal
administratif de Toulon dans un délai de deux mois à compter de sa publication.
Article 6 - La directrice de cabinet est chargée de l'exécution du présent arrêté.
Toulon, le {signed}
"""
ORDER = """Arrêté préfectoral n° 2025-77
{heading}
Le préfet,
Vu le code de la sécurité intérieure, notamment {basis} ;
Considérant ce qui suit ;
ARRÊTE
{articles}
Article 9 : Le directeur est chargé de l'exécution du présent arrêté.
Fait à Toulon, le 12 mai 2025
"""


def act(text: str, number: str | None = "83-2025-05-12-00003", title: str | None = None) -> Act:
    """Return an act of one page."""
    return Act(pages=Pages.of([text]), number=number, title=title)


def flight(
    articles: str,
    *,
    order: str = "2025-AB-12",
    asker: str = "la direction interdépartementale de la police nationale",
    recital: str = "Considérant qu'il y a lieu ;",
    signed: str = "12 mai 2025",
) -> Act:
    """Return an order about a flight with these articles."""
    return act(
        FLIGHT.format(order=order, asker=asker, recital=recital, articles=articles, signed=signed)
    )


def order(heading: str, articles: str, basis: str = "ses articles L. 226-1") -> Act:
    """Return an order of another kind."""
    return act(ORDER.format(heading=heading, articles=articles, basis=basis))


def acts_of(folder: Path) -> Iterator[tuple[str, Act]]:
    """Yield the acts of bulletins as text, cut at the lines that hold an act's number alone."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8", errors="replace")
        covers = list(_COVER.finditer(text))
        for index, cover in enumerate(covers):
            end = covers[index + 1].start() if index + 1 < len(covers) else len(text)
            yield path.stem, act(text[cover.start() : end], cover[1])

"""Who reads an act, and the words without which nobody needs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from . import aircraft, equipment, measures, video_protection
from .act import Act, Context, Draft, Turned
from .bundles import orders_of

Reader = Callable[[Act, Context], Iterable[Draft]]
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"video[\s-]{0,3}(?:protection|surveillance)"), video_protection.read),
    (re.compile(r"aeronef|drone|helicopter|\bavions?\b|aeroport[ée]e"), aircraft.read),
    (re.compile(r"perimetre|manifesta|rassemblement|attroupement|cortege"), measures.read),
    (re.compile(r"camera|plaques|lapi\b|verbalis|brouill|neutralis|algorithm"), equipment.read),
)
"""Each reader with the stems that its acts hold: without them it is not asked."""
RULES = "1"
"""Edition of the rules: raised when the same bytes may give other findings."""


def read(act: Act, context: Context) -> Iterator[tuple[Act, Draft]]:
    """Yield what the orders of an act decide, each with the part of the act that says so."""
    flat = act.pages.folded
    readers = [reader for stems, reader in READERS if stems.search(flat)]
    if not readers:
        return
    for order in orders_of(act):
        for reader in readers:
            for draft in reader(order, context):
                yield order, draft


TURNED: Mapping[Reader, Callable[[Act, Context], list[Turned]]] = {
    video_protection.read: video_protection.turned,
    aircraft.read: aircraft.turned,
    measures.read: measures.turned,
    equipment.read: equipment.turned,
}


def turned(order: Act, context: Context) -> list[Turned]:
    """Return why an order is none of a reader's, of each reader that was asked and said so."""
    flat = order.pages.folded
    asked = [reader for stems, reader in READERS if stems.search(flat)]
    if not asked:
        return [Turned("no_stem")]
    return [why for reader in asked for why in TURNED[reader](order, context)]

"""The kinds that a picture tells apart: each has a colour, a shape, a dash, and a number.

A picture with several kinds of marks gives each a number from 1 to 8, in this order, so that the
first ones are the most unlike. Colours are in `assets/src/tokens.css` (`--data-1` … `--data-8`,
light and dark); here is what is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contrechamp.kernel.errors import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of mark is drawn: `path` fits a box of 16 × 16 around its middle, 8 8."""

    number: int
    hue: str
    shape: str
    path: str
    dash: str


KINDS: Mapping[int, Kind] = MappingProxyType(
    {
        kind.number: kind
        for kind in (
            Kind(
                number=1,
                hue=gettext_noop("bleu"),
                shape=gettext_noop("rond"),
                path="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z",
                dash="none",
            ),
            Kind(
                number=2,
                hue=gettext_noop("orange"),
                shape=gettext_noop("carré"),
                path="M2 2h12v12H2z",
                dash="9 4",
            ),
            Kind(
                number=3,
                hue=gettext_noop("vert"),
                shape=gettext_noop("triangle"),
                path="M8 1l7 13H1z",
                dash="2 3",
            ),
            Kind(
                number=4,
                hue=gettext_noop("violet"),
                shape=gettext_noop("losange"),
                path="M8 .5L15.5 8L8 15.5L.5 8z",
                dash="12 4 2 4",
            ),
            Kind(
                number=5,
                hue=gettext_noop("ocre"),
                shape=gettext_noop("triangle renversé"),
                path="M1 2h14L8 15z",
                dash="5 5",
            ),
            Kind(
                number=6,
                hue=gettext_noop("pétrole"),
                shape=gettext_noop("hexagone"),
                path="M4.25 1.5h7.5L15.5 8l-3.75 6.5h-7.5L.5 8z",
                dash="14 3",
            ),
            Kind(
                number=7,
                hue=gettext_noop("rouge"),
                shape=gettext_noop("croix"),
                path="M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z",
                dash="7 3 2 3 2 3",
            ),
            Kind(
                number=8,
                hue=gettext_noop("gris"),
                shape=gettext_noop("étoile"),
                path="M8 .5l1.9 5.1 5.6.2-4.4 3.4 1.6 5.3L8 11.4l-4.7 3.1 1.6-5.3L.5 5.8l5.6-.2z",
                dash="1 5",
            ),
        )
    }
)

"""What the map offers: its line of the menu, and the way to it from records and territories."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

SHOW = gettext_noop("Voir sur la carte")


def _place(key: str) -> str:
    return f"/carte?lieu={key}"


def _technology(identifier: str) -> str:
    return f"/carte?technologie={identifier}"


def _actor(identifier: str) -> str:
    return f"/carte?acteur={identifier}"


def _project(identifier: str) -> str:
    return f"/carte?projet={identifier}"


PLUG = (
    MenuItem(label=gettext_noop("Carte"), url_name="atlas:map", order=20, key="g c"),
    Onward(
        label=SHOW, kinds=("commune", "epci", "departement", "region"), address=_place, order=20
    ),
    Onward(label=SHOW, kinds=("technology",), address=_technology, order=20),
    Onward(label=SHOW, kinds=("actor",), address=_actor, order=20),
    Onward(label=SHOW, kinds=("project",), address=_project, order=20),
    Copied(url_name="atlas:map", questions=(("au",),)),
    Copied(url_name="atlas:basemap", is_live=True),
    Copied(url_name="atlas:areas", is_live=True),
    Copied(url_name="atlas:points", is_live=True),
)

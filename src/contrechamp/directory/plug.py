"""What the directory offers: the menu, search, and ways from the pages below."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied, Findable, MenuItem, Onward, Panel
from contrechamp.kernel.errors import gettext_noop

from .personal import PERSONAL
from .shown import records


def _of_place(key: str) -> str:
    return f"/annuaire?lieu={key}"


PLUG = (
    *PERSONAL,
    MenuItem(
        label=gettext_noop("Annuaire"),
        url_name="directory:bodies",
        order=47,
        key="g n",
        is_low=True,
    ),
    MenuItem(
        label=gettext_noop("Corrections de l'annuaire"),
        url_name="directory:corrections",
        audience="editors",
        order=74,
    ),
    Findable(prefix=records.PREFIX, entries=records.entries, some=records.some),
    Panel(kinds=("actor",), draw=records.panel, order=60),
    Onward(
        label=gettext_noop("À qui demander des documents"),
        kinds=("commune", "epci", "departement", "region"),
        address=_of_place,
        order=45,
    ),
    Copied(url_name="directory:bodies", is_live=True),
    Copied(url_name="directory:correct", is_live=True),
    Copied(url_name="directory:body", only=records.addresses),
)

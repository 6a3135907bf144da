"""What this room offers: its line of the menu."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(
        label=gettext_noop("Emporter les données"), url_name="opendata:page", order=20, is_low=True
    ),
    Copied(url_name="opendata:file", is_live=True),
)

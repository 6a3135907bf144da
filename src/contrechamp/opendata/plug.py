"""What this room offers: its line of the menu."""

from __future__ import annotations

from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (MenuItem(label=gettext_noop("Données"), url_name="opendata:page", order=58),)

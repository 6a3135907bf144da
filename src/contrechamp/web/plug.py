"""What the pages of several rooms offer: the menu."""

from __future__ import annotations

from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (MenuItem(label=gettext_noop("Carte"), url_name="web:map", order=20, key="g c"),)

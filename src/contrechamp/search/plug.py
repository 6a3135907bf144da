from __future__ import annotations

from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (MenuItem(label=gettext_noop("Recherche"), url_name="search:search", order=10, key="g r"),)

from __future__ import annotations

from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (MenuItem(label=gettext_noop("Graphe"), url_name="graph:graph", order=40),)

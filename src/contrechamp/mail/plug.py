from __future__ import annotations

from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(label=gettext_noop("Courrier"), url_name="mail:tray", audience="editors", order=76),
)

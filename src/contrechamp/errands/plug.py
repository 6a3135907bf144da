from __future__ import annotations

from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(label=gettext_noop("Contribuer"), url_name="errands:door", order=55, key="g x"),
    MenuItem(
        label=gettext_noop("Tâches finies"),
        url_name="errands:results",
        audience="editors",
        order=73,
    ),
)

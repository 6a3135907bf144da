from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

from .personal import PERSONAL

PLUG = (
    *PERSONAL,
    Copied(url_name="errands:door", is_live=True),
    Copied(url_name="errands:task", is_live=True),
    MenuItem(label=gettext_noop("Contribuer"), url_name="errands:door", order=55, key="g x"),
    MenuItem(
        label=gettext_noop("Tâches finies"),
        url_name="errands:results",
        audience="editors",
        order=73,
    ),
)

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(label=gettext_noop("Recherche"), url_name="search:search", order=10, key="g r"),
    # A copy made of files has a search of its own.
    *(
        Copied(url_name=f"search:{name}", is_live=True)
        for name in ("search", "json", "csv", "atom", "jsonfeed", "suggestions", "batch", "saved")
    ),
)

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(label=gettext_noop("Demandes"), url_name="foi:index", order=36, key="g q"),
    Copied(url_name="foi:index", questions=(("page",),)),
    Copied(url_name="foi:mine", is_live=True),
)

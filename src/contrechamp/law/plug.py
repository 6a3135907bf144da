"""What the law offers: its calculator, at the foot of each page."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG: tuple[object, ...] = (
    MenuItem(
        label=gettext_noop("Calculer un délai"), url_name="law:calculator", order=15, is_low=True
    ),
    Copied(url_name="law:calculator", is_live=True),
)

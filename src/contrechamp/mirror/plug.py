"""What the room of copies offers: its line, and that the acts of administrators stay here."""

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(label=gettext_noop("Miroirs"), url_name="mirror:mirrors", order=25, is_low=True),
    Copied(url_name="mirror:add", is_live=True),
    Copied(url_name="mirror:remove", is_live=True),
    Copied(url_name="mirror:key", is_for_all=True),
)

from __future__ import annotations

from contrechamp.accounts.domain.notices import AnswerAddress
from contrechamp.foundation.plug import MenuItem
from contrechamp.kernel.errors import gettext_noop

from .personal import PERSONAL
from .services import address_of

PLUG = (
    *PERSONAL,
    MenuItem(label=gettext_noop("Courrier"), url_name="mail:tray", audience="editors", order=76),
    AnswerAddress(prefix="avi", address=address_of),
)

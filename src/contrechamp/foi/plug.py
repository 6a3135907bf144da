from __future__ import annotations

from contrechamp.foundation.plug import AccountPage, Copied, MenuItem
from contrechamp.kernel.errors import gettext_noop

PLUG = (
    MenuItem(label=gettext_noop("Demandes"), url_name="foi:index", order=36, key="g q"),
    Copied(url_name="foi:index", questions=(("page",),)),
    Copied(url_name="foi:mine", is_live=True),
    Copied(url_name="foi:due", is_live=True),
    Copied(url_name="foi:reminders", is_live=True),
    AccountPage(
        label=gettext_noop("Mes demandes"),
        about=gettext_noop("Ce que vous avez demandé, et ce qui est à faire."),
        url_name="foi:mine",
        order=20,
    ),
)

"""What accounts offer to other rooms."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from contrechamp.foundation.plug import Copied, MenuItem

PLUG = (
    MenuItem(
        label=gettext_noop("Comptes"),
        url_name="accounts:people",
        audience="administrators",
        order=95,
    ),
    *(
        Copied(url_name=f"accounts:{name}", is_live=True)
        for name in ("sign-in", "sign-up", "recover", "recover-by-mail", "welcome")
    ),
)

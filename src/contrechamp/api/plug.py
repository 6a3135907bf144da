"""What the door for programs offers to the pages."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from contrechamp.foundation.plug import AccountPage, Copied, MenuItem

from .personal import PERSONAL

PLUG = (
    *PERSONAL,
    *(
        Copied(url_name=f"api:{name}", is_live=True)
        for name in ("reference", "shapes", "openapi", "nowhere")
    ),
    MenuItem(label=gettext_noop("API"), url_name="api:reference", order=30, is_low=True),
    AccountPage(
        label=gettext_noop("Jetons pour vos programmes"),
        about=gettext_noop(
            "Un programme écrit en votre nom avec un jeton. Pour lire, aucun n'est nécessaire."
        ),
        url_name="api:tokens",
    ),
)

"""What accounts offer to other rooms."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from contrechamp.accounts import queries
from contrechamp.accounts.domain import PersonalData
from contrechamp.foundation.plug import Copied, MenuItem


def _nothing(*_: object) -> None:
    """Do nothing: the account itself is emptied last (`services.leaving`)."""


PLUG = (
    PersonalData(
        key="accounts",
        label=gettext_noop("Le compte"),
        rows=queries.own_rows,
        erase=_nothing,
    ),
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

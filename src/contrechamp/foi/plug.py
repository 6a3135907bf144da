from __future__ import annotations

from contrechamp.directory.domain.offers import BodyAction
from contrechamp.foundation.plug import AccountPage, Copied, MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

ASK = gettext_noop("Demander les documents")


def _ask(name: str, *kinds: str) -> Onward:
    """Offer to ask for documents about a record, an act or a place."""
    return Onward(
        label=ASK, kinds=kinds, address=lambda key: f"/demandes/nouvelle?{name}={key}", order=5
    )


DRAFTING: tuple[object, ...] = (
    _ask("projet", "project"),
    _ask("acteur", "actor"),
    _ask("acte", "act"),
    _ask("lieu", "commune", "epci", "departement", "region"),
    BodyAction(
        label=gettext_noop("Lui demander des documents"),
        address=lambda key: f"/demandes/nouvelle?administration={key}",
        is_main=True,
        order=10,
    ),
    Copied(url_name="foi:new", is_live=True),
    Copied(url_name="foi:campaign-join", is_live=True),
    Copied(url_name="foi:campaigns"),
    Copied(url_name="foi:campaign"),
)
PLUG = (
    *DRAFTING,
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

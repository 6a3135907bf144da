from __future__ import annotations

from contrechamp.directory.domain.offers import BodyAction
from contrechamp.foundation.plug import Copied, Onward
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
PLUG: tuple[object, ...] = (*DRAFTING,)

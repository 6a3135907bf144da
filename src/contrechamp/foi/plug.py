from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from contrechamp.accounts.domain import PersonalData
from contrechamp.directory.domain.offers import BodyAction, BodyLinked, BodyPanel
from contrechamp.foundation.plug import AccountPage, Copied, MenuItem, Onward, Panel
from contrechamp.kernel.errors import gettext_noop
from contrechamp.mail.domain.threads import Threads
from contrechamp.ui.domain.share import Shareable

from .personal import PERSONAL
from .queries import personal, published, threads
from .services import leaving
from .shown import offers, records, shares
from .shown.events import EVENTS
from .shown.talk import SUBJECT

PANELS = ("project", "actor", "commune", "epci", "departement")


def _asked() -> frozenset[str]:
    """Return the bodies with a public request: the site's search finds them."""
    keys = published.rows().order_by().values_list("body_id", flat=True).distinct()
    return frozenset(str(key) for key in keys if key)


def _numbers() -> Iterator[str]:
    return (reverse("foi:numbers-body", args=[key]) for key in sorted(_asked()))


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
    *PERSONAL,
    PersonalData(
        key="foi.requesters",
        label=gettext_noop("Identités de demandeur"),
        rows=personal.requesters_of,
        erase=leaving.forget_requesters,
        columns=("foi.Requester.owner",),
    ),
    SUBJECT,
    *EVENTS,
    *DRAFTING,
    MenuItem(label=gettext_noop("Demandes"), url_name="foi:index", order=36, key="g q"),
    Copied(url_name="foi:index", questions=(("page",),)),
    Copied(url_name="foi:mine", is_live=True),
    Copied(url_name="foi:due", is_live=True),
    Copied(url_name="foi:reminders", is_live=True),
    Threads(prefix="req", find=threads.find, suggest=threads.suggest),
    AccountPage(
        label=gettext_noop("Mes demandes"),
        about=gettext_noop("Ce que vous avez demandé, et ce qui est à faire."),
        url_name="foi:mine",
        order=20,
    ),
    # Publication and numbers.
    offers.FINDABLE,
    *offers.TABLES,
    Panel(kinds=PANELS, draw=records.panel, order=35),
    BodyPanel(draw=records.body_panel, order=10),
    BodyLinked(keys=_asked),
    Shareable(view_name="foi:request", read=shares.read_request),
    Shareable(view_name="foi:index", read=shares.read_list, is_embeddable=False),
    Shareable(view_name="foi:numbers", read=shares.read_numbers),
    Shareable(view_name="foi:numbers-body", read=shares.read_body),
    Shareable(view_name="foi:league", read=shares.read_league, is_embeddable=False),
    Copied(url_name="foi:league", questions=(("page",),)),
    Copied(url_name="foi:numbers-body", only=_numbers),
    *(
        Copied(url_name=f"foi:{name}", is_live=True)
        for name in ("publish", "letters", "undo-publication", "withdraw-publication")
    ),
)

"""What actions and the law offer: lines of the menu, ways to open one, parts of others' pages."""

from __future__ import annotations

from urllib.parse import quote

from contrechamp.foi.domain.offers import PersonalDates
from contrechamp.foundation.plug import AccountPage, Copied, Happenings, MenuItem, Onward, Panel
from contrechamp.kernel.errors import gettext_noop

from .followed import FOLLOWED
from .personal import PERSONAL
from .shown import offers
from .shown.dates import happenings, personal
from .shown.events import EVENTS
from .shown.panels import of_act, of_decision, of_decisions, of_request
from .shown.talk import SUBJECT


def _contest(slug: str) -> str:
    return f"/actions/nouvelle?acte={quote(slug)}"


def _law(key: str) -> str:
    return f"/projet/{key}/droit"


def _about(key: str) -> str:
    return f"/actions/nouvelle?fiche={quote(key)}"


def _windows(key: str) -> str:
    kind, _, code = key.partition(":")
    name = "departement" if kind == "departement" else "lieu"
    return f"/actions/delais?{name}={code if kind == 'departement' else quote(key, safe=':')}"


PLUG: tuple[object, ...] = (
    *PERSONAL,
    SUBJECT,
    *EVENTS,
    MenuItem(label=gettext_noop("Actions"), url_name="cases:index", order=42, key="g j"),
    Onward(label=gettext_noop("Contester cet acte"), kinds=("act",), address=_contest, order=10),
    Onward(
        label=gettext_noop("Ouvrir une action"),
        kinds=("project", "contract"),
        address=_about,
        order=60,
    ),
    Panel(kinds=("act",), draw=of_act, order=10),
    Panel(kinds=("request",), draw=of_request, order=10),
    AccountPage(
        label=gettext_noop("Mes actions"),
        about=gettext_noop("Recours et plaintes de vos équipes, et ce qui est à faire."),
        url_name="cases:mine",
        order=22,
    ),
    Copied(url_name="cases:index", questions=(("page",),)),
    Copied(url_name="cases:mine", is_live=True),
    Copied(url_name="cases:new", is_live=True),
    MenuItem(
        label=gettext_noop("Arguments de droit"), url_name="cases:grounds", order=16, is_low=True
    ),
    Onward(label=gettext_noop("Ce que dit le droit"), kinds=("project",), address=_law, order=6),
    Copied(url_name="cases:grounds"),
    Copied(url_name="cases:ground"),
    Copied(url_name="cases:sources"),
    Copied(url_name="cases:project-law"),
    Onward(
        label=gettext_noop("Délais ouverts ici"),
        kinds=("commune", "arrondissement", "epci", "departement", "region"),
        address=_windows,
        order=42,
    ),
    Panel(kinds=("project", "contract"), draw=of_decisions, order=55),
    Panel(kinds=("fact",), draw=of_decision, order=10),
    FOLLOWED,
    Copied(
        url_name="cases:windows",
        questions=(("page",), ("departement",), ("departement", "page")),
    ),
    Copied(url_name="cases:windows-month"),
    # What is public of actions, for other rooms.
    offers.FINDABLE,
    *offers.TABLES,
    Panel(
        kinds=("project", "contract", "actor", "commune", "epci", "departement"),
        draw=offers.panel,
        order=33,
    ),
    # Following: one's calendar, timelines, editors, mandates.
    PersonalDates(entries=personal),
    Happenings(find=happenings),
    MenuItem(
        label=gettext_noop("Suites de jugements"),
        url_name="cases:sequels",
        audience="editors",
        order=74,
    ),
    AccountPage(
        label=gettext_noop("Rappels de mes actions"),
        about=gettext_noop("Par courriel, dans l'agenda, avec ou sans les titres."),
        url_name="cases:reminders",
        order=23,
    ),
    *(
        Copied(url_name=f"cases:{name}", is_live=True)
        for name in ("reminders", "sequels", "follow", "settings", "mandates", "hearing", "costs")
    ),
)

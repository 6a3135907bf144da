from __future__ import annotations

from contrechamp.foundation.plug import MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

RECORDS = ("project", "actor", "technology", "contract", "place")
TERRITORIES = ("commune", "arrondissement", "epci", "departement", "region")


def _timeline(key: str) -> str:
    return f"/chronologie?de={key}"


def _changes(key: str) -> str:
    return f"/depuis?de={key}"


PLUG = (
    MenuItem(label=gettext_noop("Chronologie"), url_name="chronicle:timeline", order=45),
    Onward(
        label=gettext_noop("Chronologie"),
        kinds=(*RECORDS, *TERRITORIES),
        address=_timeline,
        order=20,
    ),
    Onward(
        label=gettext_noop("Ce qui a changé"),
        kinds=(*RECORDS, *TERRITORIES),
        address=_changes,
        order=21,
    ),
)

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem, Onward, Shortcuts
from contrechamp.kernel.errors import gettext_noop

RECORDS = ("project", "actor", "technology", "contract", "place")
TERRITORIES = ("commune", "arrondissement", "epci", "departement", "region")


def _timeline(key: str) -> str:
    return f"/chronologie?de={key}"


def _changes(key: str) -> str:
    return f"/depuis?de={key}"


PLUG = (
    Shortcuts(
        where=gettext_noop("Dans une chronologie"),
        keys=(
            ("←", gettext_noop("fait précédent")),
            ("→", gettext_noop("fait suivant")),
            ("Maj ←", gettext_noop("période précédente")),
            ("Maj →", gettext_noop("période suivante")),
            ("Échap", gettext_noop("voir plus large")),
        ),
        order=40,
    ),
    MenuItem(label=gettext_noop("Chronologie"), url_name="chronicle:timeline", order=45, key="g t"),
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
    Copied(url_name="chronicle:timeline", questions=(("page",), ("de",), ("technologie",))),
    Copied(url_name="chronicle:door", is_live=True),
    Copied(url_name="chronicle:since", is_live=True),
    Copied(url_name="chronicle:since-until", is_live=True),
    Copied(url_name="chronicle:since-json", is_live=True),
    Copied(url_name="chronicle:since-atom", is_live=True),
    Copied(url_name="chronicle:since-json-until", is_live=True),
    Copied(url_name="chronicle:since-atom-until", is_live=True),
)

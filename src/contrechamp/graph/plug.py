from __future__ import annotations

from contrechamp.foundation.plug import MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

RECORDS = ("project", "actor", "technology", "contract", "place")


def _around(identifier: str) -> str:
    return f"/graphe?autour={identifier}"


PLUG = (
    MenuItem(label=gettext_noop("Graphe"), url_name="graph:graph", order=40, key="g g"),
    Onward(
        label=gettext_noop("Voir les liens en graphe"), kinds=RECORDS, address=_around, order=10
    ),
)

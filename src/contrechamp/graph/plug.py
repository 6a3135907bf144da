from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop

RECORDS = ("project", "actor", "technology", "contract", "place")


def _around(identifier: str) -> str:
    return f"/graphe?autour={identifier}"


def _ways_from(identifier: str) -> str:
    return f"/graphe/chemin?de={identifier}"


def _who_else(identifier: str) -> str:
    return f"/graphe/communs?de={identifier}"


PLUG = (
    MenuItem(label=gettext_noop("Graphe"), url_name="graph:graph", order=40, key="g g"),
    Onward(
        label=gettext_noop("Voir les liens en graphe"), kinds=RECORDS, address=_around, order=10
    ),
    Onward(label=gettext_noop("Chercher un chemin"), kinds=RECORDS, address=_ways_from, order=12),
    Onward(label=gettext_noop("Qui d'autre ?"), kinds=RECORDS, address=_who_else, order=14),
    Copied(url_name="graph:graph", questions=(("tableau",),)),
    Copied(url_name="graph:whole", is_live=True),
    *(
        Copied(url_name=f"graph:{kind}-gexf", is_live=True)
        for kind in ("project", "actor", "technology", "contract", "place")
    ),
    Copied(url_name="graph:common", is_live=True),
    Copied(url_name="graph:common-json", is_live=True),
    Copied(url_name="graph:common-csv", is_live=True),
    Copied(url_name="graph:path", is_live=True),
    Copied(url_name="graph:path-json", is_live=True),
)

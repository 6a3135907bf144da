"""What the first page and the pages of territories give to others: to share, and to copy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contrechamp.accounts.domain.leaving import Leaves, PersonalRows
from contrechamp.census import published as census
from contrechamp.foundation.plug import (
    Copied,
    Findable,
    MenuItem,
    Onward,
    Panel,
    TechniquePanel,
)
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.ui.domain.share import Shareable
from contrechamp.watch import published as watch

from .attaching import STORE
from .queries import shares
from .shown import cards, to_find
from .talk import SUBJECTS

KINDS = ("commune", "epci", "departement", "region")


def told_of() -> Iterator[str]:
    """Yield the addresses of the territories of which something is published, and their feeds.

    There is a page for every commune of France, and an invitation on most.
    """
    keys = {key for kind in ("project", "actor", "contract") for key in census.counts_in(kind)}
    keys.update(key for act in watch.all_acts() for key in act.territories)
    for territory in places.territories(keys).values():
        address = territory.get_absolute_url()
        yield address
        yield from (f"{address}.{form}" for form in ("atom", "json", "csv"))


def promises(key: str) -> str:
    """Return the laboratory with the numbers of a commune."""
    return f"/labo?commune={key.partition(':')[2]}"


LABORATORY = (
    MenuItem(label=gettext_noop("Labo"), url_name="web:lab", order=48, key="g l"),
    Findable(prefix=to_find.PREFIX, entries=to_find.entries, some=to_find.some),
    Onward(
        label=gettext_noop("Chiffrer les promesses ici"),
        kinds=("commune",),
        address=promises,
        order=35,
    ),
    # What it answers hangs on settings and on runs: a copy leads to the site itself.
    *(
        Copied(url_name=f"web:lab-{kind}", is_live=True)
        for kind in (
            *("experiment", "experiment-json", "experiment-csv", "atom", "jsonfeed"),
            *("figure-svg", "figure-csv", "figure-vega", "certificate", "certificate-json"),
        )
    ),
)
"""What the laboratory offers."""

CARDS = (
    TechniquePanel(draw=cards.panel, order=30),
    Panel(kinds=("ground",), draw=cards.ground_panel, order=30),
    Copied(url_name="web:lab-cards", questions=(("technique",), ("sujet",))),
)
"""What fact cards of the laboratory offer."""

PLUG = (
    STORE,
    PersonalRows(
        column="web.KeptAudit.owner",
        label=gettext_noop("Résultats gardés de vos tableaux"),
        leaves=Leaves.DELETED,
    ),
    # A form that is answered, and results that are for who has their address.
    *(
        Copied(url_name=f"web:{name}", is_live=True)
        for name in ("own", "own-columns", "own-result", "own-delete")
    ),
    *(Copied(url_name=f"web:own-kept{form}", is_live=True) for form in ("", "-json", "-pdf")),
    *LABORATORY,
    *SUBJECTS,
    *CARDS,
    Shareable(view_name="web:home", read=shares.read_home),
    Shareable(view_name="web:home-name", read=shares.read_home),
    *(
        Shareable(view_name=f"web:{kind}", read=partial(shares.read_territory, kind))
        for kind in KINDS
    ),
    *(
        Copied(url_name=f"web:{kind}{part}", only=told_of)
        for kind in KINDS
        for part in ("", "-feed", "-json", "-csv")
    ),
    # The same facts in two more forms would double what a copy weighs.
    *(
        Copied(url_name=f"web:{kind}{part}", is_live=True)
        for kind in KINDS
        for part in ("-jsonfeed", "-geojson")
    ),
)

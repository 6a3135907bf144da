"""What the pages of territories offer to copies of the site: those that have something to say."""

from __future__ import annotations

from collections.abc import Iterator

from contrechamp.census import published as census
from contrechamp.foundation.plug import Copied
from contrechamp.places import queries as places
from contrechamp.watch import published as watch

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
        yield f"{address}.atom"


PLUG = tuple(
    Copied(url_name=f"web:{kind}{part}", only=told_of) for kind in KINDS for part in ("", "-feed")
)

from __future__ import annotations

from contrechamp.foundation.plug import Copied, MenuItem, Onward
from contrechamp.kernel.errors import gettext_noop
from contrechamp.ui.domain.share import Shareable

from .queries import shares

KINDS = ("actor", "technology", "project", "commune", "epci", "departement", "region")


def _with(key: str) -> str:
    return f"/comparer?a={key}"


PLUG = (
    Shareable(view_name="compare:ranking", read=shares.read_ranking),
    Shareable(view_name="compare:rankings", read=shares.read_rankings, is_embeddable=False),
    MenuItem(label=gettext_noop("Comparer"), url_name="compare:compare", order=46, key="g m"),
    Onward(label=gettext_noop("Comparer avec…"), kinds=KINDS, address=_with, order=30),
    Copied(url_name="compare:ranking", questions=(("tout",),)),
    Copied(url_name="compare:compare", is_live=True),
    Copied(url_name="compare:json", is_live=True),
    Copied(url_name="compare:csv", is_live=True),
)

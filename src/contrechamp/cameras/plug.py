"""What the cameras offer: a part of the page of a commune, and the way there."""

from __future__ import annotations

from contrechamp.cameras.shown.communes import panel
from contrechamp.cameras.shown.to_see import TO_SEE
from contrechamp.foundation.plug import Copied, Onward, Panel
from contrechamp.kernel.errors import gettext_noop

from .personal import PERSONAL


def _of_departement(key: str) -> str:
    return f"/cameras?departement={key.partition(':')[2]}"


PLUG = (
    *PERSONAL,
    TO_SEE,
    Onward(
        label=gettext_noop("Caméras repérées"),
        kinds=("departement",),
        address=_of_departement,
        order=25,
    ),
    Panel(kinds=("commune",), draw=panel, order=40),
    Copied(url_name="cameras:index", questions=(("page",), ("departement",))),
    Copied(url_name="cameras:commune", questions=(("page",),)),
)

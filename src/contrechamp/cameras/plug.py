"""What the cameras offer: a part of the page of a commune, and the way there."""

from __future__ import annotations

from contrechamp.cameras.shown.communes import panel
from contrechamp.cameras.shown.to_see import TO_SEE
from contrechamp.foundation.plug import Copied, Panel

PLUG = (
    TO_SEE,
    Panel(kinds=("commune",), draw=panel, order=40),
    Copied(url_name="cameras:index", questions=(("page",), ("departement",))),
    Copied(url_name="cameras:commune", questions=(("page",),)),
)
